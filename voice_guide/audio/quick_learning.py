"""Finds the echo path at once where the canceller would need seconds to learn it.

At the start of a session, and whenever the echo path slips, the narrator can be heard behind the
canceller. Then the path is fitted to the last moments, and the canceller goes on from there.
"""

from collections import deque

import numpy as np

from voice_guide.audio.echo_fit import LONGEST_DELAY, EchoFit, energy, fit_echo
from voice_guide.audio.format import BLOCK, Samples
from voice_guide.audio.format import samples as in_samples

FITTED = 0.8
"""Seconds of sound that a path is fitted to."""

EVERY = 0.2
"""Seconds between two looks."""

ENOUGH_DB = 10.0
"""A canceller that takes so much away has no need of help."""

TRIED = 0.12
"""The last seconds are left out of the fit, to try it on them: a path that was fitted to one vowel
may not do for the next."""

WORKS_DB = 6.0
"""So much a fit must take away there ..."""

BETTER_DB = 3.0
"""... and so much more than the canceller took."""

LEAST = 1e-4
"""Root mean square of a reference or an echo that there is anything to fit in, full scale 1."""

_BLOCKS = in_samples(FITTED) // BLOCK
_KEPT = in_samples(FITTED + LONGEST_DELAY) // BLOCK + 1


class QuickLearner:
    """Watches the microphone before and behind the canceller, and helps it out."""

    def __init__(self) -> None:
        self._kept: deque[tuple[Samples, Samples, Samples]] = deque(maxlen=_KEPT)
        self._until_look = in_samples(EVERY) // BLOCK

    def accept(self, microphone: Samples, clean: Samples, reference: Samples) -> EchoFit | None:
        """Take the next block, each of shape (BLOCK,). Return a path that serves better."""
        self._kept.append((microphone, clean, reference))
        self._until_look -= 1
        if self._until_look > 0 or len(self._kept) < _BLOCKS:
            return None
        self._until_look = in_samples(EVERY) // BLOCK
        return self._look()

    def _look(self) -> EchoFit | None:
        microphone, clean, reference = (
            np.concatenate(signal).astype(np.float64) for signal in zip(*self._kept, strict=True)
        )
        count = _BLOCKS * BLOCK
        first = len(microphone) - count
        heard, left = energy(microphone[first:]), energy(clean[first:])
        least = count * LEAST**2
        if heard < least or energy(reference[first:]) < least:
            return None
        if heard > left * 10.0 ** (ENOUGH_DB / 10.0):
            return None
        tried = len(microphone) - in_samples(TRIED)
        fit = fit_echo(microphone, reference, first, tried)
        rest = energy(microphone[tried:] - fit.echo(reference)[tried:])
        enough = energy(microphone[tried:]) > rest * 10.0 ** (WORKS_DB / 10.0)
        better = energy(clean[tried:]) > rest * 10.0 ** (BETTER_DB / 10.0)
        return fit if enough and better else None
