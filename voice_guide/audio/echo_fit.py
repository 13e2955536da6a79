"""The echo path of a short stretch of sound, found at once: by its delay, then by least squares.

A filter that learns as it goes needs seconds. When the sound is all there, half a second of it is
enough to find the path, and to tell how much of the sound was echo.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voice_guide.audio.format import samples as in_samples

LONGEST_DELAY = 0.6
"""Seconds that the echo may take from the reference to the microphone, reverberation apart."""

TAPS = 512
"""Length of the fitted echo path, samples: 32 ms from just before its strongest arrival."""

BEFORE_PEAK = in_samples(0.01)
"""How much of that lies before the strongest arrival."""

_STEPS = 40

Signal = NDArray[np.float64]


@dataclass(frozen=True)
class EchoFit:
    """What was found."""

    delay: int
    """Samples from the reference to the first sample of the path."""

    path: Signal
    """The echo path from there on, shape (TAPS,)."""

    rest: Signal
    """What is left of the microphone without the echo, shape (n,)."""

    def echo(self, reference: Signal) -> Signal:
        """Return the echo of a reference, both of shape (n,)."""
        count = len(reference)
        size = power_of_two(count + TAPS)
        echo = np.fft.irfft(np.fft.rfft(reference, size) * np.fft.rfft(self.path, size), size)
        return np.concatenate([np.zeros(self.delay), echo])[:count]


def fit_echo(microphone: Signal, reference: Signal, first: int, end: int) -> EchoFit:
    """Fit an echo to a stretch of sound.

    Args:
        microphone: what was heard, shape (n,).
        reference: what was played meanwhile, shape (n,).
        first: where the stretch begins; the reference before it counts too.
        end: where it ends.
    """
    heard = microphone[first:end]
    delay = max(0, _delay(heard, reference[:end], first) - BEFORE_PEAK)
    lead = max(0, delay - first)
    played = np.concatenate([np.zeros(lead), reference[max(0, first - delay) : end - delay]])
    size = power_of_two(len(heard) + TAPS)
    spectrum = np.fft.rfft(played, size)
    correlation = np.fft.irfft(np.abs(spectrum) ** 2, size)[:TAPS]
    crossed = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(spectrum), size)[:TAPS]
    path = _solve_toeplitz(correlation, crossed)
    echo = np.fft.irfft(spectrum * np.fft.rfft(path, size), size)[: len(heard)]
    return EchoFit(delay, path, heard - echo)


def _delay(heard: Signal, reference: Signal, first: int) -> int:
    """Return the delay of the strongest arrival in samples, by GCC-PHAT.

    Knapp and Carter, "The generalized correlation method for estimation of time delay", 1976.
    """
    begin = max(0, first - in_samples(LONGEST_DELAY))
    played = reference[begin:]
    size = power_of_two(len(heard) + len(played))
    cross = np.fft.rfft(edges(heard), size) * np.conj(np.fft.rfft(edges(played), size))
    correlation = np.fft.irfft(cross / (np.abs(cross) + 1e-12), size)
    delays = np.arange(in_samples(LONGEST_DELAY) + 1)
    return int(delays[np.argmax(np.abs(correlation[(delays - (first - begin)) % size]))])


def edges(signal: Signal) -> Signal:
    """Return the signal with its low frequencies held down, as speech has most power there."""
    return np.diff(signal, prepend=0.0)


def _solve_toeplitz(row: Signal, right: Signal) -> Signal:
    """Solve a symmetric positive Toeplitz system by conjugate gradients, shape (n,)."""
    count = len(row)
    row = row.copy()
    row[0] = row[0] * 1.001 + 1e-9
    circle = np.fft.rfft(np.concatenate([row, np.zeros(1), row[:0:-1]]))
    solution = np.zeros(count)
    rest = right.copy()
    direction, power = rest.copy(), energy(rest)
    goal = 1e-10 * power
    for _ in range(_STEPS):
        if power <= goal:
            break
        turned = np.fft.irfft(circle * np.fft.rfft(direction, 2 * count), 2 * count)[:count]
        length = power / float(direction @ turned)
        solution += length * direction
        rest -= length * turned
        before, power = power, energy(rest)
        direction = rest + power / before * direction
    return solution


def power_of_two(least: int) -> int:
    """Return the least power of two that is not below."""
    return 1 << (least - 1).bit_length()


def energy(signal: Signal) -> float:
    """Return the sum of the squares."""
    return float(signal @ signal)
