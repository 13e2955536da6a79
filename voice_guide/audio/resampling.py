"""Sample rates: from the device's own to 16 kHz and back, block by block."""

import numpy as np
import soxr

from voice_guide.audio.format import Samples, silence

LAG_BLOCKS = 6
"""Blocks of 20 ms that a conversion may hold back: it works in pieces of up to 120 ms."""


class RateConverter:
    """A stream from one rate to another that hands out blocks of a fixed size."""

    def __init__(self, rate_in: int, rate_out: int, block: int) -> None:
        """Prepare.

        Args:
            rate_in: Hz of what is pushed.
            rate_out: Hz of what is popped.
            block: samples in each popped block, at ``rate_out``.
        """
        self._block = block
        self._ratio = rate_out / rate_in
        self._stream = None
        if rate_in != rate_out:
            self._stream = soxr.ResampleStream(rate_in, rate_out, 1, dtype="float32", quality="HQ")
        self._ready = silence(0)
        self._owed = 0.0

    @property
    def direct(self) -> bool:
        """Whether the rates are the same, so that nothing is held back."""
        return self._stream is None

    @property
    def ready(self) -> bool:
        """Whether a whole block can be popped."""
        return len(self._ready) >= self._block

    def push(self, samples: Samples) -> None:
        """Take in samples at the input's rate, shape (n,), any n."""
        converted = samples if self._stream is None else self._stream.resample_chunk(samples)
        self._owed += len(samples) * self._ratio - len(converted)
        self._ready = np.concatenate([self._ready, converted])

    def pop(self) -> Samples:
        """Return the next block, shape (block,). Only when ``ready``."""
        block, self._ready = self._ready[: self._block], self._ready[self._block :]
        return block

    def hush(self) -> None:
        """Replace all that is held back by as much silence."""
        held = len(self._ready)
        if self._stream is not None:
            self._stream.clear()
            held += round(self._owed)
            self._owed -= round(self._owed)
        self._ready = silence(held)
