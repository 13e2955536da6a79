"""A sound recorded all the while a test runs, with the time of each sample."""

import os
import subprocess
import threading
import time

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
"""Sample rate of the recordings, Hz."""

_SILENCE = 10 ** (-60 / 20)
_FOREVER = float("inf")


class Recording:
    """What a recording program writes, 16-bit mono at 16 kHz, from its beginning.

    Times are seconds after `began`, a moment of `time.monotonic`. Sample times come from when the
    samples arrive; they are late by the sound server's delay (some 20 to 70 ms), alike in every
    recording of one card, so that differences between them are good.
    """

    def __init__(self, process: subprocess.Popen[bytes], began: float) -> None:
        self._process = process
        self._began = began
        self._chunks: list[NDArray[np.int16]] = []
        self._count = 0
        self._first = _FOREVER  # time of sample 0, as the least delayed chunk tells it
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        rest = b""
        while data := os.read(stream.fileno(), 65_536):
            arrived = time.monotonic() - self._began
            data = rest + data
            whole = len(data) // 2 * 2
            rest = data[whole:]
            with self._lock:
                self._chunks.append(np.frombuffer(data[:whole], dtype=np.int16))
                self._count += whole // 2
                self._first = min(self._first, arrived - self._count / RATE)

    @property
    def end(self) -> float:
        """The time up to which there are samples, seconds."""
        with self._lock:
            return self._first + self._count / RATE if self._count else 0.0

    def between(self, start: float = 0.0, end: float = _FOREVER) -> NDArray[np.float32]:
        """Return the samples from `start` to `end` (seconds), shape (n,), full scale 1.0.

        What is not recorded yet, or lies before the recording, is left out.
        """
        return self._cut(start, end)[1]

    def first_sound(self, start: float = 0.0, end: float = _FOREVER) -> float | None:
        """Return when the first sample above -60 dBFS fell between `start` and `end`, or None."""
        moments = self._sounding(start, end)
        return float(moments[0]) if len(moments) else None

    def last_sound(self, start: float = 0.0, end: float = _FOREVER) -> float | None:
        """Return when the last sample above -60 dBFS fell between `start` and `end`, or None."""
        moments = self._sounding(start, end)
        return float(moments[-1]) if len(moments) else None

    def wait_for_sound(self, after: float, timeout: float) -> float:
        """Wait for sound later than `after` (seconds) and return when it began.

        Raises:
            AssertionError: none came within `timeout` seconds.
        """
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            if (found := self.first_sound(after)) is not None:
                return found
            time.sleep(0.05)
        raise AssertionError(f"no sound within {timeout} s")

    def wait_until(self, moment: float) -> None:
        """Wait until the recording reaches `moment`, seconds.

        Raises:
            AssertionError: it stands still.
        """
        deadline = time.monotonic() + max(0.0, moment - self.end) + 10.0
        while self.end < moment:
            assert time.monotonic() < deadline, "the recording stands still"
            time.sleep(0.02)

    def close(self) -> None:
        """Wait for the reading thread; the recording program has ended."""
        self._thread.join(timeout=5)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _cut(self, start: float, end: float) -> tuple[float, NDArray[np.float32]]:
        """Return the time of the first sample that is not before `start`, and the samples."""
        with self._lock:
            samples = np.concatenate([*self._chunks, np.zeros(0, np.int16)])
            origin = self._first if self._count else 0.0
        first = max(0, round((start - origin) * RATE))
        last = len(samples) if end == _FOREVER else max(0, round((end - origin) * RATE))
        return origin + first / RATE, samples[first:last].astype(np.float32) / 32_768

    def _sounding(self, start: float, end: float) -> NDArray[np.float64]:
        """Return the times of all samples above -60 dBFS, shape (n,), seconds."""
        origin, samples = self._cut(start, end)
        return origin + np.flatnonzero(np.abs(samples) > _SILENCE) / RATE
