"""Earcons: short, soft sounds that say what the listener is doing.

They differ in shape as well as in pitch, so that a person who hears pitch badly, or hears them
over a small loudspeaker, can still tell them apart.
"""

from enum import Enum
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voice_guide.audio.format import RATE, Samples, samples, silence

PEAK = 0.2
"""Peak of every earcon, full scale 1: about as loud as quiet narration."""

_FLUTTER_HZ = 22.0
"""Rate of the flutter in "not understood": fast enough for a purr, slow enough to be heard."""


class Earcon(Enum):
    """What an earcon says."""

    OPENING = "opening"
    """A session begins: a breath. Its noise holds all pitches, so that the echo canceller has
    learnt the room before the first word."""

    LISTENING = "listening"
    """An answer is awaited: one tone that swells and glides up."""

    UNDERSTOOD = "understood"
    """A command was heard: two plucked notes, the second higher."""

    NOT_UNDERSTOOD = "not understood"
    """Something was said that fits nothing: one low fluttering note."""

    PAUSED = "paused"
    """The session is held: two plucked notes far apart, the second lower."""

    ENDED = "ended"
    """The session is over: a low chord, rolled upward, that rings out."""


@cache
def earcon(name: Earcon) -> Samples:
    """Return the sound, shape (n,), under 250 ms long but for the opening.

    The array is shared and read-only.
    """
    shape = _SHAPES[name]()
    sound: Samples = (shape * (PEAK / np.abs(shape).max())).astype(np.float32)
    sound.flags.writeable = False
    return sound


def _opening() -> Samples:
    length = samples(0.7)
    noise = np.random.default_rng(1).standard_normal(length)
    hertz = np.fft.rfftfreq(length, 1 / RATE)
    noise = np.fft.irfft(np.fft.rfft(noise) / np.sqrt(np.maximum(hertz, 200.0)), length)
    time = _time(0.7)
    swell = np.minimum(1.0, time / 0.05) * np.minimum(1.0, (0.7 - time) / 0.2)
    return _sound(noise * swell**2)


def _listening() -> Samples:
    time = _time(0.18)
    glide = np.linspace(480.0, 720.0, len(time))
    tone = np.sin(2 * np.pi * np.cumsum(glide) / RATE)
    return _sound(tone * np.hanning(len(time)))


def _understood() -> Samples:
    return _sequence([(0.0, _pluck(659.0, 0.11)), (0.07, _pluck(988.0, 0.15))])


def _not_understood() -> Samples:
    time = _time(0.2)
    flutter = 0.5 - 0.5 * np.cos(2 * np.pi * _FLUTTER_HZ * time)
    tone = np.sin(2 * np.pi * 247.0 * time) + 0.4 * np.sin(2 * np.pi * 494.0 * time)
    return _sound(tone * flutter * np.hanning(len(time)) ** 0.5)


def _paused() -> Samples:
    return _sequence([(0.0, _pluck(587.0, 0.1)), (0.12, _pluck(392.0, 0.12))])


def _ended() -> Samples:
    return _sequence(
        [(0.0, _pluck(262.0, 0.24)), (0.04, _pluck(330.0, 0.2)), (0.08, _pluck(392.0, 0.16))]
    )


def _time(length: float) -> Samples:
    return _sound(np.arange(samples(length)) / RATE)


def _sound(values: NDArray[np.floating[Any]]) -> Samples:
    return np.asarray(values, dtype=np.float32)


def _pluck(pitch: float, length: float) -> Samples:
    """Return a note of ``pitch`` Hz and ``length`` seconds that starts fast and dies away."""
    time = _time(length)
    attack = np.minimum(1.0, time / 0.005)
    release = np.minimum(1.0, (length - time) / 0.02)
    decay = np.exp(-4.0 * time / length)
    tone = np.sin(2 * np.pi * pitch * time) + 0.25 * np.sin(4 * np.pi * pitch * time)
    return _sound(tone * attack * decay * release)


def _sequence(notes: list[tuple[float, Samples]]) -> Samples:
    """Mix notes that begin at their times, in seconds."""
    end = max(samples(start) + len(note) for start, note in notes)
    mixed = silence(end)
    for start, note in notes:
        first = samples(start)
        mixed[first : first + len(note)] += note
    return mixed


_SHAPES = {
    Earcon.OPENING: _opening,
    Earcon.LISTENING: _listening,
    Earcon.UNDERSTOOD: _understood,
    Earcon.NOT_UNDERSTOOD: _not_understood,
    Earcon.PAUSED: _paused,
    Earcon.ENDED: _ended,
}
