"""Keys and pedals: a foot pedal is a keyboard that types one key.

Space stops and resumes, Escape stops, q ends, Enter says "ready", the arrows go on and back.
"""

import contextlib
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator

LISTEN_KEY = "\t"
"""Tab is no universal: it opens the ears where they wait for a key."""

KEYS = {
    " ": "stop",
    "\x1b": "stop",
    "q": "end",
    "\r": "ready",
    "\n": "ready",
    "\x1b[C": "next",
    "\x1b[D": "back",
    "\x1b[A": "louder",
    "\x1b[B": "quieter",
    "r": "repeat",
    "p": "pause",
    "?": "help",
    "y": "yes",
    "n": "no",
}
"""The universal that each key stands for, as terminals send it."""

HELP = (
    "Keys: Space stops and resumes, Enter is ready, r repeats, "
    "arrows go on and back, Tab listens, q ends."
)


HELD = 0.7
"""Seconds within which a key that comes again may be one that is held down."""

_KEY = re.compile("\x1b\\[[0-9;]*[^0-9;]|\x1bO.|.", re.DOTALL)
"""A key as a terminal sends it: a character, or a sequence after Escape."""


def split(typed: str) -> list[str]:
    """Return the keys in what a terminal has sent at once."""
    return [key.replace("\x1bO", "\x1b[") for key in _KEY.findall(typed)]


class Keys:
    """Tells the universal that each key stands for."""

    def __init__(self) -> None:
        self._last_space = float("-inf")

    def intent_of(self, key: str, halted: bool, at: float | None = None) -> str | None:
        """Return the universal that a key stands for, or None.

        Space undoes a stop, but not while it is held down, as a pedal may be: a terminal sends
        a held key again and again.

        Args:
            key: the key as a terminal sends it.
            halted: whether the session stands still.
            at: when it was pressed, seconds of any clock; now when left out.
        """
        if key != " ":
            return KEYS.get(key)
        now = time.monotonic() if at is None else at
        held, self._last_space = now - self._last_space < HELD, now
        if not halted:
            return "stop"
        return None if held else "resume"


@contextlib.contextmanager
def keys(press: Callable[[str], None]) -> Iterator[None]:
    """Call ``press`` with each key that is pressed, from a thread of its own.

    Does nothing where no terminal is attached. The terminal is left as it was found.
    """
    if not sys.stdin.isatty():
        yield
        return
    if sys.platform == "win32":
        with _windows_keys(press):
            yield
    else:
        with _posix_keys(press):
            yield


@contextlib.contextmanager
def _posix_keys(press: Callable[[str], None]) -> Iterator[None]:
    import os  # noqa: PLC0415 -- these exist on POSIX only, or are used only here
    import select  # noqa: PLC0415
    import termios  # noqa: PLC0415
    import tty  # noqa: PLC0415

    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    over = threading.Event()

    def read() -> None:
        while not over.is_set():
            if not select.select([terminal], [], [], 0.1)[0]:
                continue
            try:
                typed = os.read(terminal, 64)
            except OSError:  # the terminal is gone; the voice goes on
                return
            if not typed:
                return
            for key in split(typed.decode("utf-8", "replace")):
                press(key)

    tty.setcbreak(terminal)
    thread = threading.Thread(target=read, daemon=True, name="keys")
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(1.0)
        with contextlib.suppress(termios.error):  # the terminal is gone
            termios.tcsetattr(terminal, termios.TCSADRAIN, before)


@contextlib.contextmanager
def _windows_keys(press: Callable[[str], None]) -> Iterator[None]:
    import msvcrt  # noqa: PLC0415 -- exists on Windows only

    arrows = {"H": "\x1b[A", "P": "\x1b[B", "M": "\x1b[C", "K": "\x1b[D"}
    over = threading.Event()

    def read() -> None:
        while not over.wait(0.05):
            if msvcrt.kbhit():  # type: ignore[attr-defined,unused-ignore]
                key = msvcrt.getwch()  # type: ignore[attr-defined,unused-ignore]
                if key in ("\x00", "\xe0"):
                    key = arrows.get(msvcrt.getwch(), "")  # type: ignore[attr-defined,unused-ignore]
                press(key)

    thread = threading.Thread(target=read, daemon=True, name="keys")
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(1.0)
