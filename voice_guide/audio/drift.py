"""Two clocks that do not run alike: a loudspeaker and a microphone that are two devices.

Then the echo comes a little later, or earlier, all the time: at 100 parts per million by 1.6
samples a second. A filter that only follows is behind all the while. So the drift is estimated,
and the filter is moved on by as much.

The echo that is left tells how far the filter is behind: where the echo is late by a short time,
the error is that time by the slope of the predicted echo, with the other sign. What is left of
that lateness turns the estimate, as in a phase-locked loop.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from voice_guide.audio.format import RATE, Samples

HIGHEST_HZ = 3000.0
"""Slopes are taken of what is below, where a lateness of a sample is a small part of a period."""

MOST_PPM = 300.0
"""No two clocks of working sound devices differ by more, parts per million."""

SURE_S = 12.0
"""Seconds of narration after which the estimate is turned only slowly."""

STEP = 0.06
"""The path is moved when it is this many samples behind: too little to be heard."""

PAUSE_S = 0.5
"""Seconds without narration from which a small drift is not followed."""

SMALL_PPM = 10.0
"""A drift that may be an error of the estimate. In a pause of 40 s a clock that is wrong by 2 ppm
would move the path by more than a sample, and nothing is heard that could tell."""

_QUICK, _SLOW = 2.0, 0.3
"""By how much the estimate is turned: samples a second, each second, for a sample of lateness."""

_CATCH_UP = 2.0
"""At first the path is also moved by the lateness itself: samples a second, for a sample of it.
So the estimate settles at once; without it, it swung up to half over for ten seconds. Later on
that would only make the path tremble with whatever is said over the narrator."""

_MEMORY = 0.98
"""Smoothing of the lateness, per step of 10 ms."""

_CLEAR = 0.005
"""The predicted echo's slope must have this part of the microphone's energy to tell anything. (A
voice's slope, per sample, has about a tenth of its energy: so the echo is a twentieth.)"""

_REACH = 8
"""Samples each side from which a moved sample is made."""


class DriftTracker:
    """Estimates by how much the echo's delay grows."""

    def __init__(self, hop: int) -> None:
        """Begin with clocks that run alike.

        Args:
            hop: samples from one call of ``accept`` to the next.
        """
        self._hop = hop
        self._drift = 0.0  # samples each second
        self._behind = 0.0
        self._late = self._slope = self._energy = 0.0
        self._told = 0.0
        self._untold = 0.0
        self._catching = 0.0

    @property
    def ppm(self) -> float:
        """How much slower the loudspeaker's clock is, parts per million."""
        return self._drift / RATE * 1e6

    def accept(self, microphone: Samples, error: Samples, slope: NDArray[Any]) -> None:
        """Take a step of narration whose echo has been predicted.

        Args:
            microphone: what was heard, shape (hop,).
            error: what was left of it, shape (hop,).
            slope: the change of the predicted echo from sample to sample, shape (hop,).
        """
        self._late = _MEMORY * self._late - float(error @ slope)
        self._slope = _MEMORY * self._slope + float(slope @ slope)
        self._energy = _MEMORY * self._energy + float(microphone @ microphone)
        if self._slope <= _CLEAR * self._energy:
            return
        passed = self._hop / RATE
        self._told += passed
        self._untold = 0.0
        late = min(max(self._late / self._slope, -1.0), 1.0)
        sure = self._told >= SURE_S
        turn = _SLOW if sure else _QUICK
        self._catching = 0.0 if sure else _CATCH_UP * late
        most = MOST_PPM * 1e-6 * RATE
        self._drift = min(max(self._drift + turn * passed * late, -most), most)

    def forget_lateness(self) -> None:
        """The path has been lost: what was left of the echo tells nothing. The clocks stay."""
        self._late = self._slope = self._energy = self._behind = self._catching = 0.0

    def step(self) -> float:
        """Return by how many samples to move the path now; mostly 0."""
        self._untold += self._hop / RATE
        if self._untold > PAUSE_S and abs(self.ppm) < SMALL_PPM:
            return 0.0
        self._behind += (self._drift + self._catching) * self._hop / RATE
        self._catching = 0.0  # until the next step of narration tells
        if abs(self._behind) < STEP:
            return 0.0
        behind, self._behind = self._behind, 0.0
        return behind


def moved(response: NDArray[Any], by: float) -> Samples:
    """Return an impulse response, shape (n,), later by a fraction of a sample."""
    places = np.arange(-_REACH, _REACH + 1)
    window = 0.5 + 0.5 * np.cos(np.pi * places / (_REACH + 1))
    kernel = np.sinc(places - by) * window
    kernel /= kernel.sum()
    return np.convolve(response, kernel)[_REACH:-_REACH].astype(np.float32)


def slope_of(bins: int, size: int) -> NDArray[Any]:
    """Return what turns a spectrum into that of its slope, below ``HIGHEST_HZ``.

    Args:
        bins: how many there are, from 0 Hz on, shape (bins,).
        size: samples of the transform.
    """
    turn = 2 * np.pi * np.arange(bins) / size
    return np.asarray(1j * turn * (turn < 2 * np.pi * HIGHEST_HZ / RATE), dtype=np.complex64)
