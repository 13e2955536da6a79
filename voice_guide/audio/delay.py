"""The way from a block's hand-over to the loudspeaker: a delay that may drift and jump."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from voice_guide.audio.format import BLOCK, RATE, Samples, samples, silence

_TAPS = 32
"""Samples that an interpolated one is made of."""


class DriftingDelay:
    """Delays a stream of blocks, exactly to the sample where nothing drifts."""

    def __init__(
        self, delay_s: float, drift_ppm: float = 0.0, jumps: tuple[tuple[float, float], ...] = ()
    ) -> None:
        """Begin with silence on the way.

        Args:
            delay_s: seconds at the beginning, rounded to a sample.
            drift_ppm: by how much it grows, microseconds in a second; may be negative.
            jumps: (seconds since the beginning, by how many seconds it changes). It never
                falls below 0.
        """
        self._base = samples(delay_s)
        self._drift = drift_ppm * 1e-6
        self._jumps = tuple((samples(at), samples(by)) for at, by in jumps)
        self._blocks = 0
        self._line = silence(self._base + _TAPS + BLOCK)

    def __call__(self, block: Samples) -> Samples:
        """Take the next block and return what comes out meanwhile, both of shape (BLOCK,)."""
        now = self._blocks * BLOCK
        self._blocks += 1
        self._line = np.concatenate([self._line, block])
        delay = self._base + sum(by for at, by in self._jumps if at <= now) + self._drift * now
        newest = len(self._line) - BLOCK
        if self._drift == 0.0:
            delayed = self._whole(newest - max(0, round(delay)))
        else:
            at = newest - max(_TAPS / 2, delay) + np.arange(BLOCK) * (1.0 - self._drift)
            delayed = self._between(at)
        # Kept: what the longest delay of the next ten seconds can ask for.
        keep = round(max(delay, self._base) + sum(max(0, by) for _, by in self._jumps))
        keep += _TAPS + BLOCK + round(abs(self._drift) * 10 * RATE)
        if len(self._line) > 4 * keep:
            self._line = self._line[-keep:]
        return delayed

    def _whole(self, first: int) -> Samples:
        before = max(0, -first)
        part = self._line[max(0, first) : first + BLOCK]
        return np.concatenate([silence(before), part]).astype(np.float32)

    def _between(self, at: NDArray[Any]) -> Samples:
        """Return the line at places between its samples, by a windowed sinc."""
        whole = np.floor(at).astype(int)
        offsets = np.arange(_TAPS) - _TAPS // 2 + 1
        distance = (at - whole)[:, None] - offsets
        weights = np.sinc(distance) * (0.5 + 0.5 * np.cos(2 * np.pi * distance / _TAPS))
        places = np.clip(whole[:, None] + offsets, 0, len(self._line) - 1)
        between = np.sum(self._line[places] * weights, axis=1)
        return np.asarray(between, dtype=np.float32)
