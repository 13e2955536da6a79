"""ALSA's lines about gaps in the sound do not reach the terminal; its other messages do."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="ALSA is on Linux only")

PROGRAM = """
import ctypes, errno, sys
from voice_guide.audio.devices import load_portaudio
if "quiet" in sys.argv:
    load_portaudio()
alsa = ctypes.CDLL("libasound.so.2")
pcm = ctypes.c_void_p()
assert alsa.snd_pcm_open(ctypes.byref(pcm), b"null", 0, 0) == 0
alsa.snd_pcm_recover(pcm, -errno.EPIPE, 0)
alsa.snd_pcm_open(ctypes.byref(pcm), b"no_such_device", 0, 0)
"""


def told(*options: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *options], capture_output=True, text=True, check=True
    )
    return done.stderr.splitlines()


def test_a_gap_is_not_told_but_an_error_is():
    loud, quiet = told(), told("quiet")
    assert any("underrun occurred" in line for line in loud), "without it ALSA tells"
    assert not any("occurred" in line for line in quiet)
    assert any("Unknown PCM" in line for line in quiet)
