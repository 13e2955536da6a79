"""The wire between PortAudio's callbacks and the rest of the program.

The callbacks run in PortAudio's own thread, against a deadline. They copy and multiply, and take
no lock: appending to and popping from a deque, and putting into a SimpleQueue, are atomic.
"""

from collections import deque
from collections.abc import Callable
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any, NamedTuple

import numpy as np

from voice_guide.audio.fade import FADE, FADE_OUT
from voice_guide.audio.format import Samples, silence

_INBOX_BLOCKS = 500
"""Blocks that may wait to be received, 10 s; later ones are lost, and counted."""

MOST_SPARE = 5
"""Blocks by which the queue may grow: on a machine so busy that the caller is often late, 100 ms
more of delay are better than gaps in the words. Silence still comes at once: see ``hush``."""

CALM = 1500
"""Callbacks without an underrun, 30 s, after which one of them is given back."""

STALLED_S = 1.0
"""Seconds between two callbacks from which on the sound has stalled: this program was stopped, or
the machine. Sound servers keep for us what the microphone heard meanwhile, for good: from then on
"stop" would be heard by as much too late (measured with PulseAudio)."""

_REFERENCE_BLOCKS = 3
"""Played blocks that may wait for their microphone block, where two streams drift apart."""


class Heard(NamedTuple):
    """What a callback brought."""

    number: int
    """Callbacks since ``begin``, from 0; it jumps where blocks were lost."""

    microphone: Samples
    """Shape (frames,), at the microphone's rate."""

    reference: Samples
    """What the loudspeaker was really given, shape (frames,), at the loudspeaker's rate."""


class Wire:
    """Numbered blocks on their way out, heard blocks on their way in."""

    def __init__(self, *, frames: int, depth: int, clock: Callable[[], float] = monotonic) -> None:
        """Prepare.

        Args:
            frames: samples in a loudspeaker block.
            depth: blocks of silence queued ahead at the start: what the caller may be late by.
            clock: seconds; it measures the time between callbacks.
        """
        self._least, self._depth, self._calm = depth, depth, 0
        self._silence = silence(frames)
        self._outbox: deque[tuple[int, Samples]] = deque()
        self._inbox: SimpleQueue[Heard] = SimpleQueue()
        self._references: deque[Samples] = deque()
        self._queued = 0
        self._silenced = 0
        self._softened, self._soft = 0, 1.0
        self._falling: Samples | None = None
        self._sounding = False
        self._running = False
        self._number = 0
        self._clock = clock
        self._called_at: float | None = None
        self.stalled = False
        """Whether no callback came for ``STALLED_S`` seconds, and then one did."""
        self.callbacks = 0
        """Callbacks so far that recorded: it grows as long as the microphone is alive."""
        self.played = 0
        """Callbacks so far that played: it grows as long as the loudspeaker is alive."""
        self.overruns = 0
        """Times that PortAudio has reported lost sound of the microphone."""
        self.underruns = 0
        """Blocks for which nothing was queued, or that PortAudio reports as late."""

    def begin(self) -> None:
        """Start to play what is queued and to deliver what is heard."""
        if self._running:
            return
        for _ in range(self._depth):
            self.queue(self._silence)
        self._running = True

    def queue(self, block: Samples) -> None:
        """Queue a block, shape (frames,), for the loudspeaker.

        After an underrun there is more in the queue than before. That is kept for a while, up to
        ``MOST_SPARE`` blocks, since the caller may be late again; of what is more than that,
        silent blocks are left out until it is gone.
        """
        if len(self._outbox) > self._depth and not block.any():
            return
        self._outbox.append((self._queued, block))
        self._queued += 1

    def hush(self) -> None:
        """Make silence of all that is queued, beginning with the next callback."""
        self._silenced = self._queued

    def soften(self, factor: float) -> bool:
        """Multiply all that is queued, beginning with the next callback, which falls to there.

        Return whether anything is queued.
        """
        if not self._outbox:
            return False
        self._soft, self._falling = (
            factor,
            np.linspace(1.0, factor, len(self._silence), dtype=np.float32),
        )
        self._softened = self._queued
        return True

    def receive(self, timeout: float) -> Heard | None:
        """Return the next heard block, or None when none came within ``timeout`` seconds."""
        try:
            return self._inbox.get(timeout=timeout)
        except Empty:
            return None

    def duplex(
        self, indata: Samples, outdata: Samples, frames: int, time: Any, status: Any
    ) -> None:
        """PortAudio's callback where one stream records and plays."""
        self.play(outdata, frames, time, status)
        self.record(indata, frames, time, status)

    def play_alone(self, outdata: Samples, frames: int, time: Any, status: Any) -> None:
        """PortAudio's callback where only the loudspeaker is open: the microphone is silent."""
        self.play(outdata, frames, time, status)
        self.record(self._silence[:, None], frames, time, None)

    def play(self, outdata: Samples, frames: int, time: Any, status: Any) -> None:
        """PortAudio's callback for the loudspeaker; ``outdata`` is of shape (frames, channels)."""
        self.played += 1
        block = self._next() if self._running else self._silence
        if self._running:
            self.underruns += bool(status and status.output_underflow)
            self._references.append(block)
        outdata[:] = block[:, None]

    def record(self, indata: Samples, frames: int, time: Any, status: Any) -> None:
        """PortAudio's callback for the microphone; ``indata`` is of shape (frames, channels)."""
        self.callbacks += 1
        self.overruns += bool(status and status.input_overflow)
        if not self._running:
            return
        before, self._called_at = self._called_at, self._clock()
        if before is not None and self._called_at - before >= STALLED_S:
            self.stalled = True
        while len(self._references) > _REFERENCE_BLOCKS:
            self._references.popleft()
        try:
            reference = self._references.popleft()
        except IndexError:
            reference = self._silence
        if self._inbox.qsize() < _INBOX_BLOCKS:
            self._inbox.put(Heard(self._number, indata.mean(axis=1), reference))
        self._number += 1

    def _next(self) -> Samples:
        try:
            number, block = self._outbox.popleft()
        except IndexError:
            self.underruns += 1
            self._depth, self._calm = min(self._depth + 1, self._least + MOST_SPARE), 0
            return self._silence
        self._calm += 1
        if self._calm >= CALM:
            self._depth, self._calm = max(self._depth - 1, self._least), 0
        if number >= self._silenced:
            self._sounding = True
            return self._softer(block) if number < self._softened else block
        if not self._sounding:
            return self._silence
        self._sounding = False
        faded = np.zeros_like(block)
        np.multiply(block[:FADE], FADE_OUT, out=faded[:FADE])
        return faded

    def _softer(self, block: Samples) -> Samples:
        falling, self._falling = self._falling, None
        factor = self._soft if falling is None else falling
        return (block * factor).astype(np.float32)
