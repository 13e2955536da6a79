"""A voice that a room answers: far from the microphone, in a kitchen or a bathroom."""

import numpy as np
import pytest

from benchmarks.ways_of_speaking import Way
from models.training.voices import Speaker, Speaking
from tests.speech.listening import everything, intents, stream
from voice_guide.audio.format import samples, silence
from voice_guide.speech.decoding import DecodingSettings
from voice_guide.speech.listener import Listener, ListenerSettings
from voice_guide.speech.loud_part import steepest_fall_db
from voice_guide.speech.model import SpeechModel, open_model


@pytest.fixture(scope="module")
def model() -> SpeechModel:
    return open_model()


FAR = Way(room_s=0.6, direct_db=-3.0)
AT_HAND = Way()


@pytest.mark.parametrize("voice", ["espeak:en-us", "espeak:en-gb+f3", "espeak:en-gb-x-rp+john"])
@pytest.mark.parametrize("text", ["stop", "more pressure", "which step is this"])
def test_in_a_room_a_voice_never_falls_steeply(voice: str, text: str) -> None:
    said = Speaker().say(text, Speaking(voice, 150))
    assert steepest_fall_db(FAR.heard(said, np.random.default_rng(1))) < 12
    assert steepest_fall_db(AT_HAND.heard(said, np.random.default_rng(1))) > 20


def test_what_is_too_short_to_tell_is_in_no_room() -> None:
    assert steepest_fall_db(silence(samples(0.03))) == np.inf
    assert steepest_fall_db(silence(samples(1))) == 0


def test_what_fits_is_not_refused_for_low_odds_as_if_it_were_said_at_hand(
    model: SpeechModel,
) -> None:
    said = Speaker().say("more pressure", Speaking("espeak:en-gb+anika", 160))
    sound = FAR.heard(said, np.random.default_rng(1))

    def told(settings: DecodingSettings) -> list[str]:
        listener = Listener(model, everything(), ListenerSettings(decoding=settings))
        return intents(stream(listener, sound))

    assert told(DecodingSettings()) == ["harder"]
    assert told(DecodingSettings(reverberant_db=0.0)) == []
    assert told(DecodingSettings(in_a_room_weighed=99.0)) == []
