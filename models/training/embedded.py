"""The corpus as the phrase check hears it: embeddings of changed utterances, kept in a file."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from models.builder.vocabulary import project_phrases
from models.training.augmentation import Augmenter, Chances
from models.training.corpus import SYNTHETIC, Corpus, Entry
from models.training.plan import noises
from models.training.recordings import FOLDS, WORDS, fold_of
from models.training.workers import made_ahead
from voice_guide.audio.format import samples
from voice_guide.language.pack import load_language
from voice_guide.speech.speech_embedding import LONGEST_S, SIZE, WINDOWS, SpeechEmbedding

PEOPLE = 6
"""Copies of each recording of a word by people; the first is as it was recorded."""

_COPIES = {"words": PEOPLE, "keywords": 2, "orders": 2, "noise": 6}
_PHRASE_COPIES = {"synthetic": 2, "pico": 2, "kokoro": 3}
_SHORT = 3
_LONG_SHARE = 0.2
"""Of the synthetic sentences that are no phrase and longer, so many are taken."""

_CLATTER = 0.15
_NOBODY = 24_000
_SEED = 5
_GROUP = 500
KEPT_ASIDE = 2
"""What is added to the other parts of the speakers has no noise of this part in it."""


Group = TypeVar("Group")


@dataclass(frozen=True)
class Embedded:
    """Embeddings, and what they are of."""

    embeddings: NDArray[np.float16]
    """Shape (utterances, WINDOWS, SIZE)."""

    texts: NDArray[np.str_]
    sources: NDArray[np.str_]
    parts: NDArray[np.int8]
    """Of the speakers; -1 for synthetic voices."""

    copies: NDArray[np.int8]


def phrases() -> list[str]:
    """Return the phrases that the check is to tell, sorted."""
    pack = (phrase.text for phrase in load_language("en").phrases)
    return sorted({*project_phrases(), *pack, *WORDS})


def embedded(folder: Path, corpus: Path, processes: int | None = None) -> Embedded:
    """Return the corpus, embedded; it is made unless the folder has it. That takes a while.

    Args:
        folder: where it is kept.
        corpus: the folder of the corpus.
        processes: how many make it.
    """
    return kept(folder / "embedded.npz", _make, _groups(corpus), processes)


def kept(
    path: Path,
    make: Callable[[Group], tuple[NDArray[Any], ...]],
    some: Iterable[Group],
    processes: int | None = None,
    *,
    fresh: bool = False,
) -> Embedded:
    """Return what a file has; it is made and written unless it is there.

    Args:
        path: the file.
        make: makes the arrays of ``Embedded`` for a group; a function of a module.
        some: the groups, in an order that is always the same.
        processes: how many make them.
        fresh: whether they speak with espeak-ng, which this process may have used.
    """
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        groups = list(some)
        rows = []
        for number, row in enumerate(made_ahead(make, iter(groups), processes, fresh=fresh), 1):
            rows.append(row)
            print(f"{number} of {len(groups)} groups embedded", flush=True)
        rows = rows or [as_arrays([])]
        names = ("embeddings", "texts", "sources", "parts", "copies")
        arrays = {name: np.concatenate([row[at] for row in rows]) for at, name in enumerate(names)}
        whole = path.with_suffix(".new.npz")
        np.savez(whole, allow_pickle=False, **arrays)
        whole.replace(path)
    with np.load(path) as file:
        return Embedded(**{name: file[name] for name in file.files})


def joined(*some: Embedded) -> Embedded:
    """Return all of these, one behind the other."""
    names = [field.name for field in fields(Embedded)]
    return Embedded(*(np.concatenate([getattr(each, name) for each in some]) for name in names))


def recorded_noises(corpus: Corpus) -> dict[bool, list[NDArray[np.float32]]]:
    """Return noises: for people of the part that is kept aside (True), and for all others."""
    every = set(range(FOLDS))
    others = noises(corpus, _SEED, every - {KEPT_ASIDE})
    return {True: noises(corpus, _SEED, every), False: others}


def _groups(corpus: Path) -> Iterator[tuple[Path, tuple[tuple[int, int], ...]]]:
    """Yield groups of (number of the utterance, of its copy)."""
    wanted, random = set(phrases()), np.random.default_rng(1)
    rows: list[tuple[int, int]] = []
    for number, entry in enumerate(Corpus(corpus).entries):
        copies = _COPIES.get(entry.source)
        if copies is None:
            if entry.text in wanted:
                copies = _PHRASE_COPIES[entry.source]
            elif len(entry.text.split()) <= _SHORT:
                copies = 1
            else:
                copies = int(random.random() < _LONG_SHARE)
        rows += [(number, copy) for copy in range(copies)]
    for start in range(0, len(rows), _GROUP):
        yield corpus, tuple(rows[start : start + _GROUP])


@lru_cache(maxsize=1)
def _tools(folder: Path) -> tuple[Corpus, SpeechEmbedding, dict[bool, list[NDArray[np.float32]]]]:
    corpus = Corpus(folder)
    return corpus, SpeechEmbedding(), recorded_noises(corpus)


def _make(group: tuple[Path, tuple[tuple[int, int], ...]]) -> tuple[NDArray[Any], ...]:
    corpus, embedding, recorded = _tools(group[0])
    rows = []
    for number, copy in group[1]:
        entry = corpus.entries[number]
        part = -1 if entry.source in SYNTHETIC else fold_of(entry.speaker)
        augmenter = Augmenter(
            recorded[part == KEPT_ASIDE], number * 31 + copy, Chances(clatter=_CLATTER)
        )
        sound = _heard(corpus, entry, copy, augmenter)
        random = np.random.default_rng([number, copy])
        spare = len(sound) - samples(LONGEST_S)
        if spare > 0:
            start = int(random.integers(spare + 1))
            sound = sound[start : start + samples(LONGEST_S)]
        row = embedding(sound / np.float32(32768), float(random.uniform(0.2, 0.8)))
        rows.append((row.astype(np.float16), entry.text, entry.source, part, copy))
    return as_arrays(rows)


def as_arrays(rows: Sequence[tuple[Any, ...]]) -> tuple[NDArray[Any], ...]:
    """Return the arrays of ``Embedded`` for rows of what each has of one utterance."""
    kinds = (np.float16, np.str_, np.str_, np.int8, np.int8)
    columns = list(zip(*rows, strict=True)) or [()] * len(kinds)
    first, *others = (np.array(column, kind) for column, kind in zip(columns, kinds, strict=True))
    return first.reshape(len(rows), WINDOWS, SIZE), *others


def _heard(corpus: Corpus, entry: Entry, copy: int, augmenter: Augmenter) -> NDArray[np.float32]:
    """Return an utterance as somebody may have said it, or noise."""
    synthetic = entry.source in SYNTHETIC
    if entry.source == "noise" and copy > 1:
        return augmenter.nothing(_NOBODY)
    if copy == 0 and not synthetic:
        return corpus.sound(entry)
    sound, targets = corpus.sound(entry), corpus.targets(entry)
    return augmenter.change(sound, targets, 0, padded=synthetic)[0]
