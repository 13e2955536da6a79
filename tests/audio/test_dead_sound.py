import numpy as np
import pytest

from voice_guide.audio.dead_sound import DeadSound
from voice_guide.audio.format import BLOCK, BLOCK_SECONDS, silence

QUIET = np.resize(np.float32([3e-4, -3e-4]), BLOCK)
LOUD = np.resize(np.float32([0.1, -0.1]), BLOCK)
NOTHING = silence()


def dead(watch: DeadSound, microphone, reference, seconds: float) -> bool:
    for _ in range(round(seconds / BLOCK_SECONDS)):
        watch.accept(microphone, reference)
    return watch.dead


@pytest.mark.parametrize("offset", [0.0, 0.2])
def test_silence_from_the_start_is_dead_within_five_seconds(offset):
    sound = np.full(BLOCK, offset, np.float32)
    assert not dead(watch := DeadSound(), sound, LOUD, 3.5)
    assert dead(watch, sound, LOUD, 1.5)


def test_the_quietest_room_is_not_dead():
    assert not dead(DeadSound(), QUIET, NOTHING, 60)


def test_it_is_told_once_and_its_end_is_told():
    watch = DeadSound()
    changes = [watch.accept(NOTHING, NOTHING) for _ in range(400)]
    assert sum(changes) == 1
    assert watch.accept(QUIET, NOTHING) and not watch.dead


def test_one_that_is_muted_later_is_noticed_because_it_does_not_hear_the_loudspeaker():
    watch = DeadSound()
    dead(watch, LOUD, LOUD, 2)
    assert dead(watch, NOTHING, LOUD, 5)


def test_one_that_takes_out_noise_is_not_dead_while_all_are_quiet():
    watch = DeadSound()
    dead(watch, LOUD, LOUD, 2)
    assert not dead(watch, NOTHING, NOTHING, 600)


def test_with_headphones_one_that_was_heard_is_not_taken_for_dead():
    watch = DeadSound()
    dead(watch, LOUD, NOTHING, 2)
    assert not dead(watch, NOTHING, LOUD, 60)
