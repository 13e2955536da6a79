"""Quiet voices are lifted to where the voice activity model hears them.

It does not hear the same at every level. Of 21 people's "stop" with peaks of -40 dB in a hiss of
-66 dB it noticed 6; with both 28 dB louder, all.
"""

from collections import deque

import numpy as np

from voice_guide.audio.format import BLOCK_SECONDS, Samples, gain

MOST_DB = 20.0
"""The most that anything is lifted by."""

FLOOR_DB = -50.0
"""The noise of the room is not lifted over this, dB of full scale: in a loud room nothing is."""

PEAK_DB = -6.0
"""Nor is a voice over this: the lift gives way at once ..."""

BACK_DB_PER_S = 20.0
"""... and comes back so fast, when what is quiet is hardly a voice's end any more."""

_KEPT = round(3.0 / BLOCK_SECONDS)
_KNOWN = round(0.4 / BLOCK_SECONDS)
_FLOOR = 0.1
"""The share of the blocks that is quieter than what counts as the room's noise."""


class Lift:
    """Lifts a stream, block by block."""

    def __init__(self) -> None:
        self._levels: deque[float] = deque(maxlen=_KEPT)
        self._limit_db = MOST_DB
        self.decibels = 0.0
        """By how much the last block was lifted."""

    def __call__(self, block: Samples) -> Samples:
        """Return the next block, shape (n,), lifted. Nothing is, until the room's noise is known.

        A block of zeros comes from no microphone, and says nothing about the room.
        """
        power = float(np.mean(np.square(block, dtype=np.float64)))
        if power > 0.0:
            self._levels.append(10.0 * float(np.log10(power)))
        peak_db = 20.0 * float(np.log10(max(float(np.abs(block).max()), 1e-9)))
        back = self._limit_db + BACK_DB_PER_S * BLOCK_SECONDS
        self._limit_db = max(0.0, min(MOST_DB, back, PEAK_DB - peak_db))
        self.decibels = min(self._limit_db, self._room_for())
        return (block * np.float32(gain(self.decibels))).astype(np.float32)

    def rest(self) -> None:
        """Let the next block through as it is: the loudspeaker sounds."""
        self._limit_db = self.decibels = 0.0

    def _room_for(self) -> float:
        if len(self._levels) < _KNOWN:
            return 0.0
        floor_db = sorted(self._levels)[int(_FLOOR * len(self._levels))]
        return max(0.0, min(MOST_DB, FLOOR_DB - floor_db))
