"""Convolution with a long impulse response, block by block, without delay."""

import numpy as np

from voice_guide.audio.format import BLOCK, Samples


class BlockConvolver:
    """Overlap-save convolution in uniform partitions of one block."""

    def __init__(self, response: Samples) -> None:
        """Prepare.

        Args:
            response: the impulse response, shape (n,), n at least 1.
        """
        parts = -(-len(response) // BLOCK)
        padded = np.zeros((parts, 2 * BLOCK), dtype=np.float32)
        padded[:, :BLOCK] = np.pad(response, (0, parts * BLOCK - len(response))).reshape(
            parts, BLOCK
        )
        spectra = np.fft.rfft(padded).astype(np.complex64)
        self._response = np.concatenate([spectra, spectra])
        self._history = np.zeros_like(spectra)
        self._parts = parts
        self._newest = 0
        self._input = np.zeros(2 * BLOCK, dtype=np.float32)

    def __call__(self, block: Samples) -> Samples:
        """Return the convolved block for the next block of input, both of shape (BLOCK,)."""
        self._input[:BLOCK] = self._input[BLOCK:]
        self._input[BLOCK:] = block
        self._newest = (self._newest - 1) % self._parts
        self._history[self._newest] = np.fft.rfft(self._input)
        # Row k of the history holds the block of age (k - newest) mod parts. The response is
        # stored twice over, so that a plain slice of it lines up with the history.
        first = self._parts - self._newest
        response = self._response[first : first + self._parts]
        spectrum = np.einsum("pf,pf->f", self._history, response)
        return np.fft.irfft(spectrum)[BLOCK:].astype(np.float32)
