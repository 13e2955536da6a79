"""Keys through a real terminal."""

import os
import signal
import sys
import threading
import time

import pytest

from voice_guide.keyboard import HELD, Keys, keys, split

pty = pytest.importorskip("pty", reason="pseudo-terminals exist on POSIX only")
termios = pytest.importorskip("termios", reason="terminals are POSIX")


class Typist:
    """Types into the terminal that is standard input, and waits for what arrives."""

    def __init__(self, end: int) -> None:
        self._end = end
        self._news = threading.Condition()
        self.arrived: list[str] = []

    def take(self, key: str) -> None:
        with self._news:
            self.arrived.append(key)
            self._news.notify_all()

    def type(self, text: str) -> None:
        os.write(self._end, text.encode())

    def wait_for(self, count: int) -> list[str]:
        with self._news:
            self._news.wait_for(lambda: len(self.arrived) >= count, timeout=10)
            return list(self.arrived)


@pytest.fixture
def terminal(monkeypatch):
    """A pseudo-terminal in place of standard input: [the person's end, the program's end]."""
    ends = list(pty.openpty())
    with os.fdopen(ends[1], "r", closefd=False) as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        yield ends
    for end in ends:
        os.close(end)


def test_keys_arrive_one_by_one_without_enter(terminal):
    typist = Typist(terminal[0])
    with keys(typist.take):
        typist.type(" ")
        assert typist.wait_for(1) == [" "]
        typist.type("  q\x1b[Cr")
        assert typist.wait_for(6) == [" ", " ", " ", "q", "\x1b[C", "r"]


def test_the_terminal_is_left_as_it_was_found(terminal):
    before = termios.tcgetattr(terminal[1])
    with keys(lambda _: None):
        assert termios.tcgetattr(terminal[1]) != before
    assert termios.tcgetattr(terminal[1]) == before
    with pytest.raises(KeyboardInterrupt), keys(lambda _: None):
        raise KeyboardInterrupt
    assert termios.tcgetattr(terminal[1]) == before


def test_ctrl_c_still_interrupts(terminal):
    with keys(lambda _: None):
        modes = termios.tcgetattr(terminal[1])[3]
        assert modes & termios.ISIG and not modes & termios.ECHO


def test_a_terminal_that_goes_away_does_not_end_the_session(terminal):
    typist = Typist(terminal[0])
    ignored = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    failures = []
    hook, threading.excepthook = threading.excepthook, failures.append
    try:
        with keys(typist.take):
            typist.type("r")
            typist.wait_for(1)
            reader = next(t for t in threading.enumerate() if t.name == "keys")
            os.close(terminal.pop(0))
            reader.join(10)
            assert not reader.is_alive(), "it reads a dead terminal over and over"
    finally:
        threading.excepthook = hook
        signal.signal(signal.SIGHUP, ignored)
    assert failures == [] and typist.arrived == ["r"]


def test_without_a_terminal_nothing_is_read(monkeypatch):
    near, far = os.pipe()
    with os.fdopen(near) as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        os.write(far, b" q")
        os.close(far)
        arrived: list[str] = []
        with keys(arrived.append):
            time.sleep(0.3)
        assert arrived == [] and stream.read() == " q"


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("", []),
        ("q", ["q"]),
        ("  ", [" ", " "]),
        ("\x1b", ["\x1b"]),
        ("\x1b[A\x1b[B ", ["\x1b[A", "\x1b[B", " "]),
        ("\x1bOC", ["\x1b[C"]),
        ("\x1b[15~ ", ["\x1b[15~", " "]),
        ("\x1b[1;5C", ["\x1b[1;5C"]),
        ("ü\n", ["ü", "\n"]),
    ],
)
def test_what_a_terminal_sends_at_once_is_split_into_keys(typed, parts):
    assert split(typed) == parts


@pytest.mark.parametrize(
    ("key", "intent"),
    [
        (" ", "stop"),
        ("\x1b", "stop"),
        ("q", "end"),
        ("\r", "ready"),
        ("\n", "ready"),
        ("\x1b[C", "next"),
        ("\x1b[D", "back"),
        ("x", None),
        ("\x1b[15~", None),
    ],
)
def test_what_a_key_stands_for(key, intent):
    assert Keys().intent_of(key, halted=False) == intent


def test_space_resumes_what_stands_still_and_escape_never_does():
    pressed = Keys()
    assert pressed.intent_of(" ", halted=True, at=10.0) == "resume"
    assert pressed.intent_of("\x1b", halted=True, at=20.0) == "stop"


def test_a_pedal_that_is_held_down_stops_and_stays_stopped():
    pressed = Keys()
    assert pressed.intent_of(" ", halted=False, at=10.0) == "stop"
    repeats = [pressed.intent_of(" ", halted=True, at=10.5 + 0.03 * n) for n in range(100)]
    assert set(repeats) == {None}
    assert pressed.intent_of(" ", halted=True, at=13.5 + HELD) == "resume"


def test_stop_is_never_taken_for_a_held_key():
    pressed = Keys()
    assert pressed.intent_of(" ", halted=True, at=10.0) == "resume"
    assert pressed.intent_of(" ", halted=False, at=10.1) == "stop"
