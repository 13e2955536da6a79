"""The player: mixes the narration and the earcons into the loudspeaker's blocks.

It is pulled, one block at a time, and knows no device, no thread and no clock.
"""

from dataclasses import dataclass

import numpy as np

from voice_guide.audio.fade import FADE, FADE_IN, FADE_OUT
from voice_guide.audio.format import BLOCK, Samples, gain, silence

DUCK_DB = -16.0
"""Level of the ducked narration, dB relative to the normal one."""

DUCK_STEP_DB = 8.0
"""How far ducking moves in one block, dB: down or up in two blocks, 40 ms."""

GAIN_RANGE_DB = (-30.0, 12.0)
"""The quietest and the loudest ``gain_db``."""

_KNEE = 0.85
"""Level above which the limiter bends, full scale 1."""


@dataclass
class _Sound:
    """Something that is playing, from ``position`` on."""

    tag: str
    samples: Samples
    position: int = 0

    def read(self, count: int) -> Samples:
        """Return the next ``count`` samples, zeros after the end, and move on."""
        block = silence(count)
        part = self.samples[self.position : self.position + count]
        block[: len(part)] = part
        self.position += len(part)
        return block

    @property
    def ended(self) -> bool:
        return self.position >= len(self.samples)


class Player:
    """One narration at a time, earcons over it, and silence when asked."""

    def __init__(self, *, gain_db: float = 0.0) -> None:
        self._narration: _Sound | None = None
        self._earcons: list[_Sound] = []
        self._finished: list[str] = []
        self._tail = silence(FADE)
        self._lead = 0
        self._duck_db = 0.0
        self._duck_target_db = 0.0
        self._gain_db = 0.0
        self.gain_db = gain_db
        self._volume = gain(self._gain_db)

    def say(self, tag: str, samples: Samples, *, start: int = 0) -> None:
        """Play a narration clip with the next block, in place of the one that plays now.

        Args:
            tag: what ``finished`` will call it.
            samples: the clip, shape (n,).
            start: the sample to begin at, as ``position`` counts them.
        """
        if self._narration is not None and not self._lead:
            cut = self._narration.read(FADE) * (self._volume * gain(self._duck_db))
            self._tail += cut * FADE_OUT
        clip = np.asarray(samples, dtype=np.float32)
        start = min(max(start, 0), len(clip))
        if start > 0:
            clip = clip.copy()
            ramp = clip[start : start + FADE]
            ramp *= FADE_IN[: len(ramp)]
        self._narration = _Sound(tag, clip, start)

    def lead_in(self, samples: Samples) -> None:
        """Play a sound, shape (n,), with the next block; no narration begins before its end."""
        self.earcon(samples)
        self._lead = len(samples)

    def earcon(self, samples: Samples) -> None:
        """Mix a short sound, shape (n,), over whatever plays, beginning with the next block."""
        self._earcons.append(_Sound("", np.asarray(samples, dtype=np.float32)))

    def hush(self) -> None:
        """Silence the narration and the earcons with the next block.

        That block fades within ``FADE`` samples; from there on it is digital zero. The clip that
        is cut is not reported by ``finished``; read ``position`` before, to go on from there.
        """
        if self._narration is not None or self._earcons:
            duck = np.full(FADE, gain(self._duck_db), dtype=np.float32)
            self._tail += self._mix(FADE, duck) * self._volume * FADE_OUT
        self._narration = None
        self._earcons.clear()
        self._lead = 0

    def duck(self, on: bool, *, at_once: bool = False) -> None:
        """Lower the narration by 16 dB (``DUCK_DB``), or bring it back, over two blocks.

        Args:
            on: lower it.
            at_once: with no ramp, as what is queued for the device has that already.
        """
        self._duck_target_db = DUCK_DB if on else 0.0
        if at_once:
            self._duck_db = self._duck_target_db

    @property
    def ducked(self) -> bool:
        """Whether the narration is ducked, or on its way there."""
        return self._duck_target_db < 0.0

    @property
    def up(self) -> bool:
        """Whether the narration sounds at its full level, and is to stay there."""
        return self._duck_db == self._duck_target_db == 0.0

    @property
    def gain_db(self) -> float:
        """Volume of everything, dB. Setting it keeps it inside ``GAIN_RANGE_DB``."""
        return self._gain_db

    @gain_db.setter
    def gain_db(self, decibels: float) -> None:
        low, high = GAIN_RANGE_DB
        self._gain_db = min(max(decibels, low), high)

    @property
    def position(self) -> int | None:
        """Samples of the current clip played so far, counted from its beginning, or None."""
        return None if self._narration is None else self._narration.position

    @property
    def tag(self) -> str | None:
        """Tag of the current clip, or None when no narration plays."""
        return None if self._narration is None else self._narration.tag

    def pull(self) -> Samples:
        """Return the next block for the loudspeaker, shape (BLOCK,), within -1..1."""
        block = self._mix(BLOCK, self._duck_ramp()) * self._volume_ramp()
        block[:FADE] += self._tail
        self._tail[:] = 0.0
        if self._narration is not None and self._narration.ended:
            self._finished.append(self._narration.tag)
            self._narration = None
        return _limit(block)

    def finished(self) -> list[str]:
        """Return the tags of the clips that ended since the last call, oldest first."""
        tags, self._finished = self._finished, []
        return tags

    def _mix(self, count: int, duck: Samples) -> Samples:
        mixed = silence(count)
        first = min(self._lead, count)
        self._lead -= first
        if self._narration is not None and first < count:
            mixed[first:] += self._narration.read(count - first) * duck[first:]
        for sound in self._earcons:
            mixed += sound.read(count)
        self._earcons = [sound for sound in self._earcons if not sound.ended]
        return mixed

    def _duck_ramp(self) -> Samples:
        before = self._duck_db
        way = self._duck_target_db - before
        self._duck_db += min(max(way, -DUCK_STEP_DB), DUCK_STEP_DB)
        return _ramp(gain(before), gain(self._duck_db))

    def _volume_ramp(self) -> Samples:
        before, self._volume = self._volume, gain(self._gain_db)
        return _ramp(before, self._volume)


def _ramp(start: float, end: float) -> Samples:
    return np.linspace(start, end, BLOCK, dtype=np.float32)


def _limit(block: Samples) -> Samples:
    """Bend what is above the knee towards full scale; leave the rest untouched."""
    size = np.abs(block)
    if float(size.max()) <= _KNEE:
        return block
    room = 1.0 - _KNEE
    bent = _KNEE + room * np.tanh((size - _KNEE) / room)
    return np.where(size > _KNEE, np.copysign(bent, block), block).astype(np.float32)
