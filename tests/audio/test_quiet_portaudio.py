"""PortAudio's lines about its own source do not reach the terminal; all other messages do."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it is done on Linux only")

PROGRAM = """
import ctypes, sys, threading
from voice_guide.audio.devices import load_portaudio
if "quiet" in sys.argv:
    load_portaudio()
libc = ctypes.CDLL(None)

def write(text):
    libc.fprintf(ctypes.c_void_p.in_dll(libc, "stderr"), b"%s, line: %d\\n", text, 3355)

line = b"Expression 'err' failed in 'src/hostapi/alsa/pa_linux_alsa.c'"
for say in (line, b"an error of a library"):
    write(say)
    thread = threading.Thread(target=write, args=(say,))
    thread.start()
    thread.join()
libc.perror(b"another")
sys.stderr.write("of Python's\\n")
if "raise" in sys.argv:
    raise ValueError("a traceback")
if "die" in sys.argv:
    ctypes.PyDLL(None).Py_FatalError(b"broken")
"""


def told(*options: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *options],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.stderr.splitlines()


def test_only_portaudios_lines_are_left_out():
    loud, quiet = told(), told("quiet")
    assert sum("Expression" in line for line in loud) == 2, "without it PortAudio tells"
    assert quiet == [line for line in loud if "Expression" not in line]
    assert len(quiet) == 4


@pytest.mark.parametrize(
    ("end", "last_words"), [("raise", "ValueError: a traceback"), ("die", "broken")]
)
def test_what_python_dies_of_is_told(end, last_words):
    assert any(last_words in line for line in told("quiet", end))
