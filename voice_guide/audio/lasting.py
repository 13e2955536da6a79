"""A device that outlives the real one: it goes on by time, and comes back when that does.

PortAudio tells nobody that a device was unplugged: its callbacks just stop. So that is what is
noticed. Whatever may hang with a sound server (closing, opening, looking for devices) is done in
a thread beside the session, or in another process.
"""

import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Literal, Protocol

from voice_guide.audio.dead_sound import DeadSound
from voice_guide.audio.device import DeviceLostError, DuplexDevice, Exchange
from voice_guide.audio.format import BLOCK_SECONDS, Samples, silence
from voice_guide.audio.plans import Sides
from voice_guide.audio.probe import Probe
from voice_guide.errors import MachineError

LOOK_EVERY = 4.0
"""Seconds between two looks for a device that is lost."""

KNOWN_WITHIN = 8.0
"""Seconds after the last sound by which it must be known which side works. Else the loudspeaker
counts as lost, as nothing is heard of it. Two pass before it is noticed that sound is missing; a
probe takes three and a half if one side is dead."""

STOOD_STILL = 5.0
"""Seconds between two blocks from which on this program must have stood still itself, as after
Ctrl-Z or in a virtual machine that was frozen: without a device, it goes on after two. The device
is then opened anew: what it has heard meanwhile would come first, and "stop" seconds late."""

Part = Literal["microphone", "loudspeaker"]
Change = Literal["lost", "back", "silent", "heard"]
"""What has happened to it. "silent": it delivers dead silence; "heard": no more."""

Tell = Callable[[Part, Change], None]

_SIDES: dict[Part, Sides] = {
    "loudspeaker": Sides.LOUDSPEAKER,
    "microphone": Sides.MICROPHONE,  # told last: what is said about it is heard in full
}


class RealDevice(DuplexDevice, Protocol):
    """A device that can be opened on one side only."""

    def start(self, sides: Sides = ..., *, strict: bool = ...) -> None:
        """Begin to play and to listen.

        Raises:
            MachineError: it cannot be opened.
        """


