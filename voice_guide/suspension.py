"""A laptop that is closed: the sound stands still, and the session should not run on unasked."""

import ctypes
import sys
import time
from collections.abc import Callable

from voice_guide.audio.device import Exchange

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


class SleepWatch:
    """Notices when the machine has slept between two blocks of sound."""

    def __init__(
        self, on_waking: Callable[[float], None], slept: Callable[[], float] = slept_so_far
    ) -> None:
        """Begin to watch.

        Args:
            on_waking: called with the seconds of a sleep.
            slept: see ``slept_so_far``.
        """
        self._on_waking = on_waking
        self._slept = slept
        self._before = slept()

    def look(self, exchange: Exchange) -> None:
        """See whether the machine has slept since the last block."""
        del exchange
        slept = self._slept()
        if slept - self._before >= LEAST:
            self._on_waking(slept - self._before)
        self._before = slept
