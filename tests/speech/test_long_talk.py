"""Talk without a pause, which is cut after eight seconds, and what comes behind it."""

import pytest

from tests.speech.listening import GRAMMAR, everything, heard, intents, pause, say, stream
from voice_guide.audio.format import RATE, Samples
from voice_guide.speech.hearing import SpeechEnded
from voice_guide.speech.listener import Listener, ListenerSettings
from voice_guide.speech.model import SpeechModel, open_model

TALK = "the weather was lovely yesterday and we went for a walk along the river with the children"

LONG_TALK = (
    "we went to the market on sunday and there were so many people that we could hardly walk so we "
    "bought some apples and a cake and went to see my aunt who lives behind the church"
)


@pytest.fixture(scope="module")
def model() -> SpeechModel:
    return open_model()


def test_speech_without_a_pause_is_cut(model: SpeechModel) -> None:
    """Memory and decoding stay bounded."""
    whole, cut = (
        stream(Listener(model, GRAMMAR, settings), pause(1), say(TALK), pause(1))
        for settings in (ListenerSettings(), ListenerSettings(longest_s=1.0, kept_of_talk_s=0.5))
    )
    assert len(say(TALK)) > 3 * RATE
    assert [h.speech_end - h.speech_start > 3 * RATE for h in heard(whole)] == [True]
    assert all(h.speech_end - h.speech_start < 1.2 * RATE for h in heard(cut))
    assert isinstance(cut[-1], SpeechEnded)


def long_talk(seconds: float) -> Samples:
    """Return so much talk without a pause. Behind a second of quiet it is cut at 7.86 s."""
    talk = say(LONG_TALK)[: round(seconds * RATE)]
    assert len(talk) == round(seconds * RATE)
    return talk


@pytest.mark.parametrize(
    "words", ["too hard", "carry on", "ready", "how long is left", "wait a minute"]
)
@pytest.mark.parametrize("behind_s", [7.2, 7.8, 7.9])
def test_the_rest_of_long_talk_is_no_phrase(
    model: SpeechModel, words: str, behind_s: float
) -> None:
    """It is cut after eight seconds, and what is left would be one by itself."""
    sound = (pause(1), long_talk(behind_s), say(words), pause(1))
    assert intents(stream(Listener(model, everything()), *sound)) == []
    told = stream(Listener(model, everything()), pause(1), say(words), pause(1))
    assert len(intents(told)) == 1


@pytest.mark.parametrize("behind_s", [7.1, 7.2, 7.3, 7.4, 7.5, 7.6, 7.7, 7.8, 7.9])
def test_stop_counts_behind_long_talk(model: SpeechModel, behind_s: float) -> None:
    """Cut in its middle, it was an "up"; right behind it, there was no voice to look at."""
    listener = Listener(model, everything())
    (told,) = [
        hearing
        for hearing in heard(stream(listener, pause(1), long_talk(behind_s), say("stop"), pause(1)))
        if hearing.intent is not None
    ]
    assert told.intent == "stop"
    assert told.speech_start <= told.words[-1].start


def test_stop_counts_behind_long_talk_at_the_end_of_a_recording(model: SpeechModel) -> None:
    listener = Listener(model, everything())
    told = stream(listener, pause(1), long_talk(7.36), say("stop"), pause(0.2))
    assert intents([*told, *listener.flush()]) == ["stop"]


def test_phrases_are_heard_again_after_a_pause_behind_long_talk(model: SpeechModel) -> None:
    listener = Listener(model, everything())
    told = stream(listener, pause(1), long_talk(8.5), pause(1), say("too hard"), pause(1))
    assert intents(told) == ["softer"]


@pytest.mark.parametrize("kept_s", [-0.1, 8.0])
def test_as_much_as_is_cut_after_cannot_be_kept(kept_s: float) -> None:
    with pytest.raises(ValueError, match="kept_of_talk_s"):
        ListenerSettings(kept_of_talk_s=kept_s)


@pytest.mark.parametrize("words", ["too hard", "wait a minute"])
def test_what_stands_alone_behind_the_cut_is_no_phrase(model: SpeechModel, words: str) -> None:
    """Nothing is kept here, so that the words are all that is heard behind the cut."""
    listener = Listener(model, everything(), ListenerSettings(kept_of_talk_s=0.0))
    told = stream(listener, pause(1), long_talk(7.88), say(words), pause(1))
    assert intents(told) == []


@pytest.mark.parametrize("words", ["stop please", "stop right now"])
@pytest.mark.parametrize("behind_s", [6.8, 6.95, 7.1])
def test_a_stop_right_before_the_cut_is_acted_on_once(
    model: SpeechModel, words: str, behind_s: float
) -> None:
    """Over the narrator's echo it is acted on before the cut, and what is kept has it again."""
    listener = Listener(model, everything())
    talk = long_talk(behind_s)
    told = stream(listener, pause(1), talk[:RATE])
    listener.expect_echo()
    told += stream(listener, talk[RATE:], say(words), pause(1))
    assert intents(told) == ["stop"]
