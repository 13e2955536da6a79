"""Phrases are held against any words of the model, beside what the phrase check says."""

from dataclasses import replace

import numpy as np
import pytest

from tests.speech.listening import everything, intents, pause, say, stream
from voice_guide.audio.format import Samples
from voice_guide.language.pack import load_language
from voice_guide.speech.decoding import DecodingSettings
from voice_guide.speech.grammar import Grammar
from voice_guide.speech.listener import Listener, ListenerSettings
from voice_guide.speech.looks import Decoded, Looks
from voice_guide.speech.model import SpeechModel, open_model
from voice_guide.speech.second_opinion import SecondOpinion
from voice_guide.speech.utterance import Utterance
from voice_guide.speech.word_contest import WordContest

SHIPPED = DecodingSettings()


@pytest.fixture(scope="module")
def model() -> SpeechModel:
    return open_model()


@pytest.fixture(scope="module")
def grammar(model: SpeechModel) -> Grammar:
    return everything().within(model.has_word)


def contest(
    model: SpeechModel,
    grammar: Grammar,
    said: Samples,
    settings: DecodingSettings = SHIPPED,
) -> WordContest:
    """What is held against words where it was said in quiet."""
    assert model.phrase_check is not None
    sound = np.concatenate([pause(0.2), said, pause(0.3)])
    looks = Looks(model, settings, sound, 0, grammar.matches)
    opinion = SecondOpinion(model.phrase_check, grammar, settings, sound)
    return WordContest(grammar, settings, looks, opinion)


@pytest.mark.parametrize(
    ("said", "wins"),
    [("stop it", True), ("please stop", True), ("step it", False), ("the top of it", False)],
)
def test_a_phrase_wins_clearly_over_other_words_only_where_it_was_said(
    model: SpeechModel, grammar: Grammar, said: str, wins: bool
) -> None:
    phrase = grammar.match("please stop" if said == "please stop" else "stop it")
    assert phrase is not None
    held = contest(model, grammar, say(said))
    assert held.clearly_won_by(phrase) == wins
    assert not (wins and held.lost_by(Decoded(phrase.text, (), (phrase,))))


def test_what_fits_far_better_than_any_sounds_is_not_refused_for_low_odds(
    model: SpeechModel, grammar: Grammar
) -> None:
    """ "Stop the session" by a synthetic voice has odds of -10, and wins by 24 over any sounds."""
    phrase = grammar.match("stop the session")
    assert phrase is not None
    doubting = DecodingSettings(doubted_odds=99.0, urgent_weighed=99.0)
    said, result = say("stop the session"), Decoded(phrase.text, (), (phrase,))
    assert not contest(model, grammar, said, doubting).lost_by(result)
    assert contest(model, grammar, said, replace(doubting, fits_anyway=99.0)).lost_by(result)


def told(model: SpeechModel, settings: DecodingSettings, said: str) -> list[str]:
    listener = Listener(model, everything(), ListenerSettings(decoding=settings))
    return intents(stream(listener, pause(1), say(said), pause(1)))


def test_an_unusual_voice_that_any_sounds_beat_is_heard_where_no_words_do(
    model: SpeechModel,
) -> None:
    """A neural voice's "stop it" loses to any sounds by 6: its sounds are none of the model's."""
    unusual = DecodingSettings(urgent_margin=99.0, margin=99.0, refused_ending_margin=99.0)
    others = {"stop_margin": 99.0, "stop_with_odds": 99.0, "found_odds": 99.0}
    others["recut_margin"] = 99.0
    unusual = replace(unusual, whole_margin=99.0, **others)
    assert told(model, unusual, "stop it") == ["stop"]
    assert told(model, replace(unusual, no_other_words=99.0), "stop it") == []
    assert told(model, replace(unusual, no_other_odds=99.0), "stop it") == []
    assert told(model, unusual, "step it") == []


def test_what_is_found_in_the_loud_part_alone_is_held_against_words_as_well(
    model: SpeechModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was not asked about: "pick one small" became "once more" so."""
    recut = Utterance._recut
    found: list[Decoded | None] = []
    monkeypatch.setattr(Utterance, "_convincing", lambda self: Decoded("[unk]", (), ()))
    monkeypatch.setattr(Utterance, "_found", lambda self: None)
    monkeypatch.setattr(Utterance, "_recut", lambda self: found.append(recut(self)) or found[-1])
    monkeypatch.setattr(Utterance, "is_already", lambda self, phrase: False)
    assert told(model, DecodingSettings(), "a bit slower") == ["slower"]
    doubting = DecodingSettings(doubted_odds=99.0, several_weighed=99.0, fits_anyway=99.0)
    assert told(model, doubting, "a bit slower") == []
    assert len(found) == 2


@pytest.mark.parametrize(
    ("said", "voice"), [("to heart", "en-us+f3"), ("tool art", "en-us"), ("tool art", "en-us+m3")]
)
def test_a_doubted_phrase_must_win_over_any_sounds(
    model: SpeechModel, said: str, voice: str
) -> None:
    """They come out as "too hard", which fits about as well as any sounds."""

    def heard(text: str, settings: DecodingSettings) -> list[str]:
        listener = Listener(model, everything(), ListenerSettings(decoding=settings))
        return intents(stream(listener, pause(1), say(text, voice), pause(1)))

    assert heard(said, SHIPPED) == []
    assert heard(said, replace(SHIPPED, unsure_margin=-99.0)) == ["softer"]
    assert heard("too hard", SHIPPED) == ["softer"]


def test_stop_in_several_words_need_not_win_over_any_sounds(
    model: SpeechModel, grammar: Grammar
) -> None:
    strict = DecodingSettings(unsure_odds=99.0, unsure_margin=99.0)
    for said, lost in (("please stop", False), ("hold on", True)):
        phrase = grammar.match(said)
        assert phrase is not None
        result = Decoded(phrase.text, (), (phrase,))
        assert contest(model, grammar, say(said), strict).lost_by(result) == lost
        assert not contest(model, grammar, say(said)).lost_by(result)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("it's too hard", "softer"),
        ("it is too strong", "softer"),
        ("i have a chest pain", "chest pain"),
        ("stop it now", "stop"),
        ("wait please", "pause"),
    ],
)
@pytest.mark.parametrize("voice", ["en-us+f3", "en-gb"])
def test_small_words_may_be_said_around_a_phrase(
    model: SpeechModel, said: str, meant: str, voice: str
) -> None:
    """A rule that weighed phrases without them refused "stop it now" by five of eight voices."""
    language = load_language("en")
    listener = Listener(model, Grammar.of(language.phrases, language))
    assert intents(stream(listener, pause(1), say(said, voice), pause(1))) == [meant]
