"""Whether what was heard is the narrator's own voice, judged in hindsight.

The canceller learns as it goes: at the start, and after every slip of the echo path, it leaves the
narrator audible for seconds. When a phrase has been heard, its sound is all there, and the echo
path can be fitted to just that moment: by its delay first, then by least squares. If the fit takes
away much more than the canceller did, what the recogniser got was mostly echo. A person's words
are not in the loudspeaker's signal, so no fit takes them away.
"""

from collections import deque

import numpy as np
from numpy.typing import NDArray

from voice_guide.audio.format import BLOCK, Samples
from voice_guide.audio.format import samples as in_samples

AUDIBLE = 1e-3
"""Peak above which the loudspeaker is taken to sound, full scale 1."""

LONGEST_DELAY = 0.6
"""Seconds that the echo may take from the reference to the microphone, reverberation apart."""

TAPS = 512
"""Length of the fitted echo path, samples: 32 ms from just before its strongest arrival."""

BEFORE_PEAK = in_samples(0.01)
"""How much of that lies before the strongest arrival."""

PIECE = 0.4
"""Seconds that are fitted at once: the echo path may slip within an utterance."""

MARGIN = 0.3
"""Seconds before a piece that help to fit it."""

MORE_THAN_CANCELLED_DB = 6.0
"""If the fit leaves so much less than the canceller left, the canceller had lost the echo path.
Measured on a live rig: 6.5 to 26 dB for echo, 0.0 to 0.3 dB for a person."""

ALL_OF_IT_DB = 20.0
"""If the fit takes so much away from the microphone's signal, nothing but echo was in it: a
person 20 dB below the narrator is not understood."""

_KEPT = in_samples(10.0) // BLOCK
_STEPS = 40


class OwnVoice:
    """Keeps the last ten seconds of the microphone, before and behind the canceller."""

    def __init__(self) -> None:
        self._end = 0
        self._blocks: deque[tuple[Samples, Samples, Samples]] = deque(maxlen=_KEPT)

    def accept(self, microphone: Samples, clean: Samples, reference: Samples) -> None:
        """Take the next block, each of shape (BLOCK,)."""
        self._end += len(microphone)
        self._blocks.append((microphone, clean, reference))

    def explains(self, start: int, end: int) -> bool:
        """Return whether what was heard between these samples is the loudspeaker's sound."""
        if not self._blocks:
            return False
        microphone, clean, reference = (
            np.concatenate(signal).astype(np.float64) for signal in zip(*self._blocks, strict=True)
        )
        first = self._end - len(microphone)
        start, end = max(0, start - first), min(len(microphone), end - first)
        played = reference[max(0, start - in_samples(LONGEST_DELAY)) : end]
        if end - start < BLOCK or np.max(np.abs(played)) < AUDIBLE:
            return False
        heard = left = fitted = 0.0
        for begin in range(start, end, in_samples(PIECE)):
            stop = min(end, begin + in_samples(PIECE))
            rest = _unexplained(microphone, reference, begin, stop)
            heard += _energy(microphone[begin:stop])
            left += _energy(clean[begin:stop])
            fitted += _energy(rest)
        return left > fitted * _ratio(MORE_THAN_CANCELLED_DB) or heard > fitted * _ratio(
            ALL_OF_IT_DB
        )


def _unexplained(
    microphone: NDArray[np.float64], reference: NDArray[np.float64], begin: int, end: int
) -> NDArray[np.float64]:
    """Return what the best fit of an echo leaves of the microphone from begin to end."""
    first = max(0, begin - in_samples(MARGIN))
    heard = microphone[first:end]
    delay = max(0, _delay(heard, reference[:end], first) - BEFORE_PEAK)
    lead = max(0, delay - first)
    played = np.concatenate([np.zeros(lead), reference[max(0, first - delay) : end - delay]])
    size = _power_of_two(len(heard) + TAPS)
    spectrum = np.fft.rfft(played, size)
    correlation = np.fft.irfft(np.abs(spectrum) ** 2, size)[:TAPS]
    crossed = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(spectrum), size)[:TAPS]
    path = _solve_toeplitz(correlation, crossed)
    echo = np.fft.irfft(spectrum * np.fft.rfft(path, size), size)[: len(heard)]
    rest: NDArray[np.float64] = (heard - echo)[begin - first :]
    return rest


def _delay(heard: NDArray[np.float64], reference: NDArray[np.float64], first: int) -> int:
    """Return the delay of the strongest arrival in samples, by GCC-PHAT.

    Knapp and Carter, "The generalized correlation method for estimation of time delay", 1976.
    """
    begin = max(0, first - in_samples(LONGEST_DELAY))
    played = reference[begin:]
    size = _power_of_two(len(heard) + len(played))
    cross = np.fft.rfft(_edges(heard), size) * np.conj(np.fft.rfft(_edges(played), size))
    correlation = np.fft.irfft(cross / (np.abs(cross) + 1e-12), size)
    delays = np.arange(in_samples(LONGEST_DELAY) + 1)
    return int(delays[np.argmax(np.abs(correlation[(delays - (first - begin)) % size]))])


def _edges(signal: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the signal with its low frequencies held down, as speech has most power there."""
    return np.diff(signal, prepend=0.0)


def _solve_toeplitz(row: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    """Solve a symmetric positive Toeplitz system by conjugate gradients, shape (n,)."""
    count = len(row)
    row = row.copy()
    row[0] = row[0] * 1.001 + 1e-9
    circle = np.fft.rfft(np.concatenate([row, np.zeros(1), row[:0:-1]]))
    solution = np.zeros(count)
    rest = right.copy()
    direction, power = rest.copy(), _energy(rest)
    goal = 1e-10 * power
    for _ in range(_STEPS):
        if power <= goal:
            break
        turned = np.fft.irfft(circle * np.fft.rfft(direction, 2 * count), 2 * count)[:count]
        length = power / float(direction @ turned)
        solution += length * direction
        rest -= length * turned
        before, power = power, _energy(rest)
        direction = rest + power / before * direction
    return solution


def _energy(signal: NDArray[np.float64]) -> float:
    return float(signal @ signal)


def _ratio(decibels: float) -> float:
    return float(10.0 ** (decibels / 10.0))


def _power_of_two(least: int) -> int:
    return 1 << (least - 1).bit_length()
