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
from voice_guide.audio.format import BLOCK, BLOCK_SECONDS, RATE, Samples

FIRST_AFTER = 3.0
"""Seconds of narration after which the first report comes."""

THEN_EVERY = 2.0
"""Seconds of narration between later ones."""

LONGEST_DELAY = 0.5
"""Seconds of delay that are searched."""

IS_ECHO = 25.0
"""The echo's peak stands out of the response before time zero, where there can be none, by this
factor of its RMS. In 12 simulated rooms it was 9 to 14 without an echo, and 360 to 1280 with one of
-10 or -20 dB (118 to 350 while somebody spoke all the while). Somebody who speaks all the while
can bring it to 61 without an echo, which errs to the safe side."""

CLIPPED = 0.98
"""A sample so large, full scale 1, is taken to be cut."""

_CLIPS = 5
"""Blocks with such samples from which the microphone counts as overdriven."""

_MUTED = round(0.5 / BLOCK_SECONDS)
"""Blocks of dead silence from which on the microphone is taken for muted. What was heard before
and what comes then are two measurements; the silence itself says nothing of an echo."""

_LOOK_BACK = round(5.0 / BLOCK_SECONDS)
"""Blocks that the echo is sought in."""

_FRAME = 16_384
_HOP = _FRAME // 4

Spectrum = NDArray[np.complex128]
Power = NDArray[np.float64]

_SLOWLY = 0.998
"""Weight of the past at each block: levels are over the last ten seconds of narration."""

