"""A "stop" with other words before and behind it."""

import numpy as np
import pytest

from tests.speech.listening import everything, intents, pause, say, stream
from voice_guide.speech.decoding import DecodingSettings
from voice_guide.speech.listener import Listener, ListenerSettings
from voice_guide.speech.looks import Decoded
from voice_guide.speech.model import SpeechModel, open_model
from voice_guide.speech.utterance import Utterance


@pytest.fixture(scope="module")
def model() -> SpeechModel:
    return open_model()


def test_a_shred_of_other_speech_is_no_stop(model: SpeechModel) -> None:
    """The end of "blister" comes out as a "stop" of 0.17 s. Here one of 0.4 s stands for it."""

    def told(lasts_s: float) -> list[str]:
        settings = ListenerSettings(decoding=DecodingSettings(ending_lasts_s=lasts_s))
        sound = (pause(1), say("is it"), pause(0.1), say("stop"), pause(1))
        return intents(stream(Listener(model, everything(), settings), *sound))

    assert told(DecodingSettings().ending_lasts_s) == ["stop"]
    assert told(1.0) == []


@pytest.mark.parametrize(
    "said", ["no stop it", "no no stop please", "is it stop that", "ow stop it", "hey stop that"]
)
def test_a_stop_of_several_words_behind_other_speech_stops(model: SpeechModel, said: str) -> None:
    assert intents(stream(Listener(model, everything()), pause(1), say(said), pause(1))) == ["stop"]


@pytest.mark.parametrize(
    "said", ["stop it hurts", "stop hold on", "stop the massage", "stop I can't"]
)
def test_a_phrase_may_come_right_after_stop(model: SpeechModel, said: str) -> None:
    heard = intents(stream(Listener(model, everything()), pause(1), say(said), pause(1)))
    assert heard[0] == "stop"


def test_a_stop_of_several_words_amid_other_speech_is_none(model: SpeechModel) -> None:
    told = say("stop that with the towel over there")
    assert intents(stream(Listener(model, everything()), pause(1), told, pause(1))) == []


def test_a_stop_that_was_recognised_behind_other_speech_waits_for_no_more_looks(
    model: SpeechModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each look takes a tenth of a second or two, and there are up to eight."""

    def look(self: Utterance, first: Decoded) -> Decoded:
        raise AssertionError("looked again")

    monkeypatch.setattr(Utterance, "_second_look", look)
    monkeypatch.setattr(Utterance, "_other_looks", look)
    monkeypatch.setattr(Utterance, "stop_so_far", lambda self: None)
    talk = np.concatenate([say("is it"), pause(0.1), say("stop")])
    hearings = stream(Listener(model, everything()), pause(1), talk, pause(1))
    assert intents(hearings) == ["stop"]