class LastingDevice:
    """A ``DuplexDevice`` whose ``exchange`` never fails. Its count of blocks never stops."""

    def __init__(
        self,
        real: RealDevice,
        probe: Probe,
        tell: Tell,
        *,
        hold: Callable[[bool], None] = lambda _: None,
        stood_still: Callable[[float], None] = lambda _: None,
        clock: Callable[[], float] = time.monotonic,
        look_every: float = LOOK_EVERY,
    ) -> None:
        """Wrap a device.

        Args:
            real: the device; it is started here.
            probe: looks which sides of it work.
            tell: told what happens, in the caller's thread of ``exchange``. While the loudspeaker
                is lost, nothing is told of a microphone that is lost as well.
            hold: told True when no sound can be played and it is not yet known why, and then
                False. What is handed over meanwhile is not played.
            stood_still: told for how many seconds the program stood still, when there is sound
                again. No time of the session passes meanwhile.
            clock: seconds, for the time without any device.
            look_every: seconds between two looks for what is lost.
        """
        self._real = real
        self._probe = probe
        self.tell = tell
        self.hold = hold
        self.stood_still = stood_still
        self._clock = clock
        self._look_every = look_every
        self._open: Sides | None = None
        self._missing: set[Part] = set()
        """What was told to be lost."""
        self._known_by: int | None = None
        """The block by which a probe that is under way must have answered."""
        self._found: SimpleQueue[tuple[int, Sides | None]] = SimpleQueue()
        self._work = 0
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        self._dead = DeadSound()
        self.without_microphone: MachineError | None = None
        """Why it began without a microphone, if it did."""
        self._next = self._base = 0
        self._stood = 0.0
        self._at = clock()

    def start(self) -> None:
        """Open the device. Without a microphone it begins all the same, as if that was lost.

        Raises:
            MachineError: the loudspeaker cannot be opened.
        """
        try:
            self._real.start(Sides.BOTH, strict=False)
            self._open = Sides.BOTH
        except MachineError as error:
            self._real.start(Sides.LOUDSPEAKER, strict=False)
            self.without_microphone = error
            self._found.put((self._work, Sides.LOUDSPEAKER))
        self._at = self._clock()

    def exchange(self, loudspeaker: Samples) -> Exchange:
        """Queue a block, shape (BLOCK,), and wait for the next block of time."""
        self._take_over()
        if self._open is not None:
            try:
                told = self._real.exchange(loudspeaker)
            except DeviceLostError:
                self._lose()
            else:
                if not self._stood_still():
                    return self._given(told)
                self._lose()
        return self._by_time()

    def _given(self, told: Exchange) -> Exchange:
        if self._open is not Sides.LOUDSPEAKER:
            changed = self._dead.accept(told.microphone, told.reference)
            if changed:
                self.tell("microphone", "silent" if self._dead.dead else "heard")
        self._next = self._base + told.index + 1
        self._at = self._clock()
        return Exchange(self._next - 1, told.microphone, told.reference)

    def _by_time(self) -> Exchange:
        """Let a block of time pass by the clock. Blocks that were missed are left out."""
        self._stood_still()
        passed = self._clock() - self._at
        if passed < BLOCK_SECONDS:
            time.sleep(BLOCK_SECONDS - passed)
            passed = BLOCK_SECONDS
        blocks = int(passed / BLOCK_SECONDS)
        self._at += blocks * BLOCK_SECONDS
        self._next += blocks
        if self._known_by is not None and self._next >= self._known_by:
            self._change({"loudspeaker", *self._missing})
        return Exchange(self._next - 1, silence(), silence())

    def _stood_still(self) -> bool:
        """Whether the program has stood still since the last block. That time is left out."""
        passed = self._clock() - self._at
        if passed < STOOD_STILL:
            return False
        self._at += passed
        self._stood += passed
        return True

    def _lose(self) -> None:
        """Nothing comes any more. Which side it is will be found out in the background."""
        self._open = None
        self._known_by = self._next + round(KNOWN_WITHIN / BLOCK_SECONDS)
        self.hold(True)
        self._begin(self._mend)

    def _begin(self, work: Callable[[int], None]) -> None:
        """Let a thread work beside the session. What an earlier one finds is void."""
        self._work += 1
        self._thread = threading.Thread(
            target=work, args=(self._work,), daemon=True, name="sound-device"
        )
        self._thread.start()

    def _mend(self, work: int) -> None:
        """Close the device and open what works of it."""
        self._real.close()
        while not self._closing.is_set():
            for sides in _best(self._probe(_SIDES.values())):
                if self._closing.is_set():
                    return
                try:
                    self._real.start(sides)
                except MachineError:
                    continue
                self._found.put((work, sides))
                return
            self._found.put((work, None))
            self._closing.wait(self._look_every)

    def _look(self, work: int) -> None:
        """Wait until the other side works, too. The one that is open may be ours alone."""
        wanted = [_SIDES[part] for part in self._missing]
        while not self._closing.wait(self._look_every):
            if self._probe(wanted):
                self._found.put((work, Sides.BOTH))
                return

    def _take_over(self) -> None:
        """Go on with what the thread has done or found."""
        try:
            work, sides = self._found.get_nowait()
        except Empty:
            return
        if work != self._work:
            return
        if sides is None:
            self._change(set(_SIDES))
        elif self._open is not None:  # one side is open, and the other works again
            self._lose()
        else:
            self._open = sides
            self._dead = DeadSound()
            # A jump in the count: the echo has another delay from here on.
            self._base = self._next + 1
            self._change({part for part, one in _SIDES.items() if sides not in (one, Sides.BOTH)})
            if self._stood:
                stood, self._stood = self._stood, 0.0
                self.stood_still(stood)
            if sides is not Sides.BOTH:
                self._begin(self._look)

    def _change(self, missing: set[Part]) -> None:
        """Tell what has come back, and then what is missing now."""
        before = self._missing
        if "loudspeaker" in missing:  # nobody would hear what is said about the microphone
            missing = missing & {"loudspeaker", *before}
        self._missing = missing
        if self._known_by is not None:
            self._known_by = None
            self.hold(False)
        for part in _SIDES:
            if part in before - missing:
                self.tell(part, "back")
        for part in _SIDES:
            if part in missing - before:
                self.tell(part, "lost")

    def hush(self) -> None:
        """Make silence of what is queued."""
        if self._open is not None:
            self._real.hush()

    def soften(self, factor: float) -> bool:
        """Make what is queued quieter."""
        return self._open is not None and self._real.soften(factor)

    def close(self) -> None:
        """Give the device back. May be called twice."""
        self._closing.set()
        if self._thread is not None:
            self._thread.join(self._look_every)
            if self._thread.is_alive():  # it hangs with the sound server, and ends with us
                return
        self._real.close()


def _best(working: frozenset[Sides]) -> list[Sides]:
    """Return what to open, the best first, of the sides that work."""
    single = [sides for sides in _SIDES.values() if sides in working]
    return [Sides.BOTH, *single] if len(single) == 2 else single
