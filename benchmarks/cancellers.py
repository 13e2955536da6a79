"""Other echo cancellers, to compare with the built-in one. None is needed to run voice_guide."""

import ctypes
import ctypes.util
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import numpy as np

from voice_guide.audio.canceller import EchoCanceller
from voice_guide.audio.format import BLOCK, RATE, Samples
from voice_guide.ears import Canceller

TAIL = 6400
"""Samples of echo that each of them models: 400 ms, as the built-in one."""

_SET_RATE = 24
"""SPEEX_ECHO_SET_SAMPLING_RATE in speex_echo.h."""

_FULL = 32767.0


@dataclass(frozen=True)
class Candidate:
    """A canceller, and what is known about it."""

    make: Callable[[], Canceller] | None
    """None where it is not installed."""

    licence: str
    wheels: str


class SpeexCanceller:
    """Speex's linear canceller, without its residual suppressor, from the system's library."""

    def __init__(self) -> None:
        name = ctypes.util.find_library("speexdsp")
        if name is None:
            raise OSError("libspeexdsp is not installed")
        self._library: Any = ctypes.CDLL(name)
        self._library.speex_echo_state_init.restype = ctypes.c_void_p
        self._state = ctypes.c_void_p(self._library.speex_echo_state_init(BLOCK, TAIL))
        rate = ctypes.c_int(RATE)
        self._library.speex_echo_ctl(self._state, _SET_RATE, ctypes.byref(rate))

    def cancel(self, microphone: Samples, reference: Samples) -> Samples:
        """Return the microphone without echo."""
        heard, played = _sixteen(microphone), _sixteen(reference)
        left = np.zeros(BLOCK, np.int16)
        pointers = [array.ctypes.data_as(ctypes.c_void_p) for array in (heard, played, left)]
        self._library.speex_echo_cancellation(self._state, *pointers)
        return np.asarray(left, dtype=np.float32) / np.float32(_FULL)


class PyaecCanceller:
    """pyaec: Speex's canceller in a wheel, here without its residual suppressor."""

    def __init__(self) -> None:
        from pyaec import Aec  # noqa: PLC0415 -- only to compare

        self._aec = Aec(BLOCK, TAIL, RATE, False)

    def cancel(self, microphone: Samples, reference: Samples) -> Samples:
        """Return the microphone without echo."""
        left = self._aec.cancel_echo(_sixteen(microphone).tolist(), _sixteen(reference).tolist())
        return np.array(left, np.float32) / np.float32(_FULL)


class AdafiltCanceller:
    """adafilt's fast block LMS in the frequency domain, normalised."""

    def __init__(self) -> None:
        from adafilt import FastBlockLMSFilter  # noqa: PLC0415 -- only to compare

        self._filter = FastBlockLMSFilter(
            TAIL, BLOCK, stepsize=0.02, power_averaging=0.9, epsilon_power=1.0
        )

    def cancel(self, microphone: Samples, reference: Samples) -> Samples:
        """Return the microphone without echo."""
        played = reference.astype(np.float64)
        left = microphone - self._filter.filt(played)
        self._filter.adapt(played, left)
        return np.asarray(left, dtype=np.float32)


class NoCanceller:
    """The microphone as it is."""

    def cancel(self, microphone: Samples, reference: Samples) -> Samples:
        """Return the microphone."""
        del reference
        return microphone


def candidates() -> dict[str, Candidate]:
    """Return all cancellers, those that are not installed without a maker."""
    speex = SpeexCanceller if ctypes.util.find_library("speexdsp") else None
    return {
        "none": Candidate(NoCanceller, "", ""),
        "built in (Kalman, NumPy)": Candidate(EchoCanceller, "MIT", "NumPy's: all three systems"),
        "adafilt 0.1 block LMS": Candidate(
            AdafiltCanceller if find_spec("adafilt") else None, "MIT", "pure Python"
        ),
        "pyaec 1.0 (Speex), linear": Candidate(
            PyaecCanceller if find_spec("pyaec") else None,
            "MIT by its repository; Speex: BSD",
            "Linux, macOS, Windows",
        ),
        "Speex of the system, linear": Candidate(speex, "BSD", "none: a system package"),
    }


def _sixteen(block: Samples) -> Any:
    return np.round(np.clip(block, -1, 1) * _FULL).astype(np.int16)
