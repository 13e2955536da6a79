"""Finds the echo path at once where the canceller would need seconds to learn it.

At the start of a session, and whenever the echo path slips, the narrator can be heard behind the
canceller. If a path was known that served well, it is tried whether it has only become later or
earlier. Else a path is fitted to the last moments. The canceller goes on from there.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from voice_guide.audio.echo_fit import LONGEST_DELAY, Signal, energy, fit_echo
from voice_guide.audio.format import BLOCK, Samples
from voice_guide.audio.format import samples as in_samples
from voice_guide.audio.slip import echo_of, lateness, later

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

SERVES_DB = 14.0
"""A path that takes so much away is kept in mind, in case that it slips."""

SLIPPED = 0.4
"""The last seconds, on which a path that has slipped is looked for and tried: a slip is mended
as soon as it is so long ago. It was not fitted to them, so it may be tried on what it was found
on."""

MOVED_DB = 3.0
"""So much the moved path must take away there, of the microphone's sound and of what the canceller
left. It is less than a fit must, since the path is known: a person 5 dB below the echo leaves 6."""

LEAST = 1e-4
"""Root mean square of a reference or an echo that there is anything to fit in, full scale 1."""

_BLOCKS = in_samples(FITTED) // BLOCK
_KEPT = in_samples(FITTED + LONGEST_DELAY) // BLOCK + 1


@dataclass(frozen=True)
class Better:
    """A path that serves better than the canceller's."""

    path: Signal
    """From the reference on, shape (n,)."""

    known: bool
    """It is the known one, moved: whole, with its reverberation."""


class QuickLearner:
    """Watches the microphone before and behind the canceller, and helps it out."""

    def __init__(self) -> None:
        self._kept: deque[tuple[Samples, Samples, Samples]] = deque(maxlen=_KEPT)
        self._until_look = in_samples(EVERY) // BLOCK
        self._known: Signal | None = None

    def accept(
        self,
        microphone: Samples,
        clean: Samples,
        reference: Samples,
        path: Callable[[], Signal],
    ) -> Better | None:
        """Take the next block, each of shape (BLOCK,). Return a path that serves better.

        Args:
            microphone: what was heard.
            clean: what the canceller left of it.
            reference: what was played.
            path: the canceller's own path, shape (n,), when it is asked for.
        """
        self._kept.append((microphone, clean, reference))
        self._until_look -= 1
        if self._until_look > 0 or len(self._kept) < _BLOCKS:
            return None
        self._until_look = in_samples(EVERY) // BLOCK
        return self._look(path)

    def _look(self, path: Callable[[], Signal]) -> Better | None:
        microphone, clean, reference = (
            np.concatenate(signal).astype(np.float64) for signal in zip(*self._kept, strict=True)
        )
        recent = slice(len(microphone) - in_samples(SLIPPED), len(microphone))
        if _audible(microphone[recent], reference[recent]):
            taken = energy(microphone[recent]) / max(energy(clean[recent]), 1e-12)
            if taken > _ratio(SERVES_DB):
                self._known = path()
            elif taken < _ratio(ENOUGH_DB) and self._known is not None:
                slipped = self._slipped(microphone, clean, reference, recent)
                if slipped is not None:
                    return slipped
        return self._fitted(microphone, clean, reference)

    def _slipped(
        self, microphone: Signal, clean: Signal, reference: Signal, recent: slice
    ) -> Better | None:
        """Return the known path, moved to where the echo is now, if that serves better."""
        assert self._known is not None
        expected = echo_of(reference, self._known)[recent]
        by = lateness(microphone[recent], expected)
        path = later(self._known, by)
        rest = energy(microphone[recent] - echo_of(reference, path)[recent])
        served = min(energy(microphone[recent]), energy(clean[recent])) > rest * _ratio(MOVED_DB)
        return Better(path, known=True) if served else None

    def _fitted(self, microphone: Signal, clean: Signal, reference: Signal) -> Better | None:
        """Return a path fitted to the last moments, if it serves better."""
        count = _BLOCKS * BLOCK
        first = len(microphone) - count
        heard, left = energy(microphone[first:]), energy(clean[first:])
        if not _audible(microphone[first:], reference[first:]):
            return None
        if heard > left * _ratio(ENOUGH_DB):
            return None
        tried = len(microphone) - in_samples(TRIED)
        fit = fit_echo(microphone, reference, first, tried)
        rest = energy(microphone[tried:] - fit.echo(reference)[tried:])
        enough = energy(microphone[tried:]) > rest * _ratio(WORKS_DB)
        better = energy(clean[tried:]) > rest * _ratio(BETTER_DB)
        if not (enough and better):
            return None
        return Better(np.concatenate([np.zeros(fit.delay), fit.path]), known=False)


def _audible(microphone: Signal, reference: Signal) -> bool:
    """Whether there is anything to find a path in."""
    least = len(microphone) * LEAST**2
    return energy(microphone) >= least and energy(reference) >= least


def _ratio(decibels: float) -> float:
    return float(10.0 ** (decibels / 10.0))
