"""Quiet voices are lifted, as far as the room's noise lets them be."""

import numpy as np
import pytest

from tests.speech.listening import GRAMMAR, intents, say
from voice_guide.audio.format import BLOCK, Samples, gain, samples, silence
from voice_guide.speech.lift import FLOOR_DB, MOST_DB, PEAK_DB, Lift
from voice_guide.speech.listener import Listener
from voice_guide.speech.model import open_model


def hiss(seconds: float, decibels: float) -> Samples:
    random = np.random.default_rng(4)
    return (gain(decibels) * random.standard_normal(samples(seconds))).astype(np.float32)


def lifted(lift: Lift, sound: Samples) -> Samples:
    blocks = sound[: len(sound) // BLOCK * BLOCK].reshape(-1, BLOCK)
    return np.concatenate([lift(block) for block in blocks])


@pytest.mark.parametrize(("noise_db", "lifted_db"), [(-90.0, MOST_DB), (-62.0, 12.0), (-40.0, 0.0)])
def test_the_rooms_noise_is_lifted_to_a_level_and_no_further(noise_db, lifted_db):
    lift = Lift()
    after = lifted(lift, hiss(4, noise_db))[-samples(1) :]
    assert lift.decibels == pytest.approx(lifted_db, abs=0.7)
    assert 20 * np.log10(np.std(after)) <= max(FLOOR_DB, noise_db) + 0.7


def test_a_loud_voice_is_not_overdriven_and_its_end_is_not_lifted():
    lift = Lift()
    voice = hiss(1, -70.0)
    voice[samples(0.3) : samples(0.6)] = 0.4 * np.sign(voice[samples(0.3) : samples(0.6)])
    lifted(lift, hiss(2, -70.0))
    loud = lifted(lift, voice[: samples(0.6)])
    assert np.abs(loud).max() <= gain(PEAK_DB) + 0.01
    assert lift.decibels < 3.0
    lifted(lift, voice[samples(0.6) : samples(0.8)])
    assert lift.decibels < 8.0
    lifted(lift, hiss(1, -70.0))
    assert lift.decibels == pytest.approx(MOST_DB, abs=0.5)


def test_nothing_is_lifted_until_the_room_is_known_or_while_the_loudspeaker_sounds():
    lift = Lift()
    assert np.array_equal(lifted(lift, hiss(0.2, -80.0)), hiss(0.2, -80.0))
    lifted(lift, silence(samples(2)))  # no microphone gives zeros: the room is still unknown
    assert lift.decibels == 0.0
    lifted(lift, hiss(2, -80.0))
    assert lift.decibels == pytest.approx(MOST_DB, abs=0.5)
    lift.rest()
    assert lift.decibels == 0.0
    lift(hiss(0.02, -80.0))
    assert lift.decibels < 1.0


@pytest.mark.parametrize("voice", ["en-us", "en-us+f3", "en-gb+f2", "en-us+m3"])
def test_a_quiet_stop_is_heard(voice):
    said = say("stop", voice)
    said = said * (gain(-44.0) / np.abs(said).max())
    sound = np.concatenate([hiss(1.5, -70.0), said + hiss(5, -70.0)[: len(said)], hiss(1, -70.0)])
    blocks = sound[: len(sound) // BLOCK * BLOCK].reshape(-1, BLOCK)

    def heard(alone: bool) -> list[str]:
        listener = Listener(open_model(), GRAMMAR)
        return intents([h for block in blocks for h in listener.accept(block, alone=alone)])

    assert (heard(alone=True), heard(alone=False)) == (["stop"], [])
