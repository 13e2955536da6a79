from types import SimpleNamespace

import numpy as np

from voice_guide.audio.fade import FADE
from voice_guide.audio.format import BLOCK, Samples, silence
from voice_guide.audio.wire import CALM, MOST_SPARE, STALLED_S, Wire

FINE = SimpleNamespace(output_underflow=False, input_overflow=False)
LATE = SimpleNamespace(output_underflow=True, input_overflow=True)


def block(value: float) -> Samples:
    return np.full(BLOCK, value, np.float32)


def tick(wire: Wire, heard: float = 0.0, channels: int = 2, status: object = FINE) -> Samples:
    """One duplex callback; return what the loudspeaker's first channel was given."""
    indata = np.full((BLOCK, 1), heard, np.float32)
    outdata = np.full((BLOCK, channels), np.nan, np.float32)
    wire.duplex(indata, outdata, BLOCK, None, status)
    assert np.array_equal(outdata[:, 0], outdata[:, -1])
    return outdata[:, 0]


def test_before_the_beginning_it_plays_silence_and_delivers_nothing():
    wire = Wire(frames=BLOCK, depth=2)
    assert not tick(wire).any()
    assert wire.receive(0.0) is None
    assert wire.underruns == 0
    assert wire.callbacks == 1


def test_blocks_are_played_in_order_after_the_primed_silence():
    wire = Wire(frames=BLOCK, depth=2)
    wire.begin()
    wire.queue(block(0.1))
    wire.queue(block(0.2))
    assert [round(float(tick(wire)[0]), 3) for _ in range(4)] == [0.0, 0.0, 0.1, 0.2]
    assert wire.underruns == 0


def test_mono_and_stereo_loudspeakers_get_the_same():
    for channels in (1, 2):
        wire = Wire(frames=BLOCK, depth=1)
        wire.begin()
        wire.queue(block(0.3))
        tick(wire, channels=channels)
        assert (tick(wire, channels=channels) == np.float32(0.3)).all()


def test_the_reference_is_what_was_played_in_the_same_callback():
    wire = Wire(frames=BLOCK, depth=1)
    wire.begin()
    for value in (0.1, 0.2, 0.3):
        wire.queue(block(value))
        played = tick(wire, heard=value / 2)
        heard = wire.receive(0.0)
        assert np.array_equal(heard.reference, played)
        assert heard.microphone[0] == np.float32(value / 2)


def test_the_microphone_block_is_a_copy_of_portaudios_buffer():
    wire = Wire(frames=BLOCK, depth=1)
    wire.begin()
    indata = np.full((BLOCK, 1), 0.5, np.float32)
    wire.duplex(indata, np.zeros((BLOCK, 1), np.float32), BLOCK, None, FINE)
    indata[:] = 9.0
    assert (wire.receive(0.0).microphone == 0.5).all()


def test_of_a_stereo_microphone_both_channels_are_heard():
    wire = Wire(frames=BLOCK, depth=1)
    wire.begin()
    indata = np.zeros((BLOCK, 2), np.float32)
    indata[:, 1] = 0.5
    wire.record(indata, BLOCK, None, FINE)
    heard = wire.receive(0.0).microphone
    assert heard.dtype == np.float32 and (heard == 0.25).all()


def test_an_empty_queue_plays_silence_and_counts():
    wire = Wire(frames=BLOCK, depth=1)
    wire.begin()
    tick(wire)
    assert not tick(wire).any()
    assert wire.underruns == 1
    wire.queue(block(0.1))
    tick(wire, status=LATE)
    assert wire.underruns == 2


def test_hush_silences_what_is_queued_with_the_very_next_callback():
    wire = Wire(frames=BLOCK, depth=3)
    wire.begin()
    for _ in range(6):
        wire.queue(block(0.5))
    for _ in range(4):
        tick(wire)
    wire.hush()
    fading = tick(wire)
    assert not fading[FADE:].any()
    assert (np.diff(fading[: FADE + 1]) <= 0).all()
    assert not tick(wire).any()
    wire.queue(block(0.2))
    while wire.underruns == 0:
        last = tick(wire)
        if last.any():
            assert (last == np.float32(0.2)).all()
            return
    raise AssertionError


def test_what_is_queued_becomes_quieter_without_a_jump_and_what_comes_behind_is_left_alone():
    wire = Wire(frames=BLOCK, depth=3)
    wire.begin()
    for _ in range(6):
        wire.queue(block(0.5))
    for _ in range(4):
        tick(wire)
    assert wire.soften(0.2)
    wire.queue(block(0.1))
    played = np.concatenate([tick(wire) for _ in range(6)])
    assert np.abs(np.diff(played)).max() < 0.002
    assert played[0] == np.float32(0.5)
    assert np.allclose(played[BLOCK:], 0.1)
    heard = [wire.receive(0.0).reference for _ in range(10)]
    assert np.array_equal(np.concatenate(heard[4:]), played)


