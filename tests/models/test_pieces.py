"""Pieces of speech that the phrase check is trained on, and what they count as."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from models.training import pieces as module
from models.training.augmentation import Augmenter, Chances
from models.training.corpus import Corpus
from tests.models.small_corpus import corpus
from tests.speech.listening import say
from voice_guide.audio.format import samples

PLAIN = Chances(speed=0, room=0, filtered=0, noise=0, clipped_start=0, peak_db=(-6, -6))
TALK = "the old house was quite empty"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    hiss = np.random.default_rng(0).standard_normal(16_000) * 0.01
    spoken = [
        ("", "noise", hiss.astype(np.float32)),
        ("stop", "words", say("stop")),
        ("bed", "words", say("bed")),
        ("too hard", "synthetic", say("too hard")),
        ("stop the old green bus now", "synthetic", say("stop the old green bus now")),
        ("they were too hard for us", "synthetic", say("they were too hard for us")),
        *((TALK, "orders", say(TALK)) for _ in range(3)),
    ]
    return corpus(tmp_path_factory.mktemp("pieces") / "corpus", spoken)


def items(small: Path) -> Counter[tuple[str, str]]:
    """Count what is made of each text."""
    entries = Corpus(small).entries
    made = [item for _, group in module._groups(small) for item in group]
    return Counter((entries[number].text, kind) for number, kind, _ in made)


def test_a_phrase_counts_as_that_when_it_has_just_ended(small: Path, tmp_path: Path) -> None:
    data = module.pieces(tmp_path, small, 1)
    counts = Counter(data.texts.tolist())
    assert counts["stop"] == 3
    assert set(counts) <= {"", "stop", "too hard"}
    again = module.pieces(tmp_path / "again", small, 1)
    assert np.array_equal(again.embeddings, data.embeddings)


def test_no_piece_that_could_be_a_phrase_counts_as_none(small: Path) -> None:
    made = items(small)
    assert made[TALK, "so far"] == made[TALK, "piece"] == 24
    assert not {("stop the old green bus now", kind) for kind in ("so far", "piece")} & set(made)
    assert ("they were too hard for us", "piece") not in made
    assert not any(text == "bed" for text, _ in made)


@pytest.mark.parametrize("kind", ["so far", "piece", "now"])
def test_a_piece_is_so_much_of_the_voice(small: Path, kind: str) -> None:
    whole = Corpus(small)
    text = "too hard" if kind == "now" else TALK
    entry = next(entry for entry in whole.entries if entry.text == text)
    voice = whole.sound(entry)[1600:-1600]
    for seed in range(8):
        random = np.random.default_rng(seed)
        sound = module._heard(whole, entry, kind, Augmenter([], seed, PLAIN), random)
        loud = np.flatnonzero(np.abs(sound) > 300)
        lasts = loud[-1] - loud[0]
        assert len(sound) <= samples(2.0)
        if kind == "so far":
            assert len(sound) - loud[-1] < samples(0.1)  # it ends in the voice
            assert lasts <= samples(0.7)
        elif kind == "piece":
            assert lasts <= samples(1.8)
        else:
            assert 0.8 * len(voice) < lasts <= len(voice) + samples(0.05)
            behind = len(sound) - loud[0] - len(voice)
            assert -samples(0.1) < behind <= samples(0.2)
