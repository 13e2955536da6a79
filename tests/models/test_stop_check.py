"""The check of ends of talk: what it is trained on, how it is trained, and what it tells."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from models.builder.build import STOP_CHECK
from models.training.corpus import Corpus
from models.training.speech_ends import end_of
from tests.models.small_corpus import corpus
from tests.speech.listening import say
from voice_guide.audio.format import samples
from voice_guide.resources import models_folder
from voice_guide.speech.phrase_check import STOP_FILE, PhraseCheck


@pytest.fixture(scope="module")
def check() -> PhraseCheck:
    return PhraseCheck(STOP_CHECK)


def test_the_model_has_the_one_that_was_trained() -> None:
    shipped = models_folder() / "vosk-builtin-en" / STOP_FILE
    assert shipped.read_bytes() == STOP_CHECK.read_bytes()


@pytest.mark.parametrize(
    ("said", "stops"),
    [
        ("it is too much now stop", True),
        ("put it over there stop", True),
        ("put it over there", False),
        ("we went home by the lake", False),
        ("we are nearly at the top", False),
        ("this was the second step", False),
    ],
)
def test_it_tells_a_stop_from_other_ends(check: PhraseCheck, said: str, stops: bool) -> None:
    end = say(said)[-samples(0.9) :]
    told = check(end)
    assert told is not None
    assert (told.odds(["stop"]) > 0) == stops


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    hiss = np.random.default_rng(0).standard_normal(16_000) * 0.01
    spoken = [
        ("", "noise", hiss.astype(np.float32)),
        ("stop", "synthetic", say("stop")),
        ("stop", "words", say("stop")),
        ("up", "words", say("up")),
        ("please say stop", "synthetic", say("please say stop")),
        ("and then it stopped", "synthetic", say("and then it stopped")),
        *((f"the oil is {word}", "synthetic", say(f"the oil is {word}")) for word in WORDS),
    ]
    return corpus(tmp_path_factory.mktemp("ends") / "corpus", spoken)


WORDS = ("warm", "here", "gone", "cold", "new", "green", "thin", "good")


def test_what_it_is_trained_on_is_labelled_by_its_end(small: Path, tmp_path: Path) -> None:
    from models.training.stop_endings import PEOPLE, stop_endings

    data = stop_endings(tmp_path, small, 1)
    counts = Counter(data.texts.tolist())
    assert counts["stop"] > 2 * PEOPLE
    assert counts["up"] > 0
    assert set(counts) <= {"", "stop", "up", *WORDS}  # "stopped" is left out: it is both
    assert set(data.parts[data.texts == "stop"]) > {-1}
    again = stop_endings(tmp_path / "again", small, 1)
    assert np.array_equal(again.embeddings, data.embeddings)


def test_an_end_that_it_is_trained_on_ends_with_the_voice(small: Path) -> None:
    from models.training import stop_endings as module

    whole = Corpus(small)
    stop = next(entry for entry in whole.entries if entry.text == "stop")
    voice = whole.sound(stop)[1600:-1600]
    talk = module._Talk(whole)
    for seed in range(6):
        random = np.random.default_rng(seed)
        sound, silent, _ = module._said(whole, stop, "join", talk, random)
        end = end_of(silent)
        assert len(silent) == len(sound) // 160
        assert len(sound) >= end + samples(0.3)
        behind = sound[end - len(voice) : end]
        assert np.corrcoef(behind, voice)[0, 1] > 0.99


def test_what_stands_behind_a_persons_order_belongs_to_that_persons_part(tmp_path: Path) -> None:
    """Otherwise somebody who is kept aside would be heard before a synthetic voice."""
    from models.training.stop_endings import stop_endings

    stop, order = say("stop"), say("one small coffee with milk please")
    spoken = [("", "noise", stop * 0.01), ("the oil is warm", "synthetic", order)]
    spoken += [("one small coffee", "orders", order)] * 6 + [("stop", "synthetic", stop)] * 6
    data = stop_endings(tmp_path, corpus(tmp_path / "corpus", spoken), 1)
    behind = data.parts[data.sources == "synthetic"]
    assert set(behind) > {-1}


def test_it_is_trained_to_tell_the_most_frequent_ends(small: Path, tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="torch, which trains the check, is missing")
    from models.training.phrase_check import Way
    from models.training.stop_check import train_stop_check
    from models.training.stop_endings import stop_endings

    way = Way(passes=30, hidden=16, smoothing=0.02)
    data = stop_endings(tmp_path, small, 1)
    train_stop_check(data, tmp_path / STOP_FILE, None, way)
    check = PhraseCheck(tmp_path / STOP_FILE)
    assert next(iter(check.phrases)) == "stop"
    assert "up" in check.phrases

    def odds(said: str) -> float:
        told = check(say(said)[-samples(0.8) :])
        assert told is not None
        return told.odds(["stop"])

    assert odds("the oil is here stop") > odds("the oil is here")