def test_with_nothing_queued_nothing_becomes_quieter():
    wire = Wire(frames=BLOCK, depth=1)
    assert not wire.soften(0.2)
    wire.begin()
    tick(wire)
    wire.queue(block(0.5))
    assert (tick(wire) == np.float32(0.5)).all()


def test_the_hushed_reference_is_hushed_too():
    wire = Wire(frames=BLOCK, depth=1)
    wire.begin()
    wire.queue(block(0.5))
    wire.queue(block(0.5))
    tick(wire), tick(wire)
    wire.hush()
    fading = tick(wire)
    references = [wire.receive(0.0).reference for _ in range(3)]
    assert np.array_equal(references[2], fading)


def test_hush_keeps_the_cushion_against_underruns():
    wire = Wire(frames=BLOCK, depth=3)
    wire.begin()
    for number in range(20):
        wire.queue(block(0.5))
        if number == 10:
            wire.hush()
        tick(wire)
    for _ in range(3):
        tick(wire)
    assert wire.underruns == 0


def queued(wire: Wire, most: int = 50) -> int:
    """Empty the queue and return how many blocks were in it."""
    for count in range(most):
        before = wire.underruns
        tick(wire)
        if wire.underruns > before:
            return count
    raise AssertionError


def late(wire: Wire, blocks: int) -> None:
    """Let the caller be late by some blocks, and then hand them over all at once."""
    for _ in range(blocks):
        tick(wire)
    for _ in range(blocks):
        wire.queue(block(0.1))


def test_after_an_underrun_the_cushion_is_thicker_so_that_being_late_again_is_no_gap():
    wire = Wire(frames=BLOCK, depth=2)
    wire.begin()
    late(wire, 5)
    assert wire.underruns == 3
    for _ in range(20):
        wire.queue(silence())
        tick(wire)
    late(wire, 5)
    assert wire.underruns == 3


def test_the_cushion_does_not_grow_for_ever_and_sound_is_never_left_out():
    wire = Wire(frames=BLOCK, depth=2)
    wire.begin()
    late(wire, 40)
    for _ in range(40):
        wire.queue(silence())
        assert tick(wire).any()
    assert queued(wire) == 2 + MOST_SPARE


def test_in_calm_the_cushion_becomes_thin_again():
    wire = Wire(frames=BLOCK, depth=2)
    wire.begin()
    late(wire, 40)
    for _ in range((MOST_SPARE + 1) * CALM):
        wire.queue(silence())
        tick(wire)
    assert queued(wire) == 2


def test_a_stalled_receiver_loses_blocks_but_not_the_count_of_time():
    wire = Wire(frames=BLOCK, depth=1)
    wire.begin()
    for _ in range(600):
        tick(wire)
    numbers = []
    while (heard := wire.receive(0.0)) is not None:
        numbers.append(heard.number)
    tick(wire)
    assert len(numbers) < 600
    assert wire.receive(0.0).number == 600


def test_a_stall_of_a_second_is_noticed_and_a_late_callback_is_none():
    now = [10.0]
    wire = Wire(frames=BLOCK, depth=1, clock=lambda: now[0])
    tick(wire)
    now[0] += 60.0  # before it begins nobody listens
    tick(wire)
    wire.begin()
    tick(wire)
    now[0] += STALLED_S - 0.1
    tick(wire)
    assert not wire.stalled
    now[0] += STALLED_S + 0.1
    assert not wire.stalled
    tick(wire)
    assert wire.stalled


def test_two_streams_that_drift_apart_stay_within_a_few_blocks():
    wire = Wire(frames=BLOCK, depth=1)
    wire.begin()
    outdata, indata = np.zeros((BLOCK, 1), np.float32), np.zeros((BLOCK, 1), np.float32)
    for number in range(1, 51):
        wire.queue(block(number / 100))
        wire.play(outdata, BLOCK, None, FINE)
        if number % 5:
            wire.record(indata, BLOCK, None, FINE)
    last = None
    while (heard := wire.receive(0.0)) is not None:
        last = heard
    assert last.reference[0] >= 0.44
    for _ in range(5):
        wire.record(indata, BLOCK, None, FINE)
    references = [wire.receive(0.0).reference for _ in range(5)]
    assert not references[-1].any(), "a microphone without a loudspeaker has no echo"
