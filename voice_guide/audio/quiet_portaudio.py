"""Keeps PortAudio, on Linux, from writing to the terminal where in its source a call has failed.

What has failed it also tells its caller, which says it in words. It writes with C's ``stderr``,
which the GNU C library lets a program replace. What comes that way is passed on at once, to where
the process writes its errors, but for PortAudio's lines. Python's messages do not come that way.
"""

import atexit
import ctypes
import os
import re
import sys
from contextlib import suppress
from functools import cache

_LINE = re.compile(rb"Expression '.*' failed in '.*', line: \d+\n", re.DOTALL)
_STDERR = 2
_NOT_LOCKED = 2
"""``FSETLOCKING_BYCALLER``: nobody who writes waits for another one, who may wait for Python."""

_UNBUFFERED = 2
"""``_IONBF``: a message comes in one piece."""

_WRITE = ctypes.CFUNCTYPE(ctypes.c_ssize_t, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t)


class _Functions(ctypes.Structure):
    """``cookie_io_functions_t``: what stands behind a stream."""

    _fields_ = (
        ("read", ctypes.c_void_p),
        ("write", _WRITE),
        ("seek", ctypes.c_void_p),
        ("close", ctypes.c_void_p),
    )


class _Stream(ctypes.Structure):
    """The beginning of ``FILE``, as the library's header <bits/types/struct_FILE.h> has it."""

    _fields_ = (
        ("flags", ctypes.c_int),
        ("pointers", ctypes.c_void_p * 13),
        ("descriptor", ctypes.c_int),
    )


def _pass_on(cookie: int | None, text: int, size: int) -> int:
    """Write what was written, unless it is a line of PortAudio's."""
    del cookie
    told = ctypes.string_at(text, size)
    if not _LINE.fullmatch(told):
        with suppress(OSError):  # there is no standard error
            os.write(_STDERR, told)
    return size


_HELD = _WRITE(_pass_on)
"""The C library calls it until the process ends."""


@cache
def quiet_portaudio() -> None:
    """Leave out PortAudio's lines from now on. Without the GNU C library: do nothing."""
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None)
    if not hasattr(libc, "gnu_get_libc_version"):
        return
    libc.fopencookie.restype = ctypes.c_void_p
    libc.fopencookie.argtypes = (ctypes.c_void_p, ctypes.c_char_p, _Functions)
    stream = libc.fopencookie(None, b"w", _Functions(write=_HELD))
    if stream is None:
        return
    libc.setvbuf(ctypes.c_void_p(stream), None, _UNBUFFERED, ctypes.c_size_t(0))
    libc.__fsetlocking(ctypes.c_void_p(stream), _NOT_LOCKED)
    # Python asks for it before it dies of a fatal error, and writes there directly.
    _Stream.from_address(stream).descriptor = _STDERR
    stderr = ctypes.c_void_p.in_dll(libc, "stderr")
    before, stderr.value = stderr.value, stream

    def restore() -> None:
        """Let nothing call into Python any more, which is about to end."""
        stderr.value = before

    atexit.register(restore)
