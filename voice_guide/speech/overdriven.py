"""Speech that was too loud for the microphone: its peaks are cut off, and are drawn in again."""

import numpy as np
from numpy.typing import NDArray

from voice_guide.audio.format import Samples

MOST = 4.0
"""A peak is drawn up to so many times as high as where it was cut off: 12 dB."""

LEAST = 0.003
"""The share of the samples that lies where peaks are cut off, at least."""

DENSER = 3.0
"""There are so many times as many samples there as at the levels below, at least. Where nothing is
cut off, there are fewer the higher the level."""

_NEAR = 0.95
"""A microphone's filters make ripples of what was cut off: all over this part of it is replaced."""

_STEEP = 0.85
"""The slopes are taken for so much of what they are: with more, high voices come out too high."""

_LEVELS = 20


def restored(sound: Samples) -> Samples:
    """Return the sound with the peaks that were cut off; the same array if none were.

    Each is drawn as a cubic Hermite curve, with the slopes that it has before and behind. So the
    result may be over full scale.

    Args:
        sound: mono, shape (n,).
    """
    above, below = _drawn(sound), _drawn(-sound)
    if above is None and below is None:
        return sound
    result = sound.astype(np.float64)
    for sign, drawn in ((1.0, above), (-1.0, below)):
        if drawn is not None:
            result[drawn[0]] = sign * drawn[1]
    return result.astype(np.float32)


def _drawn(sound: Samples) -> tuple[NDArray[np.int64], NDArray[np.float64]] | None:
    """Return which samples were cut off at the top, and what they may have been."""
    limit = _limit(sound)
    if limit is None:
        return None
    limit *= _NEAR
    over = sound >= limit
    over[:2] = over[-2:] = False
    at = np.flatnonzero(over)
    steps = np.diff(over.astype(np.int8))
    before, behind = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1) + 1
    run = np.searchsorted(before, at) - 1
    before, behind = before[run], behind[run]
    exact = sound.astype(np.float64)
    length = behind - before
    rising = _STEEP * (exact[before] - exact[before - 1]) * length
    falling = _STEEP * (exact[behind + 1] - exact[behind]) * length
    part = (at - before) / length
    curve = (
        (2 * part**3 - 3 * part**2 + 1) * exact[before]
        + (part**3 - 2 * part**2 + part) * rising
        + (3 * part**2 - 2 * part**3) * exact[behind]
        + (part**3 - part**2) * falling
    )
    return at, np.clip(curve, limit, MOST * limit)


def _limit(sound: Samples) -> float | None:
    """Return the level at which peaks are cut off, or None if they are not."""
    top = float(sound.max(initial=0.0))
    if top <= 0.0:
        return None
    counts, edges = np.histogram(sound, bins=_LEVELS, range=(top / 2, top))
    half = _LEVELS // 2
    at = half + int(np.argmax(counts[half:]))
    if counts[at] < max(LEAST * len(sound), DENSER * float(np.median(counts[:half]))):
        return None
    return float(edges[at])
