"""Measures the room while the narrator speaks: noise, echo, its delay, and how loud all is.

Nothing special is played. The narrator's first sentences are the measuring signal, and the echo
is found in the microphone by averaging cross-spectra with what was played (Bendat and Piersol,
"Random Data", 2010, ch. 6): the more sentences, the less noise and people disturb it.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voice_guide.audio.dead_sound import DEAD
from voice_guide.audio.echo_trust import AUDIBLE, ECHO_LASTS
from voice_guide.audio.format import BLOCK, BLOCK_SECONDS, RATE, Samples, silence

FIRST_AFTER = 3.0
"""Seconds of narration after which the first report comes."""

THEN_EVERY = 2.0
"""Seconds of narration between later ones."""

LONGEST_DELAY = 0.5
"""Seconds of delay that are searched."""

IS_ECHO = 12.0
"""The echo's peak stands out of the response before time zero, where there can be none, by this
factor of its RMS. In 24 simulated rooms it was 3 to 7 without an echo, and 140 to 950 with one of
-10 or -20 dB; loud people talking all the while can bring it to 31, which errs to the safe side."""

CLIPPED = 0.98

_FRAME = 16_384
_HOP = _FRAME // 2
_FORGET = 0.85
"""Weight of the past at each hop: the last three seconds of narration count."""

_SLOWLY = 0.998
"""Weight of the past at each block: levels are over the last ten seconds of narration."""

_BEFORE = round(0.005 * RATE)
_AFTER = round(0.25 * RATE)
_WINDOW = np.hanning(_FRAME).astype(np.float32)
_QUIETEST_DB = -100.0
_LOUD_ENOUGH = 0.5
"""Part of a frame's blocks in which the loudspeaker must sound."""


@dataclass(frozen=True)
class RoomReport:
    """What the room is like. Levels are RMS at the microphone, dB re full scale."""

    noise_db: float
    """When nobody speaks, the narrator neither."""

    narrator_db: float
    """While the narrator speaks."""

    echo: bool
    """Whether the microphone hears the loudspeaker at all. It does not with headphones."""

    delay_s: float | None
    """From the hand-over of a sample to its strongest arrival in the microphone. None: no echo."""

    attenuation_db: float | None
    """Level of the echo re what is played, negative where it is quieter. None: no echo."""

    cancelled_db: float | None
    """By how much the canceller lowers the microphone while the narrator speaks."""

    clipped: bool
    """Whether the microphone was driven to its limit."""