_BEFORE = round(0.005 * RATE)
_AFTER = round(0.25 * RATE)
_WINDOW = np.pad(np.hanning(_FRAME // 2), (_FRAME // 2, 0)).astype(np.float32)
"""Of the microphone only the second half of a frame counts: for every delay up to half a frame
what was played is then whole in the frame."""
_SHARE = float(_WINDOW.mean())
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
        self._sound: deque[tuple[Samples, Samples]] = deque(maxlen=_LOOK_BACK)
        self._quiet: deque[float] = deque(maxlen=round(30 / BLOCK_SECONDS))
        self._all: deque[float] = deque(maxlen=round(30 / BLOCK_SECONDS))
        self._since_sound = 0.0
        self._narrated = 0
        self._due = round(FIRST_AFTER / BLOCK_SECONDS)
        self._energy = np.zeros(2)
        self._clipped = 0
        self._dead = 0

    def begin_anew(self) -> None:
        """Seek the echo in what comes from here on."""
        self._sound.clear()
        self._due = self._narrated + round(FIRST_AFTER / BLOCK_SECONDS)

    def accept(
        self, microphone: Samples, reference: Samples, clean: Samples | None = None
    ) -> RoomReport | None:
        """Take the next block, each of shape (BLOCK,). Return a report when one is due.

        Args:
            microphone: what was heard.
            reference: what was played.
            clean: what the canceller has left, where there is one.
        """
        swing = float(np.ptp(microphone))
        self._dead = 0 if swing > 2 * DEAD else self._dead + 1
        if self._dead >= _MUTED:
            self.begin_anew()
            return None
        plays = float(np.max(np.abs(reference))) > AUDIBLE
        heard = float(np.mean(microphone**2))
        self._clipped += float(np.max(np.abs(microphone))) >= CLIPPED
        self._all.append(heard)
        self._since_sound = 0.0 if plays else self._since_sound + BLOCK_SECONDS
        if self._since_sound > ECHO_LASTS:
            self._quiet.append(heard)
        self._sound.append((microphone, reference))
        if not plays:
            return None
        left = heard if clean is None else float(np.mean(clean**2))
        self._energy = _SLOWLY * self._energy + (heard, left)
        self._narrated += 1
        if self._narrated < self._due:
            return None
        self._due = self._narrated + round(THEN_EVERY / BLOCK_SECONDS)
        return self._report(cancelling=clean is not None)

    def _report(self, *, cancelling: bool) -> RoomReport | None:
        microphone, reference = (np.concatenate(side) for side in zip(*self._sound, strict=True))
        found = _transfer(microphone, reference)
        if found is None:
            return None
        delay = _echo_delay(found[0])
        heard, left = self._energy / _sum_of_weights(_SLOWLY, self._narrated)
        cancelled = 10 * float(np.log10((heard + 1e-15) / (left + 1e-15))) if cancelling else None
        return RoomReport(
            noise_db=_decibels(self._noise()),
            narrator_db=_decibels(heard),
            echo=delay is not None,
            delay_s=None if delay is None else delay / RATE,
            attenuation_db=None if delay is None else _attenuation(microphone, reference, delay),
            cancelled_db=cancelled,
            clipped=self._clipped >= _CLIPS,
        )

    def _noise(self) -> float:
        """Return the mean energy of the quiet: of pauses, or of the quietest moments."""
        if len(self._quiet) >= round(0.3 / BLOCK_SECONDS):
            return float(np.median(self._quiet))
        return float(np.percentile(self._all, 5))


def _transfer(microphone: Samples, reference: Samples) -> tuple[Spectrum, Power] | None:
    """Return how the reference is heard at each frequency, and its power there.

    None: the loudspeaker has hardly sounded.
    """
    cross: Spectrum = np.zeros(_FRAME // 2 + 1, np.complex128)
    power: Power = np.zeros(_FRAME // 2 + 1)
    for first in range(0, len(reference) - _FRAME + 1, _HOP):
        frame = slice(first, first + _FRAME)
        if float(np.mean(_envelope(reference[frame]) > AUDIBLE)) < _LOUD_ENOUGH:
            continue
        played = np.fft.rfft(_WINDOW * reference[frame])
        heard = np.fft.rfft(_WINDOW * microphone[frame])
        # Each frame counts alike, however loud somebody was in it.
        scale = 1.0 / (float(np.mean(np.abs(heard) ** 2)) + 1e-12)
        cross += scale * heard * np.conj(played)
        power += scale * np.abs(played) ** 2
    if not power.any():
        return None
    return cross / (power + 1e-3 * float(np.mean(power))), power


def _envelope(sound: Samples) -> Samples:
    """Return the peak of each block."""
    blocks = np.abs(sound[: len(sound) // BLOCK * BLOCK]).reshape(-1, BLOCK)
    return np.asarray(blocks.max(axis=1), dtype=np.float32)


def _echo_delay(transfer: Spectrum) -> int | None:
    """Return the delay of the strongest arrival in samples, or None if there is no echo."""
    # Each frequency counts alike: speech has most power in a few bands.
    size = np.abs(transfer)
    response = np.fft.irfft(transfer / (size + 1e-2 * float(size.max()) + 1e-30))
    causal = np.abs(response[: round(LONGEST_DELAY * RATE)])
    # The last of the past holds what leaks around time zero.
    past = response[_FRAME // 2 : -_FRAME // 8]
    peak = int(np.argmax(causal))
    return peak if causal[peak] > IS_ECHO * float(np.sqrt(np.mean(past**2))) + 1e-12 else None


def _attenuation(microphone: Samples, reference: Samples, delay: int) -> float:
    """Return the level of the echo re what is played: of what arrives around its delay."""
    early = max(delay - _BEFORE, 0)  # the window must cover what was played and its echo alike
    found = _transfer(microphone[early:], reference[: len(reference) - early])
    if found is None:
        return _QUIETEST_DB
    transfer, power = found
    response = np.fft.irfft(transfer)
    response[_AFTER:] = 0.0
    echo = float(np.sum(np.abs(np.fft.rfft(response)) ** 2 * power))
    return 10 * float(np.log10(echo / float(np.sum(power)) + 1e-15))


def _sum_of_weights(forget: float, count: int) -> float:
    return (1.0 - forget**count) / (1.0 - forget)


def _decibels(energy: float) -> float:
    return max(10 * float(np.log10(energy + 1e-15)), _QUIETEST_DB)
