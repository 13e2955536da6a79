"""Pieces of speech as the phrase check hears them: phrases that end just now, and what is none.

While somebody speaks, and where somebody talks for long, the check hears only a piece: the
beginning, up to now, or what is between two pauses. It must not take one for a phrase.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.training.augmentation import Augmenter, Chances
from models.training.corpus import SYNTHETIC, Corpus, Entry
from models.training.embedded import (
    KEPT_ASIDE,
    Embedded,
    as_arrays,
    kept,
    phrases,
    recorded_noises,
)
from models.training.features import SHIFT
from models.training.recordings import fold_of
from models.training.speech_ends import begin_of, end_of, faded, silent_frames
from voice_guide.audio.format import RATE, samples
from voice_guide.speech.second_opinion import STOP
from voice_guide.speech.speech_embedding import SpeechEmbedding

_TALK = 4
"""Words that an utterance has at least of which a piece is taken."""

_BEGIN_SHARE, _PIECE_SHARE, _PHRASE_SHARE = 0.5, 0.7, 0.5
_ORDERS, _PEOPLE = 8, 3
_SO_FAR_S = (0.12, 0.7)
"""How much of its voice is in a beginning."""

_JUST_S = 0.15
"""How long ago a phrase may have ended."""

_PIECE_S = (0.6, 1.8)
_CLATTER = 0.1
_SEED = 9
_GROUP = 500

Item = tuple[int, str, int]
"""The number of an utterance, what is made of it, and which copy this is: ``so far`` is how it
begins, ``piece`` is out of its middle, ``now`` is a phrase that has just ended."""


def pieces(folder: Path, corpus: Path, processes: int | None = None) -> Embedded:
    """Return pieces of speech, embedded; they are made unless the folder has them.

    Args:
        folder: where they are kept.
        corpus: the folder of the corpus.
        processes: how many make them.
    """
    return kept(folder / "pieces.npz", _make, _groups(corpus), processes)


def _groups(corpus: Path) -> Iterator[tuple[Path, tuple[Item, ...]]]:
    known, random = frozenset(phrases()), np.random.default_rng(_SEED)
    items = [
        item
        for number, entry in enumerate(Corpus(corpus).entries)
        for item in _items(number, entry, known, random)
    ]
    random.shuffle(items)
    for start in range(0, len(items), _GROUP):
        yield corpus, tuple((int(n), str(kind), int(c)) for n, kind, c in items[start:][:_GROUP])


def _items(
    number: int, entry: Entry, known: frozenset[str], random: np.random.Generator
) -> list[Item]:
    """Return what is made of an utterance."""
    words, synthetic = entry.text.split(), entry.source in SYNTHETIC
    copies: dict[str, int] = {}
    if entry.text in known:
        share = int(random.random() < _PHRASE_SHARE)
        copies["now"] = share if synthetic else _PEOPLE
    elif len(words) >= _TALK and entry.source in (*SYNTHETIC, "orders"):
        if not _begins_with_phrase(words, known):
            copies["so far"] = int(random.random() < _BEGIN_SHARE) if synthetic else _ORDERS
        if not _has_phrase(words, known):
            copies["piece"] = int(random.random() < _PIECE_SHARE) if synthetic else _ORDERS
    return [(number, kind, copy) for kind, many in copies.items() for copy in range(many)]


def _begins_with_phrase(words: list[str], known: frozenset[str]) -> bool:
    return any(" ".join(words[:many]) in known for many in range(1, len(words)))


def _has_phrase(words: list[str], known: frozenset[str]) -> bool:
    """Whether a "stop" or a phrase of several words is in it: a piece could be just that."""
    ends = range(len(words) + 1)
    return STOP in words or any(
        " ".join(words[begin:end]) in known for end in ends for begin in range(end - 1)
    )


@lru_cache(maxsize=1)
def _tools(folder: Path) -> tuple[Corpus, SpeechEmbedding, dict[bool, list[NDArray[np.float32]]]]:
    corpus = Corpus(folder)
    return corpus, SpeechEmbedding(), recorded_noises(corpus)


def _make(group: tuple[Path, tuple[Item, ...]]) -> tuple[NDArray[Any], ...]:
    corpus, embedding, recorded = _tools(group[0])
    rows = []
    for number, kind, copy in group[1]:
        entry = corpus.entries[number]
        part = -1 if entry.source in SYNTHETIC else fold_of(entry.speaker)
        random = np.random.default_rng([_SEED, number, copy, len(kind)])
        seed = int(random.integers(1 << 40))
        augmenter = Augmenter(recorded[part == KEPT_ASIDE], seed, Chances(clatter=_CLATTER))
        sound = _heard(corpus, entry, kind, augmenter, random)
        row = embedding(sound / np.float32(32768), float(random.uniform(0.2, 0.8)))
        text = entry.text if kind == "now" else ""
        rows.append((row.astype(np.float16), text, entry.source, part, copy))
    return as_arrays(rows)


def _heard(
    corpus: Corpus, entry: Entry, kind: str, augmenter: Augmenter, random: np.random.Generator
) -> NDArray[np.float32]:
    """Return a piece of an utterance as somebody may have said it."""
    sound, silent = corpus.sound(entry), silent_frames(corpus, entry)
    begin, end = begin_of(silent), end_of(silent)
    if kind == "piece":
        lasts = samples(random.uniform(*_PIECE_S))
        start = begin + int(random.integers(max(1, end - begin - lasts))) // SHIFT * SHIFT
        stop = min(end, start + lasts // SHIFT * SHIFT)
        cut, inside = faded(sound[start:stop]), silent[start // SHIFT : stop // SHIFT]
        return augmenter.change(cut, inside, 1, padded=True)[0][: 2 * RATE]
    sound, silent = sound[begin:], silent[begin // SHIFT :]
    sound, silent = augmenter.change(sound, silent, 1, padded=True)
    begin, end = begin_of(silent), end_of(silent)
    if kind == "so far":
        end = min(end, begin + samples(random.uniform(*_SO_FAR_S)))
    else:
        end += samples(random.uniform(0.0, _JUST_S))
    return sound[max(0, end - 2 * RATE) : end]
