"""What a training run goes through: which utterances, how often, in which portions."""

from collections.abc import Container, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.builder.front_end import FrontEndSettings
from models.training.augmentation import Augmenter
from models.training.corpus import SYNTHETIC, Corpus, Entry
from models.training.features import Floats32, log_mel, relative_bands
from models.training.recordings import FOLDS, fold_of

LOOKAHEAD = 8
"""Frames that the level looks into the future, for the network that is trained."""

PORTION_FRAMES = 60_000
"""About ten minutes: what is rendered, trained on, and forgotten."""

_NOBODY = 32_000
"""Samples of noise alone."""


@dataclass(frozen=True)
class Recipe:
    """One run."""

    passes: int = 4
    """Times that everything is gone through."""

    people: int = 3
    """Copies of each person's recording in a pass, each changed in another way."""

    synthetic: float = 1.0
    """Share of the synthetic utterances in a pass."""

    pico: float = 0.0
    """Share of the utterances by SVOX Pico in a pass."""

    kokoro: float = 0.0
    """Share of the utterances by Kokoro in a pass; 2.0 is two copies of each."""

    rate: float = 2e-3
    """Learning rate at its highest."""

    last_rate: float = 5e-5
    masked: float = 0.6
    """How often some neighbouring bands are hidden from the network, at first; less and less."""

    rows: float = 0.0
    """Share of the loss of whole rows of states; the rest is that of single frames."""

    noise: float = 0.0
    """Share of what is heard in which nobody speaks, and of noise that is clatter."""

    seed: int = 1
    held_out: int | None = None
    """Part of the speakers that is not trained on; None trains on all."""


def chosen(entries: Sequence[Entry], recipe: Recipe, turn: int) -> list[Entry]:
    """Return the utterances of one pass, in its order."""
    random = np.random.default_rng([recipe.seed, turn])
    shares = {"pico": recipe.pico, "kokoro": recipe.kokoro}
    taken = []
    for entry in entries:
        if entry.source == "synthetic":
            copies = int(random.random() < recipe.synthetic)
        elif entry.source in shares:
            whole, part = divmod(shares[entry.source], 1.0)
            copies = int(whole) + int(part > 0 and random.random() < part)
        elif fold_of(entry.speaker) == recipe.held_out:
            copies = 0
        else:
            copies = recipe.people
        taken += [entry] * copies
    return [taken[place] for place in random.permutation(len(taken))]


def portions(entries: Sequence[Entry], padding: int = 60) -> list[list[Entry]]:
    """Cut the utterances of a pass into portions of like size."""
    result: list[list[Entry]] = [[]]
    frames = 0
    for entry in entries:
        frames += entry.frames + padding
        if frames > PORTION_FRAMES:
            result.append([])
            frames = entry.frames + padding
        result[-1].append(entry)
    return result


def render(
    corpus: Corpus,
    entries: Sequence[Entry],
    augmenter: Augmenter,
    silence: int,
    noise: float = 0.0,
) -> tuple[Floats32, NDArray[np.uint8]]:
    """Return the features of changed utterances, one after the other, and their targets.

    Shapes (frames, BANDS) and (frames,).

    Args:
        corpus: holds the utterances.
        entries: which.
        augmenter: changes them.
        silence: the target of silence.
        noise: how often an utterance has two seconds after it in which nobody speaks.
    """
    features, targets = [], []
    random = np.random.default_rng(len(entries))
    for entry in entries:
        if random.random() < noise:
            bands = log_mel(augmenter.nothing(_NOBODY))
            features.append(relative_bands(bands, FrontEndSettings(), LOOKAHEAD))
            targets.append(np.full(len(bands), silence, np.uint8))
        padded = entry.source in SYNTHETIC
        sound, states = augmenter.change(
            corpus.sound(entry), corpus.targets(entry), silence, padded=padded
        )
        bands = relative_bands(log_mel(sound), FrontEndSettings(), LOOKAHEAD)
        length = min(len(bands), len(states))
        features.append(bands[:length])
        targets.append(states[:length])
    return np.concatenate(features), np.concatenate(targets)


def parts_of(recipe: Recipe) -> set[int]:
    """Return the parts of the speakers that are trained on."""
    return set(range(FOLDS)) - {recipe.held_out}


def noises(corpus: Corpus, seed: int, parts: Container[int]) -> list[Floats32]:
    """Return recorded noises of some parts, the kitchen, and babble of six synthetic voices."""
    found = [
        corpus.sound(entry)
        for entry in corpus.entries
        if entry.source == "noise"
        and (entry.speaker == "kitchen" or fold_of(entry.speaker) in parts)
    ]
    speech = [entry for entry in corpus.entries if entry.source == "synthetic"]
    random = np.random.default_rng(seed)
    for _ in range(40 if speech else 0):
        babble = np.zeros(4 * 16000, np.float32)
        for place in random.integers(len(speech), size=6):
            babble += np.resize(corpus.sound(speech[place]), len(babble))
        found.append(babble)
    return found
