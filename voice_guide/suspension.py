"""A laptop that is closed: the sound stands still, and the session should not run on unasked."""

import ctypes
import sys
import time
from collections.abc import Callable

from voice_guide.audio.device import DuplexDevice, Exchange
from voice_guide.audio.format import Samples

LEAST = 5.0
"""Seconds of sleep from which on it is told. A shorter one is like a gap in the sound."""


def slept_so_far() -> float:
    """Return for how many seconds the machine has slept, from any fixed moment on.

    It is the difference of two clocks of the system, of which one stands still meanwhile. Setting
    the calendar's clock changes neither.
    """
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC)
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC) - time.clock_gettime(time.CLOCK_UPTIME_RAW)
    if sys.platform == "win32":
        hundred_ns = ctypes.c_ulonglong()
        ctypes.windll.kernel32.QueryUnbiasedInterruptTime(ctypes.byref(hundred_ns))
        return time.monotonic() - hundred_ns.value * 1e-7
    return 0.0


class WatchedDevice:
    """A sound device that notices when the machine has slept between two blocks."""

    def __init__(
        self,
        device: DuplexDevice,
        on_waking: Callable[[float], None],
        slept: Callable[[], float] = slept_so_far,
    ) -> None:
        """Watch a device.

        Args:
            device: the device.
            on_waking: called with the seconds of a sleep, before the first block after it is
                handed over.
            slept: see ``slept_so_far``.
        """
        self._device = device
        self._on_waking = on_waking
        self._slept = slept
        self._before = slept()

    def start(self) -> None:
        """Begin to play and to listen."""
        self._device.start()

    def exchange(self, loudspeaker: Samples) -> Exchange:
        """Queue a block and return the next block of time."""
        exchange = self._device.exchange(loudspeaker)
        slept = self._slept()
        if slept - self._before >= LEAST:
            self._on_waking(slept - self._before)
        self._before = slept
        return exchange

    def hush(self) -> None:
        """Drop what is queued and not yet played."""
        self._device.hush()

    def close(self) -> None:
        """Give the device back."""
        self._device.close()
