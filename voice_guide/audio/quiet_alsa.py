"""Keeps ALSA, below PortAudio on Linux, from writing each gap in the sound to the terminal.

A gap is no news for a person who hears it, and there are lines of captions on that terminal. The
device counts them itself (``PortAudioDevice.underruns``). What else ALSA has to say is passed on.
"""

import ctypes
import os
import sys

_GAPS = b"snd_pcm_recover"
"""The function of ALSA's that tells them: "underrun occurred", "overrun occurred"."""

_HANDLER = ctypes.CFUNCTYPE(
    None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p
)


def _tell(file: bytes, line: int, function: bytes, error: int, message: bytes) -> None:
    """Write a message, unless it is of a gap. What it names (``%s``) cannot be reached here."""
    if function == _GAPS:
        return
    reason = f": {os.strerror(error)}" if error else ""
    place = f"{file.decode(errors='replace')}:{line}:({function.decode(errors='replace')})"
    sys.stderr.write(f"ALSA lib {place} {message.decode(errors='replace')}{reason}\n")


_HELD = _HANDLER(_tell)
"""ALSA calls it as long as the process lives."""


def quiet_alsa() -> None:
    """Leave out what ALSA tells of gaps, from now on. Elsewhere than on Linux: do nothing."""
    if sys.platform != "linux":
        return
    try:
        alsa = ctypes.CDLL("libasound.so.2")
    except OSError:  # PortAudio was built without it
        return
    alsa.snd_lib_error_set_handler(_HELD)
