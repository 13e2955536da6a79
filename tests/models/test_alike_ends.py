"""Ends of talk that are much like a "stop", which the check of ends learns to tell from it."""

from pathlib import Path
from random import Random

import numpy as np
import pytest

from models.training import alike_ends as module
from models.training.voices import KEPT_ASIDE, Speaking
from tests.models.small_corpus import corpus
from tests.speech.listening import say


def test_none_of_them_is_a_stop() -> None:
    assert len(set(module.ENDS)) == len(module.ENDS)
    said = module.texts(Random(1))
    assert not [text for text in said if text.split()[-1] in ("stop", "stops", "stopped")]
    assert {text.split()[-1] for text in said} == {end.split()[-1] for end in module.ENDS}


def test_the_same_talk_ends_with_a_stop_as_well() -> None:
    said = module.calls(Random(1), 2)
    assert len(said) == 100
    assert all(text.split().index("stop") == len(text.split()) - 1 for text in said)


def test_no_voice_that_is_kept_aside_says_one() -> None:
    random = Random(2)
    who = {module._who(random).voice for _ in range(2000)}
    assert {voice.partition(":")[0] for voice in who} == {"espeak", "flite", "pico", "kokoro"}
    assert not who & set(KEPT_ASIDE)


def test_they_are_labelled_by_their_last_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ENDS", ("wakes up", "in stock", "good stuff"))
    monkeypatch.setattr(module, "_who", lambda random: Speaking("espeak:en-us"))
    some = corpus(tmp_path / "corpus", [("", "noise", say("stop") * 0.01)])
    monkeypatch.setattr(module, "_STOPS", 2)
    # This process has spoken with espeak-ng; others do it for the file, and must not wait for it.
    data = module.alike_ends(tmp_path, some, tmp_path, 1, 1)
    assert sorted(data.texts.tolist()) == ["stock", "stop", "stop", "stuff", "up"]
    assert set(data.parts.tolist()) == {-1}


def test_one_of_so_many_is_as_it_was_said(tmp_path: Path) -> None:
    some = corpus(tmp_path / "corpus", [("", "noise", say("stop") * 0.01)])
    said = [("in stock", Speaking("espeak:en-us"))] * 3
    rows = [
        module.made_ends(tmp_path / f"{many}.npz", some, tmp_path, said, 1, as_it_is=many)
        for many in (1, 3)
    ]
    same = [np.array_equal(a, b) for a, b in zip(*(row.embeddings for row in rows), strict=True)]
    assert same == [True, False, False]


LEXICON = {
    "stop": (("S", "T", "AA", "P"),),
    "nonstop": (("N", "AA", "N", "S", "T", "AA", "P"),),
    "stock": (("S", "T", "AA", "K"),),
    "top": (("T", "AA", "P"),),
    "bop": (("B", "AA", "P"),),
    "cost": (("K", "AA", "S", "T"),),
    "drums": (("D", "R", "AH", "M", "Z"),),
    "lotion": (("L", "OW", "SH", "AH", "N"),),
}


def test_words_that_sound_like_stop_are_found_and_pairs_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_PAIRS", 3)
    said = module.sounding(LEXICON, Random(1))
    ends = {text.split()[-1] for text in said}
    assert {"stock", "top"} <= ends
    assert not ends & {"stop", "nonstop", "lotion", "drums"}
    pairs = [text for text in said if text.split()[-1] in ("bop", "top", "stock")]
    assert any(text.split()[-2] in ("cost", "drums") for text in pairs)


def test_a_share_of_them_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "sounding", lambda lexicon, random: ["in stock", "a laptop"] * 4)
    monkeypatch.setattr(module, "_who", lambda random: Speaking("espeak:en-us"))
    some = corpus(tmp_path / "corpus", [("", "noise", say("stop") * 0.01)])
    data = module.sounding_ends(tmp_path, some, tmp_path, LEXICON, 1, share=0.5)
    assert sorted(data.texts.tolist()) == ["laptop", "laptop", "stock", "stock"]
