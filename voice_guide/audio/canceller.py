"""A linear echo canceller: takes the narrator's own voice out of the microphone.

A partitioned-block Kalman filter in the frequency domain (Kuech, Mabande and Enzner, 2014). For
each partition and frequency it holds an estimate of the echo path and the variance of that
estimate's error. The step size follows from the two: it is large while the path is unknown, and
falls at once when somebody speaks, so that a person's voice does not spoil the estimate. Nothing
is taken away but what the filter predicts from the reference: a command spoken over the narrator
passes untouched. When the echo path slips, it goes on from a path that is found at once
(``quick_learning``). Where the loudspeaker's clock is not the microphone's, the estimate is moved
along with them (``drift``).
"""

import numpy as np
from numpy.typing import NDArray

from voice_guide.audio.drift import DriftTracker, moved, slope_of
from voice_guide.audio.echo_fit import Signal
from voice_guide.audio.format import BLOCK, Samples, silence
from voice_guide.audio.quick_learning import Better, QuickLearner

LATENCY = 0
"""Samples by which the output lags the microphone."""

PARTITIONS = 20
"""Partitions of one block: echoes up to 400 ms after the reference are modelled."""

CONVERGED_DB = -10.0
"""``converged`` begins when the expected rest of the echo is this far below the microphone."""

LOST_DB = -6.0
"""``converged`` ends when the expected rest of the echo rises above this."""

_HOP = BLOCK // 2
_FFT = 2 * BLOCK
_BINS = _FFT // 2 + 1
_OVERLAP = BLOCK // _HOP

# How the echo path is expected to move in one hop: it fades by this factor, and wanders by as
# much as it fades, a little of that also where it was weak (a changed delay).
_MEMORY = 0.9995**2
_WANDER = 0.05

# Smoothing per hop: of the near-end's spectrum, of the energies that tell a broken path, and of
# the ones that tell convergence and the echo's level (0.1, 0.2 and 0.5 s).
_NEAR = 0.9
_SHORT = 0.95
_LONG = 0.98

_ACTIVE = 1e-6 * _HOP
"""Energy of a hop of reference (-60 dB re full scale) from which there is an echo to learn."""

_LISTEN = 25
"""Hops of active reference, 0.25 s, in which the echo's level is measured before learning."""

_AGAIN = (_LISTEN, 60)
"""After so many hops of active reference everything so far is learnt from once more. Sound is
scarce at the beginning: with this the first second's echo is reduced by 19 dB instead of 10."""

_MOST_AGAIN = 150
"""Hops that are gone over at most; with long silences between them there is no need."""

_SPREAD = 4.0
"""Partitions over which the energy of an unknown path is expected to lie."""

_ADOPTED = 0.5
"""How much of an adopted path's energy is taken to be wrong: the tail that it does not have."""

_MOVED = 0.05
"""The same of a path that was known and has slipped."""

_BROKEN = 1.25
"""The path has changed when the output has this many times the microphone's energy."""

_SLOPE = slope_of(_BINS, _FFT)

Spectra = NDArray[np.complex64]


