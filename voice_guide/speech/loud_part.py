"""Where in a sound the voice is, by loudness: in a noisy room it is what is loudest."""

import math

import numpy as np
from numpy.typing import NDArray

from voice_guide.audio.format import Samples, samples

_STEP = 160
"""Samples from one measurement to the next."""

_SMOOTH = 5
"""Steps that are averaged."""

_WITHIN_DB = 10.0
_TOP = 97
"""The percentile of the steps that is the level of the voice: a knock may be louder."""

_HEARD_DB = 20.0
_FALL = 4
"""Steps in which a voice falls ..."""

_FROM_DB = 12.0
"""... from what is no more than this under its level."""

_GAP = 25
"""Steps: a longer pause ends the voice."""


def loud_part(
    sound: Samples, first: int, *, before_s: float = 0.3, after_s: float = 0.3
) -> tuple[int, int]:
    """Return where the loudest part of a sound begins and ends, in samples.

    It is what lies around the loudest place, is within 10 dB of the voice's level, and has no pause
    of more than a quarter of a second; and something before and after that.

    Args:
        sound: shape (n,), at least ``first`` and 0.1 s long.
        first: the level of the voice is measured from this sample on; what is before it may
            belong to the voice.
        before_s: seconds that are taken before the part.
        after_s: seconds that are taken after it.
    """
    level = _levels(sound)
    top = np.percentile(level[first // _STEP :], _TOP)
    loudest = int(np.argmax(level))
    loud = np.flatnonzero(level > min(top, level[loudest]) - _WITHIN_DB)
    runs = np.split(loud, np.flatnonzero(np.diff(loud) > _GAP) + 1)
    run = next(run for run in runs if run[0] <= loudest <= run[-1])
    begin = int(run[0]) * _STEP - samples(before_s)
    end = (int(run[-1]) + 1) * _STEP + samples(after_s)
    return max(0, begin), min(len(sound), end)


def last_loud(sound: Samples) -> int:
    """Return where a sound is last within 20 dB of its loudest place, in samples.

    Args:
        sound: shape (n,), at least 0.05 s long.
    """
    return loud_span(sound)[1]


def loud_span(sound: Samples) -> tuple[int, int]:
    """Return where a sound is first and last within 20 dB of its loudest place, in samples.

    Args:
        sound: shape (n,), at least 0.05 s long.
    """
    level = _levels(sound)
    loud = np.flatnonzero(level >= level.max() - _HEARD_DB)
    return int(loud[0]) * _STEP, (int(loud[-1]) + 1) * _STEP


def contrast_db(sound: Samples) -> float:
    """Return by how much what is loud in a sound is louder than what is quiet: voice than noise.

    Between the 10th and the 95th percentile of its level; 0 where it is too short for that.

    Args:
        sound: an utterance with what came before and behind it, shape (n,).
    """
    if len(sound) < _STEP * _SMOOTH:
        return 0.0
    return float(np.ptp(np.percentile(_levels(sound), (10, 95))))


def steepest_fall_db(sound: Samples) -> float:
    """Return by how much a voice falls in 0.04 s where it falls most; infinite if it is too short.

    A room gives back what was said for a while: one that takes 0.6 s to fall by 60 dB falls by 4 dB
    in that time, and by what came straight to the microphone. A voice falls by 30 dB before a "t".

    Args:
        sound: an utterance, shape (n,).
    """
    if len(sound) < _STEP * (_FALL + 1):
        return math.inf
    level = _levels(sound, smooth=1)
    falls = (level[:-_FALL] - level[_FALL:])[level[:-_FALL] > np.percentile(level, 95) - _FROM_DB]
    return float(falls.max(initial=0.0))


def _levels(sound: Samples, smooth: int = _SMOOTH) -> NDArray[np.float64]:
    """Return the level of each hundredth of a second, dB of full scale, shape (n // 160,).

    Args:
        sound: shape (n,).
        smooth: so many are averaged.
    """
    steps = len(sound) // _STEP
    power = np.square(sound[: steps * _STEP].astype(np.float64)).reshape(steps, _STEP).mean(axis=1)
    level = np.convolve(power, np.full(smooth, 1 / smooth), "same")
    return np.asarray(10 * np.log10(level + 1e-12))