class RoomMeter:
    """Takes each block of time and reports now and then."""

    def __init__(self) -> None:
        self._microphone = silence(_FRAME)
        self._reference = silence(_FRAME)
        self._fresh = 0
        self._cross = np.zeros(_FRAME // 2 + 1, np.complex128)
        self._power = np.zeros(_FRAME // 2 + 1)
        self._weight = 0.0
        self._quiet: deque[float] = deque(maxlen=round(30 / BLOCK_SECONDS))
        self._all: deque[float] = deque(maxlen=round(30 / BLOCK_SECONDS))
        self._since_sound = 0.0
        self._narrated = 0
        self._due = round(FIRST_AFTER / BLOCK_SECONDS)
        self._energy = np.zeros(2)
        self._swing = 0.0
        self._clipped = False

    def accept(
        self, microphone: Samples, reference: Samples, clean: Samples | None = None
    ) -> RoomReport | None:
        """Take the next block, each of shape (BLOCK,). Return a report when one is due.

        Args:
            microphone: what was heard.
            reference: what was played.
            clean: what the canceller has left, where there is one.
        """
        plays = float(np.max(np.abs(reference))) > AUDIBLE
        heard = float(np.mean(microphone**2))
        self._clipped = self._clipped or float(np.max(np.abs(microphone))) >= CLIPPED
        self._swing = max(self._swing, float(np.ptp(microphone)))
        self._all.append(heard)
        self._since_sound = 0.0 if plays else self._since_sound + BLOCK_SECONDS
        if self._since_sound > ECHO_LASTS:
            self._quiet.append(heard)
        self._correlate(microphone, reference)
        if not plays:
            return None
        left = heard if clean is None else float(np.mean(clean**2))
        self._energy = _SLOWLY * self._energy + (heard, left)
        self._narrated += 1
        if self._narrated < self._due or self._swing <= 2 * DEAD:
            return None
        self._due = self._narrated + round(THEN_EVERY / BLOCK_SECONDS)
        return self._report(cancelling=clean is not None)

    def _correlate(self, microphone: Samples, reference: Samples) -> None:
        for line, block in ((self._microphone, microphone), (self._reference, reference)):
            line[:-BLOCK] = line[BLOCK:]
            line[-BLOCK:] = block
        self._fresh += BLOCK
        if self._fresh < _HOP:
            return
        self._fresh = 0
        blocks = np.abs(self._reference[: _FRAME // BLOCK * BLOCK]).reshape(-1, BLOCK).max(axis=1)
        if float(np.mean(blocks > AUDIBLE)) < _LOUD_ENOUGH:
            return
        played = np.fft.rfft(_WINDOW * self._reference)
        heard = np.fft.rfft(_WINDOW * self._microphone)
        # Each frame counts alike, however loud somebody was in it.
        scale = 1.0 / (float(np.mean(np.abs(heard) ** 2)) + 1e-12)
        self._cross = _FORGET * self._cross + scale * heard * np.conj(played)
        self._power = _FORGET * self._power + scale * np.abs(played) ** 2
        self._weight = _FORGET * self._weight + 1.0

    def _report(self, *, cancelling: bool) -> RoomReport | None:
        if self._weight == 0.0:
            return None
        transfer = self._cross / (self._power + 1e-3 * float(np.mean(self._power)))
        response = _whitened(transfer)
        past = response[_FRAME // 2 :]
        causal = np.abs(response[: round(LONGEST_DELAY * RATE)])
        peak = int(np.argmax(causal))
        # The last of the past holds what leaks around time zero.
        floor = float(np.sqrt(np.mean(past[: -_FRAME // 8] ** 2))) + 1e-12
        echo = bool(causal[peak] > IS_ECHO * floor)
        heard, left = self._energy / _sum_of_weights(_SLOWLY, self._narrated)
        cancelled = 10 * float(np.log10((heard + 1e-15) / (left + 1e-15))) if cancelling else None
        return RoomReport(
            noise_db=_decibels(self._noise()),
            narrator_db=_decibels(heard),
            echo=echo,
            delay_s=peak / RATE if echo else None,
            attenuation_db=self._attenuation(transfer, peak) if echo else None,
            cancelled_db=cancelled,
            clipped=self._clipped,
        )

    def _attenuation(self, transfer: NDArray[np.complex128], peak: int) -> float:
        """Return the level of the echo re what is played: of what arrives around the peak."""
        response = np.fft.irfft(transfer)
        first, last = peak - _BEFORE, peak + _AFTER
        kept = np.zeros_like(response)
        kept[max(first, 0) : last] = response[max(first, 0) : last]
        echo = float(np.sum(np.abs(np.fft.rfft(kept)) ** 2 * self._power))
        return 10 * float(np.log10(echo / float(np.sum(self._power)) + 1e-15))

    def _noise(self) -> float:
        """Return the mean energy of the quiet: of pauses, or of the quietest moments."""
        if len(self._quiet) >= round(0.3 / BLOCK_SECONDS):
            return float(np.median(self._quiet))
        return float(np.percentile(self._all, 5))


def _whitened(transfer: NDArray[np.complex128]) -> NDArray[np.float64]:
    """Return the response with each frequency alike: speech has most power in a few bands."""
    size = np.abs(transfer)
    response: NDArray[np.float64] = np.fft.irfft(transfer / (size + 1e-2 * size.max() + 1e-30))
    return response


def _sum_of_weights(forget: float, count: int) -> float:
    return (1.0 - forget**count) / (1.0 - forget)


def _decibels(energy: float) -> float:
    return max(10 * float(np.log10(energy + 1e-15)), _QUIETEST_DB)
