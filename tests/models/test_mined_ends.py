"""Ends of random talk that a check of ends takes for a "stop"."""

from pathlib import Path
from random import Random

import pytest

from models.builder.build import STOP_CHECK
from models.training import mined_ends as module
from models.training.embedded import joined
from models.training.voices import KEPT_ASIDE, Speaking
from tests.models.small_corpus import corpus
from tests.speech.listening import say
from voice_guide.speech.phrase_check import PhraseCheck
from voice_guide.speech.speech_embedding import SIZE, WINDOWS


def test_random_talk_has_no_stop_in_it_and_frequent_words_often() -> None:
    said = [text.split() for text in module.talk(2000, Random(1))]
    assert len(said) == 2000
    assert {len(words) for words in said} == {2, 3, 4}
    assert not [word for words in said for word in words if "stop" in word]
    assert sum("the" in words for words in said) > 10


def test_no_voice_that_is_kept_aside_says_one() -> None:
    random = Random(2)
    who = {module._who(random).voice for _ in range(2000)}
    assert {voice.partition(":")[0] for voice in who} == {"espeak", "flite", "pico"}
    assert not who & set(KEPT_ASIDE)


def test_what_sounds_like_a_stop_is_taken_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ("now it stop", "the lotion", "all morning", "I said stop")
    monkeypatch.setattr(module, "talk", lambda amount, random: iter(texts))
    monkeypatch.setattr(module, "_who", lambda random: Speaking("espeak:en-us"))
    [group] = module._groups(STOP_CHECK, len(texts), Random(1))
    found = module._asked(group)
    assert [text for text, _ in found] == ["now it stop", "I said stop"]
    check = PhraseCheck(STOP_CHECK)
    assert all(module._odds(check, say(text)) > 0 for text, _ in found)


def test_others_say_it_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    who = Speaking("espeak:en-us")
    monkeypatch.setattr(module, "made_ahead", lambda *_, **__: iter([[("in stock", who)]]))
    said = module._taken(tmp_path, 1, 1)
    assert [text for text, _ in said] == ["in stock"] * 4
    assert said.count(("in stock", who)) == 2
    some = corpus(tmp_path / "corpus", [("", "noise", say("stop") * 0.01)])
    data = module.mined_ends(tmp_path, some, tmp_path, 1, 1)
    assert data.texts.tolist() == ["stock"] * 4


def test_a_check_that_takes_none_for_a_stop_adds_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "made_ahead", lambda *_, **__: iter([[]]))
    some = corpus(tmp_path / "corpus", [("", "noise", say("stop") * 0.01)])
    data = module.mined_ends(tmp_path, some, tmp_path, 1, 1)
    assert data.embeddings.shape == (0, WINDOWS, SIZE)
    assert len(joined(data, data).texts) == 0
