"""A real loudspeaker and a real microphone, through PortAudio."""

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from voice_guide.audio.device import DeviceLostError, Exchange
from voice_guide.audio.devices import (
    DeviceInfo,
    DeviceMissingError,
    DeviceName,
    Side,
    find_device,
    load_portaudio,
    refresh,
)
from voice_guide.audio.fade import FADE, FADE_IN
from voice_guide.audio.format import BLOCK, BLOCK_SECONDS, RATE, Samples
from voice_guide.audio.plans import Plan, Sides, plans
from voice_guide.audio.resampling import LAG_BLOCKS, RateConverter
from voice_guide.audio.wire import Wire
from voice_guide.errors import MachineError

QUEUE_BLOCKS = 3
"""Blocks queued ahead, 60 ms: by as much the caller may be late without a gap in the sound.
It delays what is said by as much, but not silence and ducking, which reach the queued blocks."""

LOST_S = 2.0
"""Seconds without a block after which the device counts as lost."""

_STOPPED = (
    "The sound device stopped delivering sound. Plug it in again, or switch it "
    "on. To see all devices, type: voice-guide devices"
)
_FIRST_BLOCK_S = 3.0
_POLL_S = 0.005


class _DeadError(ValueError):
    """A device was opened, but no callback came."""


class PortAudioDevice:
    """A ``DuplexDevice`` on PortAudio: 16 kHz where the devices take it, or their own rate."""

    def __init__(
        self,
        *,
        input_device: DeviceName = None,
        output_device: DeviceName = None,
        queue_blocks: int = QUEUE_BLOCKS,
    ) -> None:
        """Choose devices; nothing is opened yet.

        Args:
            input_device: the microphone, by name, part of its name, index, or None.
            output_device: the loudspeaker, in the same way.
            queue_blocks: blocks of 20 ms queued ahead, at least 1.
        """
        self._names: dict[Side, DeviceName] = {"input": input_device, "output": output_device}
        self.microphone: DeviceInfo | None = None
        """The microphone that was opened last."""
        self.missing: dict[Side, str] = {}
        """The names that were asked for and not found."""
        self._queue_blocks = queue_blocks
        self._streams: list[Any] = []
        self._plan = Plan(RATE, RATE, duplex=True)
        self._used = False
        self._delivered: int
        self._expected: int
        self._lost: int
        self._played: int
        self._prepare(self._plan)

    def start(self, sides: Sides = Sides.BOTH, *, strict: bool = True) -> None:
        """Open the devices and begin to play silence. May be called again after ``close``.

        Args:
            sides: what to open. Without a loudspeaker what is played is lost; without a
                microphone silence is heard.
            strict: a device that is not there is an error. Else the system's default is taken
                in its place, now and when it is started again, and ``missing`` tells.

        Raises:
            MachineError: PortAudio is missing, there is no microphone or no loudspeaker, or they
                cannot be opened; the message says what to do.
        """
        portaudio = load_portaudio()
        if self._used:
            refresh(portaudio)
        self._used = True
        microphone = self._find("input", strict) if sides.hears else None
        loudspeaker = self._find("output", strict) if sides.plays else None
        reasons: list[str] = []
        dead: set[bool] = set()
        for plan in plans(sides, microphone, loudspeaker):
            if plan.duplex in dead:  # another rate will not wake it
                continue
            self._prepare(plan)
            try:
                self._open(portaudio, plan, microphone, loudspeaker)
                self.microphone = microphone
                return
            except (portaudio.PortAudioError, ValueError) as error:
                reasons.append(str(error))
                self.close()
                if isinstance(error, _DeadError):
                    dead.add(plan.duplex)
        why = "; ".join(dict.fromkeys(reasons))
        which = [
            f"the {noun} {device.name!r}"
            for noun, device in (("microphone", microphone), ("loudspeaker", loudspeaker))
            if device is not None
        ]
        them = "it" if len(which) == 1 else "them"
        allowed = "" if microphone is None else ", check that programs may use the microphone"
        message = (
            f"Cannot open {' and '.join(which)}: {why}. "
            f"Close other programs that use {them}{allowed}, or choose another. "
            "To see all, type: voice-guide devices"
        )
        raise MachineError(message)

    def _find(self, side: Side, strict: bool) -> DeviceInfo:
        name = self._names[side]
        try:
            found = find_device(name, side)
        except DeviceMissingError:
            if strict or name is None:
                raise
            self.missing[side] = str(name)
            self._names[side] = None
            return find_device(None, side)
        if name is not None:  # which may be a number; that may be another device's next time
            self._names[side] = found.name
        return found

    def exchange(self, loudspeaker: Samples) -> Exchange:
        """Queue a block, shape (BLOCK,), and wait for the next block of time.

        Raises:
            DeviceLostError: no block came for ``LOST_S`` seconds, or all stood still meanwhile so
                that what the microphone hears comes late from now on.
        """
        self._wire.begin()
        self._require_loudspeaker()
        self._send(np.asarray(loudspeaker, dtype=np.float32))
        while not (self._microphone.ready and self._reference.ready):
            heard = self._wire.receive(LOST_S)
            if heard is None or self._wire.stalled:
                raise DeviceLostError(_STOPPED)
            self._lost += heard.number - self._expected
            self._expected = heard.number + 1
            self._microphone.push(heard.microphone)
            self._reference.push(heard.reference)
        index = self._delivered + self._lost
        self._delivered += 1
        return Exchange(index, self._microphone.pop(), self._reference.pop())

    def _require_loudspeaker(self) -> None:
        """Notice a loudspeaker of its own stream that takes nothing any more."""
        if self._wire.played != self._played or not self._plan.sides.plays:
            self._played, self._unplayed = self._wire.played, 0
            return
        self._unplayed += 1
        if self._unplayed * BLOCK_SECONDS > LOST_S:
            raise DeviceLostError(_STOPPED)

    def hush(self) -> None:
        """Make silence of all that is queued, with the next callback."""
        self._wire.hush()
        self._loudspeaker.hush()
        self._hushed = True

    def soften(self, factor: float) -> bool:
        """Make what is queued quieter, unless it is on its way through another sample rate."""
        return self._loudspeaker.direct and self._wire.soften(factor)

    def close(self) -> None:
        """Stop the streams and give the devices back. May be called twice."""
        streams, self._streams = self._streams, []
        for stream in streams:
            stream.close(ignore_errors=True)

    @property
    def underruns(self) -> int:
        """Blocks of 20 ms since ``start`` in which the loudspeaker had nothing to play."""
        return self._wire.underruns

    @property
    def names(self) -> tuple[DeviceName, DeviceName]:
        """The microphone and the loudspeaker as they are looked for."""
        return self._names["input"], self._names["output"]

    @property
    def rates(self) -> tuple[int, int]:
        """Sample rates of the microphone and the loudspeaker as opened, Hz."""
        return self._plan.rate_in, self._plan.rate_out

    def _prepare(self, plan: Plan) -> None:
        frames_out = round(plan.rate_out * BLOCK_SECONDS)
        depth = self._queue_blocks
        for rate in (plan.rate_in, plan.rate_out):
            depth += LAG_BLOCKS if rate != RATE else 0
        self._plan = plan
        self._wire = Wire(frames=frames_out, depth=depth)
        self._loudspeaker = RateConverter(RATE, plan.rate_out, frames_out)
        self._microphone = RateConverter(plan.rate_in, RATE, BLOCK)
        self._reference = RateConverter(plan.rate_out, RATE, BLOCK)
        self._hushed = False
        self._delivered, self._expected, self._lost = 0, 0, 0
        self._played, self._unplayed = 0, 0

    def _open(
        self,
        portaudio: Any,
        plan: Plan,
        microphone: DeviceInfo | None,
        loudspeaker: DeviceInfo | None,
    ) -> None:
        common = {"dtype": "float32", "latency": "low"}
        frames_in = round(plan.rate_in * BLOCK_SECONDS)
        frames_out = round(plan.rate_out * BLOCK_SECONDS)
        if microphone is not None and loudspeaker is not None and plan.duplex:
            stream = portaudio.Stream(
                samplerate=plan.rate_out,
                blocksize=frames_out,
                device=(microphone.index, loudspeaker.index),
                channels=(plan.channels_in, min(2, loudspeaker.outputs)),
                callback=self._wire.duplex,
                **common,
            )
            self._streams = [stream]
        else:
            if loudspeaker is not None:
                alone = microphone is None
                stream = portaudio.OutputStream(
                    samplerate=plan.rate_out,
                    blocksize=frames_out,
                    device=loudspeaker.index,
                    channels=min(2, loudspeaker.outputs),
                    callback=self._wire.play_alone if alone else self._wire.play,
                    **common,
                )
                self._streams.append(stream)
            if microphone is not None:
                stream = portaudio.InputStream(
                    samplerate=plan.rate_in,
                    blocksize=frames_in,
                    device=microphone.index,
                    channels=plan.channels_in,
                    callback=self._wire.record,
                    **common,
                )
                self._streams.append(stream)
        for stream in self._streams:
            stream.start()
        if not _wait(self._alive, _FIRST_BLOCK_S):
            raise _DeadError("it was opened but delivers no sound")

    def _alive(self) -> bool:
        plays = self._wire.played > 0 or not self._plan.sides.plays
        return plays and self._wire.callbacks > 0

    def _send(self, block: Samples) -> None:
        if not self._plan.sides.plays:
            return
        if self._hushed:
            # What was cut may end in the player's own short fade; none of it may sound now.
            block = block.copy()
            block[:FADE] = 0.0
            block[FADE : 2 * FADE] *= FADE_IN
            self._hushed = False
        self._loudspeaker.push(block)
        while self._loudspeaker.ready:
            self._wire.queue(self._loudspeaker.pop())


def _wait(condition: Callable[[], bool], timeout: float) -> bool:
    """Wait up to ``timeout`` seconds; return whether the condition came true."""
    deadline = time.monotonic() + timeout
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(_POLL_S)
    return True
