import numpy as np
import pytest

from voice_guide.audio.canceller import LATENCY, EchoCanceller
from voice_guide.audio.earcons import Earcon, earcon
from voice_guide.audio.format import BLOCK, RATE, Samples, samples, silence
from voice_guide.audio.room import Noise, RoomSettings, SimulatedRoom


def in_blocks(sound: Samples) -> Samples:
    return sound[: len(sound) // BLOCK * BLOCK].reshape(-1, BLOCK)


def heard_in(settings: RoomSettings, played: Samples) -> Samples:
    room = SimulatedRoom(settings)
    return np.concatenate([room.exchange(block).microphone for block in in_blocks(played)])


def cancel(canceller: EchoCanceller, microphone: Samples, reference: Samples) -> Samples:
    pairs = zip(in_blocks(microphone), in_blocks(reference), strict=True)
    return np.concatenate([canceller.cancel(heard, played) for heard, played in pairs])


def reduction_db(microphone: Samples, cleaned: Samples, since_s: float, until_s: float) -> float:
    """Echo return loss enhancement over a stretch of time, dB."""
    part = slice(samples(since_s), samples(until_s))
    return float(10 * np.log10(np.sum(microphone[part] ** 2) / np.sum(cleaned[part] ** 2)))


@pytest.fixture(scope="module")
def speech(narration):
    """The narrator for some 30 seconds, whole blocks."""
    twice = np.concatenate([narration, narration])
    return twice[: len(twice) // BLOCK * BLOCK]


@pytest.mark.parametrize(
    "settings",
    [
        RoomSettings(),
        RoomSettings(delay_s=0.15, rt60_s=0.6, seed=2),
        RoomSettings(delay_s=0.02, rt60_s=0.2, echo_db=0.0, seed=3),
        RoomSettings(echo_db=-20.0, seed=4),
    ],
    ids=["living room", "late and reverberant", "near and loud", "faint"],
)
def test_the_echo_is_reduced_by_12_db_after_10_s_of_speech(settings, speech):
    microphone = heard_in(settings, speech)
    canceller = EchoCanceller()
    assert not canceller.converged
    cleaned = cancel(canceller, microphone, speech)
    assert reduction_db(microphone, cleaned, 10.0, 15.0) >= 12.0
    assert canceller.converged


@pytest.mark.parametrize("delay_s", [0.03, 0.15])
def test_after_the_opening_sound_the_first_word_is_cancelled(speech, delay_s):
    opening = earcon(Earcon.OPENING)
    played = np.concatenate([silence(samples(0.5)), opening, speech[: samples(3.0)]])
    microphone = heard_in(RoomSettings(delay_s=delay_s), played)
    cleaned = cancel(EchoCanceller(), microphone, played)
    first = 0.5 + len(opening) / RATE
    assert reduction_db(microphone, cleaned, first, first + 1.0) >= 12.0


def test_a_word_spoken_over_the_narrator_survives(speech, word):
    settings = RoomSettings()
    microphone = heard_in(settings, speech)
    room, at = SimulatedRoom(settings), samples(11.0) // BLOCK
    both = []
    for number, block in enumerate(in_blocks(speech)):
        if number == at:
            room.speak(word)
        both.append(room.exchange(block).microphone)
    with_person = np.concatenate(both)
    cleaned = cancel(EchoCanceller(), with_person, speech)

    person = with_person - microphone
    spoken = slice(at * BLOCK + LATENCY, at * BLOCK + LATENCY + len(word))

    def over_the_rest_db(mixed: Samples) -> float:
        rest = mixed[spoken] - person[spoken]
        return float(10 * np.log10(np.sum(person[spoken] ** 2) / np.sum(rest**2)))

    def likeness(mixed: Samples) -> float:
        return float(np.corrcoef(mixed[spoken], person[spoken])[0, 1])

    assert over_the_rest_db(cleaned) > over_the_rest_db(with_person) + 12.0
    assert likeness(cleaned) > 0.98
    assert likeness(cleaned) > likeness(with_person)


def test_a_person_speaking_does_not_spoil_what_was_learnt(speech, word):
    settings = RoomSettings()
    microphone = heard_in(settings, speech)
    disturbed = microphone.copy()
    first = samples(8.0)
    loud = word * (0.3 / np.abs(word).max())
    disturbed[first : first + len(loud)] += loud
    cleaned = cancel(EchoCanceller(), disturbed, speech)
    after = first + len(loud)
    assert reduction_db(microphone, cleaned, after / 16_000, after / 16_000 + 2.0) >= 12.0


@pytest.mark.parametrize("jump_s", [0.002, 0.03, -0.03])
def test_it_finds_the_echo_again_after_the_delay_jumps(speech, jump_s):
    before = heard_in(RoomSettings(delay_s=0.08), speech)
    after = heard_in(RoomSettings(delay_s=0.08 + jump_s), speech)
    jump = samples(10.0)
    microphone = np.concatenate([before[:jump], after[jump:]])
    cleaned = cancel(EchoCanceller(), microphone, speech)
    assert reduction_db(microphone, cleaned, 15.0, 20.0) >= 12.0


@pytest.mark.parametrize("ppm", [100.0, -100.0])
def test_two_clocks_that_run_apart_are_followed(speech, ppm):
    microphone = heard_in(RoomSettings(drift_ppm=ppm), speech)
    canceller = EchoCanceller()
    cleaned = cancel(canceller, microphone, speech)
    assert canceller.drift_ppm == pytest.approx(ppm, abs=10.0)
    assert reduction_db(microphone, cleaned, 15.0, 22.0) >= 12.0


def test_one_clock_is_not_taken_for_two(speech, word):
    microphone = heard_in(RoomSettings(), speech)
    for first in range(samples(3.0), len(microphone) - len(word), samples(2.0)):
        microphone[first : first + len(word)] += word
    canceller = EchoCanceller()
    cancel(canceller, microphone, speech)
    assert canceller.drift_ppm == pytest.approx(0.0, abs=10.0)


def test_headphones_tell_nothing_about_the_clocks(speech):
    canceller = EchoCanceller()
    cancel(canceller, heard_in(RoomSettings(echo_db=-90.0), speech), speech)
    assert canceller.drift_ppm == pytest.approx(0.0, abs=5.0)


def test_a_lost_echo_path_is_told(speech):
    before = heard_in(RoomSettings(delay_s=0.05), speech)
    after = heard_in(RoomSettings(delay_s=0.09), speech)
    canceller = EchoCanceller()
    jump = samples(10.0)
    cancel(canceller, before[:jump], speech[:jump])
    assert canceller.converged
    told = False
    for heard, played in zip(in_blocks(after[jump:]), in_blocks(speech[jump:]), strict=True):
        canceller.cancel(heard, played)
        told = told or not canceller.converged
    assert told
    assert canceller.converged, "and found again"


@pytest.mark.parametrize("factor", [8.0, 0.1])
def test_it_follows_a_jump_of_the_level(speech, factor):
    microphone = heard_in(RoomSettings(echo_db=-16.0), speech)
    microphone[samples(10.0) :] *= factor
    cleaned = cancel(EchoCanceller(), microphone, speech)
    assert np.isfinite(cleaned).all()
    assert reduction_db(microphone, cleaned, 17.0, 22.0) >= 10.0


def test_after_a_second_of_narration_the_echo_is_10_db_down(speech):
    microphone = heard_in(RoomSettings(), speech)
    cleaned = cancel(EchoCanceller(), microphone, speech)
    assert reduction_db(microphone, cleaned, 1.3, 2.3) > 10.0


def test_a_slip_of_a_few_samples_is_mended_within_a_second(speech):
    microphone = heard_in(RoomSettings(), speech)
    slip = samples(6.0)
    microphone = np.concatenate([microphone[:slip], microphone[slip + 40 :], silence(40)])
    cleaned = cancel(EchoCanceller(), microphone, speech)
    assert reduction_db(microphone, cleaned, 7.2, 8.2) > 10.0


@pytest.mark.parametrize("jump_s", [0.002, 0.03, -0.03])
def test_a_known_path_is_found_again_within_a_second_where_it_has_moved_to(speech, jump_s):
    before = heard_in(RoomSettings(delay_s=0.08), speech)
    after = heard_in(RoomSettings(delay_s=0.08 + jump_s), speech)
    jump = samples(6.0)
    microphone = np.concatenate([before[:jump], after[jump:]])
    cleaned = cancel(EchoCanceller(), microphone, speech)
    assert reduction_db(microphone, cleaned, 7.0, 8.0) >= 15.0


def test_a_known_path_is_found_again_while_somebody_speaks(speech, word):
    before = heard_in(RoomSettings(delay_s=0.08), speech)
    after = heard_in(RoomSettings(delay_s=0.11), speech)
    jump = samples(6.0)
    microphone = np.concatenate([before[:jump], after[jump:]])
    echo = microphone[jump : jump + samples(2.0)]
    talk = np.resize(word, len(microphone) - jump)
    talk *= 10 ** (-5 / 20) * np.std(echo) / np.std(talk)
    person = np.concatenate([np.zeros(jump, np.float32), talk.astype(np.float32)])
    cleaned = cancel(EchoCanceller(), microphone + person, speech)
    assert reduction_db(microphone, cleaned - person, 7.5, 9.0) >= 10.0


def test_what_was_learnt_outlasts_a_pause(speech):
    """While nothing is played nothing is forgotten: the first word after a pause is cancelled."""
    first = samples(10.0)
    played = np.concatenate([speech[:first], silence(samples(20.0)), speech[first:]])
    microphone = heard_in(RoomSettings(), played)
    cleaned = cancel(EchoCanceller(), microphone, played)
    assert reduction_db(microphone, cleaned, 30.0, 31.0) >= 12.0


def test_without_a_reference_the_microphone_passes_untouched(word):
    microphone = np.pad(word, (0, -len(word) % BLOCK))
    canceller = EchoCanceller()
    assert np.array_equal(cancel(canceller, microphone, np.zeros_like(microphone)), microphone)


def test_after_the_narration_the_microphone_passes_as_it_is(speech, word):
    first = samples(10.0)
    played = np.concatenate([speech[:first], silence(samples(5.0))])
    microphone = heard_in(RoomSettings(noise=Noise.NONE), played)
    at = samples(12.0)
    microphone[at : at + len(word)] += word
    cleaned = cancel(EchoCanceller(), microphone, played)
    assert np.allclose(cleaned[at : at + len(word)], word, atol=1e-4)


def test_headphones_leave_a_person_untouched(speech, word):
    """With no echo at all, nothing is added to the microphone worth hearing."""
    room = SimulatedRoom(RoomSettings(echo_db=-90.0))
    microphone = np.concatenate([room.exchange(block).microphone for block in in_blocks(speech)])
    canceller = EchoCanceller()
    cleaned = cancel(canceller, microphone, speech)
    assert reduction_db(microphone, cleaned, 1.0, 25.0) > -1.0
    assert canceller.converged


@pytest.mark.parametrize("level", [1e-30, 1e-6, 1.0])
def test_it_stays_stable_with_noise_at_any_level(level):
    rng = np.random.default_rng(1)
    canceller = EchoCanceller()
    for _ in range(300):
        played = (level * rng.uniform(-1, 1, BLOCK)).astype(np.float32)
        heard = (level * rng.uniform(-1, 1, BLOCK)).astype(np.float32)
        cleaned = canceller.cancel(heard, played)
        assert np.isfinite(cleaned).all()
        assert np.abs(cleaned).max() <= 4 * level


def test_silence_from_both_sides_gives_silence():
    canceller = EchoCanceller()
    for _ in range(100):
        assert not canceller.cancel(silence(), silence()).any()


def test_a_broken_block_does_no_lasting_harm(speech):
    microphone = heard_in(RoomSettings(), speech)
    microphone[samples(3.0)] = np.nan
    cleaned = cancel(EchoCanceller(), microphone, speech)
    assert np.isfinite(cleaned).all()
    microphone[samples(3.0)] = 0.0
    assert reduction_db(microphone, cleaned, 13.0, 15.0) >= 12.0


def test_reset_begins_anew(speech):
    microphone = heard_in(RoomSettings(), speech)
    canceller, five = EchoCanceller(), samples(5.0)
    first = cancel(canceller, microphone[:five], speech[:five])
    canceller.reset()
    assert not canceller.converged
    again = cancel(canceller, microphone[:five], speech[:five])
    assert np.array_equal(first, again)