class EchoCanceller:
    """Cancels block by block, without delay and without a residual suppressor."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget the echo path and everything heard."""
        self._reference = silence(_FFT)
        self._microphone = silence(BLOCK)
        self._error = silence(_FFT)
        self._history: Spectra = np.zeros((PARTITIONS * _OVERLAP, _BINS), np.complex64)
        self._near = np.zeros(_BINS, np.float32)
        self._path: Spectra = np.zeros((PARTITIONS, _BINS), np.complex64)
        self._variance = np.zeros((PARTITIONS, _BINS), np.float32)
        self._listened = 0
        self._first: list[tuple[Samples, Samples]] = []
        self._converged = False
        self._before = self._after = 0.0
        self._heard = self._played = self._rest = 0.0
        self._drift = DriftTracker(_HOP)
        self._quick = QuickLearner()

    @property
    def drift_ppm(self) -> float:
        """How much slower the loudspeaker's clock is than the microphone's, as far as known."""
        return self._drift.ppm

    @property
    def converged(self) -> bool:
        """Whether the echo is under control.

        True once the rest of the echo that the filter itself expects in its output, from the
        variance of its estimate, is 10 dB below the microphone (``CONVERGED_DB``, over about
        0.5 s of narration). False again above -6 dB (``LOST_DB``): after a reset, and when the
        echo path breaks. Without any echo (headphones) it becomes true too.
        """
        return self._converged

    def cancel(self, microphone: Samples, reference: Samples) -> Samples:
        """Return the microphone without the echo of the reference.

        Args:
            microphone: shape (BLOCK,).
            reference: what the loudspeaker was given in the same block, shape (BLOCK,).

        Returns:
            The block without echo, shape (BLOCK,), ``LATENCY`` samples late.
        """
        halves = []
        for first in range(0, BLOCK, _HOP):
            heard, played = microphone[first : first + _HOP], reference[first : first + _HOP]
            halves.append(self._hop(heard, played))
            if self._listened < _AGAIN[-1]:
                self._start(heard, played)
        cleaned = np.concatenate(halves)
        if not np.isfinite(cleaned).all():
            self.reset()
            return np.nan_to_num(microphone)
        better = self._quick.accept(microphone, cleaned, reference, self._response)
        if better is not None and self._listened >= _AGAIN[-1]:
            self._adopt(better)
        return cleaned

    def _start(self, microphone: Samples, reference: Samples) -> None:
        """Take note of the first hops with a reference, and learn from them when it is time to."""
        active = float(reference @ reference) > _ACTIVE
        if not active and not self._first:
            return
        if len(self._first) <= _MOST_AGAIN:
            self._first.append((microphone.copy(), reference.copy()))
        if not active:
            return
        self._listened += 1
        if self._listened == _LISTEN:
            self._begin()
        if self._listened in _AGAIN and len(self._first) <= _MOST_AGAIN:
            for line in (self._reference, self._microphone, self._history):
                line[:] = 0.0
            for heard, played in self._first:
                self._hop(heard, played)

    def _response(self) -> Signal:
        """Return the echo path as an impulse response, shape (PARTITIONS * BLOCK,)."""
        parts = np.fft.irfft(self._path)[:, :BLOCK]
        return np.asarray(parts.reshape(-1), dtype=np.float64)

    def _adopt(self, better: Better) -> None:
        """Go on from an echo path that was found at once."""
        response = np.zeros(PARTITIONS * BLOCK)
        part = better.path[: len(response)]
        response[: len(part)] = part
        self._path[:] = np.fft.rfft(response.reshape(PARTITIONS, BLOCK), _FFT)
        strength = self._path.real**2 + self._path.imag**2
        wrong = _MOVED if better.known else _ADOPTED
        self._variance[:] = wrong * strength.sum(axis=0) / _SPREAD
        self._before = self._after = 0.0

    def _hop(self, microphone: Samples, reference: Samples) -> Samples:
        _push(self._reference, reference)
        _push(self._microphone, microphone)
        self._history[1:] = self._history[:-1]
        self._history[0] = np.fft.rfft(self._reference)
        played = float(reference @ reference)
        active = played > _ACTIVE
        if active:
            self._played = _LONG * self._played + played
            self._heard = _LONG * self._heard + float(microphone @ microphone)
        if self._listened < _LISTEN:
            return microphone
        spectra = self._history[::_OVERLAP]
        expected = np.einsum("pf,pf->f", spectra, self._path)
        echo = np.fft.irfft(expected)[BLOCK:]
        error = (self._microphone - echo).astype(np.float32)
        cleaned = error[-_HOP:]
        if self._broken(microphone, cleaned):
            self._begin()
            return microphone
        if active and self._converged:
            slope = np.fft.irfft(expected * _SLOPE)[-_HOP:]
            self._drift.accept(microphone, cleaned, slope)
        self._learn(spectra, error, active=active)
        self._move_on()
        return cleaned

    def _move_on(self) -> None:
        """Move the path by what the clocks have drifted apart, when it is worth it."""
        by = self._drift.step()
        if by:
            parts = moved(self._response(), by).reshape(PARTITIONS, BLOCK)
            self._path[:] = np.fft.rfft(parts, _FFT)

    def _begin(self) -> None:
        """Start to learn a path of which only the strength is known."""
        strength = self._heard / max(self._played, _ACTIVE)
        self._path[:] = 0.0
        self._variance[:] = strength / _SPREAD
        self._before = self._after = 0.0
        self._drift.forget_lateness()

    def _broken(self, microphone: Samples, cleaned: Samples) -> bool:
        """Tell whether the filter adds echo instead of taking it away."""
        self._before = _SHORT * self._before + float(microphone @ microphone)
        self._after = _SHORT * self._after + float(cleaned @ cleaned)
        return self._after > _BROKEN * self._before + _ACTIVE * 1e-3

    def _learn(self, spectra: Spectra, error: Samples, *, active: bool) -> None:
        power = spectra.real**2 + spectra.imag**2
        if active:
            strength = self._path.real**2 + self._path.imag**2
            strength += _WANDER * strength.mean(axis=0)
            self._variance *= _MEMORY
            self._variance += (1.0 - _MEMORY) * strength
        self._error[BLOCK:] = error
        spectrum = np.fft.rfft(self._error)
        near = spectrum.real**2 + spectrum.imag**2
        self._near = (_NEAR * self._near + (1.0 - _NEAR) * near).astype(np.float32)
        # Half of each frame is zeros, hence the halves below.
        uncertain = power * self._variance
        rest = 0.5 * uncertain.sum(axis=0)
        total = rest + np.maximum(self._near, near) + 1e-9
        if active:
            self._judge(float(rest.sum()))
        step = spectra.conj() * (self._variance / total)
        change = np.fft.irfft(step * spectrum, axis=1)
        change[:, BLOCK:] = 0.0
        self._path += np.fft.rfft(change, axis=1)
        self._variance *= 1.0 - (0.5 / _OVERLAP) * uncertain / total

    def _judge(self, rest: float) -> None:
        self._rest = _LONG * self._rest + rest / (_FFT / 2) / _OVERLAP
        ratio = self._rest / max(self._heard, 1e-9)
        limit = LOST_DB if self._converged else CONVERGED_DB
        self._converged = ratio < 10.0 ** (limit / 10.0)


def _push(line: Samples, new: Samples) -> None:
    """Move a delay line on by the new samples."""
    line[: -len(new)] = line[len(new) :]
    line[-len(new) :] = new
