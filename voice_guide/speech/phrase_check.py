"""A second opinion: which phrase a short sound is as a whole, from its speech embedding.

The recogniser puts a phrase together from sounds, and what is no phrase fits some sounds as well.
This small network was trained to tell the phrases that it knows from each other and from all else.
"""

import math
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from voice_guide.audio.format import Samples, samples
from voice_guide.errors import MachineError
from voice_guide.speech.speech_embedding import LONGEST_S, SpeechEmbedding

FILE = "phrase_check.npz"
"""Its name in the folder of a speech model."""

STOP_FILE = "stop_check.npz"
"""The name of the check that only tells "stop" at the end of talk from other ends."""

_LEAST = 1e-9

Floats = NDArray[np.float64]
Layer = tuple[NDArray[np.float32], NDArray[np.float32]]


@dataclass(frozen=True)
class Opinion:
    """How likely it is that a sound is this phrase or that."""

    phrases: dict[str, int]
    """The place of each phrase that can be told."""

    probabilities: Floats
    """Of each phrase and, last, of anything else, shape (phrases + 1,)."""

    def expecting(self, phrases: Iterable[str], others: float) -> "Opinion":
        """Return the same where only some phrases can be said.

        Args:
            phrases: those.
            others: how much less likely beforehand each other phrase is than they are.
        """
        sayable = {self.phrases[text] for text in phrases if text in self.phrases}
        weights = np.full(len(self.probabilities), others)
        weights[[*sayable, -1]] = 1.0
        weighted = self.probabilities * weights
        return Opinion(self.phrases, weighted / weighted.sum())

    def probability(self, phrases: Iterable[str]) -> float:
        """Return how likely it is that it is one of these; those that cannot be told are not."""
        places = sorted({self.phrases[text] for text in phrases if text in self.phrases})
        return float(self.probabilities[places].sum())

    def odds(self, phrases: Iterable[str]) -> float:
        """Return the natural logarithm of the odds that it is one of these: 0 is even."""
        share = min(max(self.probability(phrases), _LEAST), 1 - _LEAST)
        return math.log(share / (1 - share))

    def best(self, phrases: Iterable[str]) -> str | None:
        """Return the most likely of some phrases, or None where none of them can be told."""
        known = [text for text in phrases if text in self.phrases]
        return max(known, key=lambda text: self.probabilities[self.phrases[text]], default=None)


class PhraseCheck:
    """Two convolutions over the embedding, and the best place for each phrase."""

    def __init__(self, path: Path) -> None:
        """Load it.

        Args:
            path: as ``models.training.phrase_check`` writes it.

        Raises:
            MachineError: it cannot be read, or the embedding cannot be loaded.
        """
        try:
            with np.load(path) as file:
                names = file["phrases"].tolist()
                self._layers = [_layer(file, name) for name in ("first", "second", "out")]
                self._mean, self._deviation = file["mean"], file["deviation"]
        except (OSError, ValueError, KeyError, BadZipFile, zlib.error) as error:
            raise MachineError(
                f"{path} cannot be read: {error}. Copy or unpack the speech model again."
            ) from error
        self.phrases = {str(text): place for place, text in enumerate(names)}
        """The phrases that it can tell."""
        self._embedding = SpeechEmbedding()

    def __call__(self, sound: Samples) -> Opinion | None:
        """Return what it takes a sound for, or None where that is too long.

        Args:
            sound: mono at 16 kHz, shape (n,), with little beside the phrase.
        """
        if len(sound) > samples(LONGEST_S):
            return None
        embedded = self._embedding(sound)
        x = (embedded - self._mean) / self._deviation
        *hidden, out = self._layers
        for layer in hidden:
            x = np.maximum(_convolved(x, layer), 0)
        scores = _convolved(x, out).astype(np.float64)
        each = np.logaddexp.reduce(scores, axis=0)
        return Opinion(self.phrases, np.exp(each - np.logaddexp.reduce(each)))


def _layer(file: Mapping[str, Any], name: str) -> Layer:
    """Return the weights (outputs, inputs, taps) and biases of a layer."""
    return file[f"{name}.weight"] * file[f"{name}.weight.step"], file[f"{name}.bias"]


def _convolved(x: NDArray[np.float32], layer: Layer) -> NDArray[np.float32]:
    """Return x (windows, inputs) convolved with weights (outputs, inputs, taps), same length."""
    weight, bias = layer
    half = weight.shape[2] // 2
    padded = np.pad(x, ((half, half), (0, 0)))
    around = np.lib.stride_tricks.sliding_window_view(padded, weight.shape[2], axis=0)
    return np.asarray(np.einsum("tik,oik->to", around, weight, optimize=True) + bias, np.float32)
