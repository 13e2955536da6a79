"""The one audio format inside voice_guide, and the arithmetic of its clock."""

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
"""Samples per second, in every block and every clip."""

BLOCK = 320
"""Samples per block: 20 ms."""

BLOCK_SECONDS = BLOCK / RATE
"""Seconds per block."""

Samples = NDArray[np.float32]
"""Mono sound at ``RATE``, shape (n,), full scale -1..1."""


def silence(samples: int = BLOCK) -> Samples:
    """Return ``samples`` samples of silence, shape (samples,)."""
    return np.zeros(samples, dtype=np.float32)


def seconds(samples: int) -> float:
    """Return the length in seconds of that many samples at ``RATE``."""
    return samples / RATE


def samples(seconds: float) -> int:
    """Return the number of samples nearest to ``seconds`` at ``RATE``."""
    return round(seconds * RATE)


def gain(decibels: float) -> float:
    """Return the amplitude factor of a level change in dB."""
    return float(10.0 ** (decibels / 20.0))
