"""Where the voice begins and ends in an utterance of the corpus, by its alignment."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.training.corpus import Corpus, Entry
from models.training.features import SHIFT


def silent_frames(corpus: Corpus, entry: Entry) -> NDArray[np.uint8]:
    """Return for each frame of an utterance whether nobody speaks there."""
    targets = corpus.targets(entry)
    return np.asarray(targets // 3 == corpus.silence // 3, np.uint8)


def begin_of(silent: NDArray[Any]) -> int:
    """Return the first sample in which somebody speaks."""
    return int(np.argmin(silent)) * SHIFT


def end_of(silent: NDArray[Any]) -> int:
    """Return the sample behind the last frame in which somebody speaks."""
    return (len(silent) - int(np.argmin(silent[::-1]))) * SHIFT


def faded(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a sound that does not end with a click."""
    many = min(len(sound), 160)
    sound = sound.copy()
    sound[len(sound) - many :] *= np.linspace(1, 0, many, dtype=np.float32)
    return sound
