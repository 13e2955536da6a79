"""The echo path after a slip: the same path, but a little later or earlier.

Sound servers leave out or repeat some samples when the machine is busy, and devices change their
buffers. The room stays as it was, so its path need not be learnt anew: it is found by how much
later the echo comes than it was expected, and the known path is moved by as much.
"""

import numpy as np
from numpy.typing import NDArray

from voice_guide.audio.drift import moved
from voice_guide.audio.echo_fit import Signal, edges, power_of_two
from voice_guide.audio.format import samples as in_samples

FURTHEST = in_samples(0.1)
"""Samples that a path is looked for, each way."""

FINE = 4
"""Steps in a sample."""


def lateness(heard: Signal, expected: Signal) -> float:
    """Return by how many samples an echo comes later than expected; below 0: earlier.

    Args:
        heard: the microphone's sound, shape (n,).
        expected: the echo that a known path gives, shape (n,).
    """
    size = power_of_two(len(heard) + FURTHEST)
    cross = np.fft.rfft(edges(heard), size) * np.conj(np.fft.rfft(edges(expected), size))
    fine = np.fft.irfft(cross / (np.abs(cross) + 1e-12), FINE * size)
    steps = np.arange(-FURTHEST * FINE, FURTHEST * FINE + 1)
    return float(steps[np.argmax(fine[steps])]) / FINE


def later(path: NDArray[np.float64], by: float) -> NDArray[np.float64]:
    """Return an echo path, shape (n,), later by so many samples, what leaves its ends cut off."""
    whole = round(by)
    shifted = np.zeros(len(path))
    if whole >= 0:
        shifted[whole:] = path[: len(path) - whole]
    else:
        shifted[:whole] = path[-whole:]
    return np.asarray(moved(shifted, by - whole), dtype=np.float64)


def echo_of(reference: Signal, path: Signal) -> Signal:
    """Return the echo of a reference, shape (n,), by a path of any length."""
    size = power_of_two(len(reference) + len(path))
    spectrum = np.fft.rfft(reference, size) * np.fft.rfft(path, size)
    return np.asarray(np.fft.irfft(spectrum, size)[: len(reference)], dtype=np.float64)
