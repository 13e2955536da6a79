import numpy as np
import pytest

from voice_guide.audio.acoustics import spoken_level_db
from voice_guide.audio.convolution import BlockConvolver
from voice_guide.audio.format import BLOCK, Samples, samples, silence
from voice_guide.audio.room import Noise, RoomSettings, SimulatedRoom

QUIET = RoomSettings(noise=Noise.NONE)


def play(room: SimulatedRoom, sound: Samples) -> Samples:
    """Return what the microphone hears while the sound is played."""
    blocks = sound[: len(sound) // BLOCK * BLOCK].reshape(-1, BLOCK)
    return np.concatenate([room.exchange(block).microphone for block in blocks])


def rms_db(sound: Samples) -> float:
    return float(10 * np.log10(np.mean(np.square(sound, dtype=np.float64))))


@pytest.mark.parametrize("length", [1, BLOCK, BLOCK + 1, 5000])
def test_block_convolution_equals_plain_convolution(length):
    rng = np.random.default_rng(1)
    response = rng.standard_normal(length).astype(np.float32)
    sound = rng.standard_normal(20 * BLOCK).astype(np.float32)
    convolver = BlockConvolver(response)
    blocks = np.concatenate([convolver(block) for block in sound.reshape(-1, BLOCK)])
    assert np.allclose(blocks, np.convolve(sound, response)[: len(sound)], atol=1e-2)


@pytest.mark.parametrize("delay_s", [0.0, 0.02, 0.0801, 0.15])
def test_the_echo_arrives_after_exactly_the_delay(delay_s):
    room = SimulatedRoom(RoomSettings(delay_s=delay_s, noise=Noise.NONE))
    click = silence(50 * BLOCK)
    click[7] = 0.5
    heard = play(room, click)
    first = samples(delay_s) + 7
    assert np.abs(heard[:first]).max(initial=0.0) < 1e-6
    assert abs(heard[first]) > 0.05


def arrival(room: SimulatedRoom, at_s: float) -> float:
    """Return how many samples a click at a time takes from the loudspeaker to the microphone."""
    click = silence(samples(at_s + 1.0) // BLOCK * BLOCK)
    first = samples(at_s)
    click[first] = 0.5
    heard = np.abs(play(room, click)[first:])
    near = int(np.argmax(heard))
    around = np.arange(near - 2, near + 3)
    return float(np.sum(around * heard[around] ** 2) / np.sum(heard[around] ** 2))


DRY = {"noise": Noise.NONE, "distortion": 0.0, "echo_direct_db": 30.0}


@pytest.mark.parametrize(("ppm", "later"), [(0.0, 0.0), (100.0, 16.0), (-100.0, -16.0)])
def test_two_clocks_drift_apart(ppm, later):
    room = SimulatedRoom(RoomSettings(delay_s=0.05, drift_ppm=ppm, **DRY))
    assert arrival(room, 10.0) == pytest.approx(samples(0.05) + later, abs=0.6)


@pytest.mark.parametrize(("at_s", "delay_s"), [(1.0, 0.05), (3.0, 0.08), (6.0, 0.02)])
def test_the_delay_jumps_when_it_is_told_to(at_s, delay_s):
    jumps = ((2.0, 0.03), (5.0, -0.06))
    room = SimulatedRoom(RoomSettings(delay_s=0.05, jumps=jumps, **DRY))
    assert arrival(room, at_s) == pytest.approx(samples(delay_s), abs=0.6)


def test_the_echo_dies_away_with_the_reverberation_time():
    settings = RoomSettings(
        delay_s=0.0, rt60_s=0.4, noise=Noise.NONE, distortion=0.0, echo_direct_db=-20.0
    )
    click = silence(samples(0.6))
    click[0] = 0.9
    heard = play(SimulatedRoom(settings), click)
    early = rms_db(heard[samples(0.05) : samples(0.1)])
    late = rms_db(heard[samples(0.25) : samples(0.3)])
    assert early - late == pytest.approx(30.0, abs=3.0)


def test_the_echo_of_the_narrator_is_a_few_db_under_a_person(narration, word):
    echo = play(SimulatedRoom(QUIET), narration)
    room = SimulatedRoom(QUIET)
    room.speak(word)
    person = play(room, silence(100 * BLOCK))
    assert spoken_level_db(person) == pytest.approx(-26.0, abs=0.5)
    assert -8.0 < spoken_level_db(echo) - spoken_level_db(person) < 0.0


def test_a_person_is_heard_from_the_next_block_at_the_level_asked_for(word):
    room = SimulatedRoom(QUIET)
    play(room, silence(5 * BLOCK))
    room.speak(word, level_db=-20.0)
    assert room.speaking
    heard = play(room, silence(100 * BLOCK))
    assert not room.speaking
    assert spoken_level_db(heard) == pytest.approx(-20.0, abs=0.5)
    onset = np.flatnonzero(np.abs(heard) > 0.01)[0]
    spoken = np.flatnonzero(np.abs(word) > 0.1 * np.abs(word).max())[0]
    assert abs(int(onset) - int(spoken)) < samples(0.05)


def test_two_people_can_speak_at_once(word):
    def heard(*starts: int) -> Samples:
        room = SimulatedRoom(QUIET)
        parts = []
        for block in range(100):
            if block in starts:
                room.speak(word)
            parts.append(room.exchange(silence()).microphone)
        return np.concatenate(parts)

    assert np.allclose(heard(0, 10), heard(0) + heard(10), atol=1e-5)


def test_a_silent_clip_is_no_person():
    room = SimulatedRoom(QUIET)
    room.speak(silence(1000))
    room.speak(silence(0))
    assert not room.speaking


@pytest.mark.parametrize("noise", [Noise.FAN, Noise.RECORDING])
def test_noise_has_its_level_and_goes_on(noise):
    recording = np.random.default_rng(3).standard_normal(5001).astype(np.float32)
    room = SimulatedRoom(RoomSettings(noise=noise, noise_db=-45.0), noise_recording=recording)
    heard = play(room, silence(samples(20.0)))
    assert rms_db(heard) == pytest.approx(-45.0, abs=0.5)
    assert rms_db(heard[-samples(1.0) :]) == pytest.approx(-45.0, abs=1.5)
    assert np.abs(np.diff(heard)).max() < 0.2, "no click where the loop closes"


def test_a_noise_recording_must_be_given():
    with pytest.raises(ValueError, match="noise_recording"):
        SimulatedRoom(RoomSettings(noise=Noise.RECORDING))


def test_the_same_seed_gives_the_same_samples(narration, word):
    def session(seed: int) -> Samples:
        room = SimulatedRoom(RoomSettings(seed=seed))
        room.speak(word)
        return play(room, narration[: 50 * BLOCK])

    assert np.array_equal(session(4), session(4))
    assert not np.allclose(session(4), session(5))


def test_the_recording_holds_both_sides(narration):
    room = SimulatedRoom(record=True)
    sound = narration[: 40 * BLOCK]
    heard = play(room, sound)
    loudspeaker, microphone = room.recording()
    assert np.allclose(loudspeaker, np.clip(sound, -1, 1), atol=1e-4)
    assert np.allclose(microphone, heard, atol=1e-4)
    assert len(SimulatedRoom().recording()[0]) == 0


def test_blocks_are_counted_and_the_reference_is_what_was_played(narration):
    room = SimulatedRoom()
    room.start()
    for number in range(5):
        block = narration[number * BLOCK : (number + 1) * BLOCK]
        exchange = room.exchange(block)
        assert exchange.index == number
        assert np.array_equal(exchange.reference, block)
    room.hush()
    room.close()
    room.close()


def test_the_microphone_never_exceeds_full_scale():
    room = SimulatedRoom(RoomSettings(echo_db=20.0))
    heard = play(room, np.random.default_rng(0).uniform(-1, 1, 20 * BLOCK).astype(np.float32))
    assert np.abs(heard).max() <= 1.0


def test_a_distorting_loudspeaker_adds_overtones():
    time_s = np.arange(16_000) / 16_000
    sound = (0.8 * np.sin(2 * np.pi * 440 * time_s)).astype(np.float32)

    def overtones(distortion: float) -> float:
        settings = RoomSettings(noise=Noise.NONE, distortion=distortion)
        power = np.abs(np.fft.rfft(play(SimulatedRoom(settings), sound)[8000:])) ** 2
        return float((power[435:445].sum() + power[655:665].sum()) / power[215:225].sum())

    assert overtones(0.5) > 10 * overtones(0.0)
