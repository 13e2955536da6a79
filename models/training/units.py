"""What a run of several networks hears: units, in each a portion of every part of the speakers."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.training.augmentation import Augmenter
from models.training.corpus import SYNTHETIC, Corpus, Entry
from models.training.plan import Recipe, chosen, noises, portions, render
from models.training.recordings import FOLDS, fold_of

_PEOPLE_FROM = 0.67
"""The share of the run after which people are most of what is heard."""

Rendered = tuple[NDArray[np.float16], NDArray[np.uint8]]
"""Features (frames, BANDS) and targets (frames,)."""


@dataclass(frozen=True)
class Run:
    """How long, and how."""

    units: int
    """Each is a portion of every part of the speakers, half an hour of speech in all."""

    minutes: float = math.inf
    """When it must have ended: the learning rate falls by the clock where that is sooner."""

    rate: float = 2e-3
    last_rate: float = 2e-5
    rows: float = 0.7
    masked: float = 0.6
    seed: int = 31

    def recipe(self, turn: int, progress: float) -> Recipe:
        """Return what one pass consists of."""
        if progress < _PEOPLE_FROM:
            return Recipe(people=1, synthetic=1.0, pico=0.4, kokoro=0.5, seed=self.seed + turn)
        return Recipe(people=3, synthetic=0.5, pico=0.2, kokoro=0.5, seed=self.seed + turn)


@dataclass(frozen=True)
class Portion:
    """What one process renders at a time."""

    number: int
    part: int
    """All its speakers and noises are of this part; who keeps that aside goes without."""

    entries: tuple[Entry, ...]


def units(entries: Sequence[Entry], run: Run) -> Iterator[tuple[Portion, ...]]:
    """Yield units until there are enough: in each, a portion of every part of the speakers."""
    done = turn = 0
    while True:
        order = chosen(entries, run.recipe(turn, done / run.units), turn)
        drawn = np.random.default_rng([run.seed, turn]).integers(FOLDS, size=len(order))
        parts: list[list[Entry]] = [[] for _ in range(FOLDS)]
        for entry, part in zip(order, drawn, strict=True):
            anybody = entry.source in SYNTHETIC
            parts[int(part) if anybody else fold_of(entry.speaker)].append(entry)
        for several in zip(*map(portions, parts), strict=False):
            yield tuple(
                Portion(FOLDS * done + part, part, tuple(some)) for part, some in enumerate(several)
            )
            done += 1
            if done >= run.units:
                return
        turn += 1


class Renderer:
    """Renders portions, with noises of their part only."""

    def __init__(self, corpus: Corpus, seed: int) -> None:
        self._corpus, self._silence, self._seed = corpus, corpus.silence, seed
        self._noises = [noises(corpus, seed, {part}) for part in range(FOLDS)]

    def __call__(self, portion: Portion) -> Rendered:
        """Return features (frames, BANDS) and targets (frames,)."""
        augmenter = Augmenter(
            self._noises[portion.part], seed=self._seed * 100_003 + portion.number % 10**9
        )
        features, targets = render(self._corpus, portion.entries, augmenter, self._silence)
        return features.astype(np.float16), targets


def kept_aside(entries: Sequence[Entry], part: int) -> Portion:
    """Return people of one part, for measuring; about ten minutes."""
    people = [e for e in entries if e.text and e.source in {"words", "keywords", "orders"}]
    some = [e for e in people if fold_of(e.speaker) == part]
    return Portion(-1 - part, part, tuple(some[:: max(1, len(some) // 300)]))
