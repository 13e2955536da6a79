"""Nothing leaves the machine: the system calls of real commands are watched."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from voice_guide.speech.narrator import open_narrator
from voice_guide.speech.voices import VoiceSettings

pytestmark = pytest.mark.skipif(
    shutil.which("strace") is None, reason="not installed: strace (apt-get install strace)"
)

SCRIPT = """
format: 1
title: Short
steps:
  - {name: Rest, say: Sit down and rest., for: 3 s}
"""
OPT_OUT = "ORT_DISABLE_TELEMETRY"
GUIDE = (sys.executable, "-m", "voice_guide")
STRACE = ("strace", "-f", "--seccomp-bpf", "-e", "trace=socket", "-o")
ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in ("CI", OPT_OUT)}
"""As a user has it: where CI is set, onnxruntime tells nothing by itself."""
LOCAL = "AF_UNIX"
"""Sockets between processes of one machine, such as the sound server's."""


UPLOAD_AFTER = 14
"""Seconds after which onnxruntime, if left alone, has told its maker about a model."""


@pytest.fixture(scope="module", autouse=True)
def long_lived(tmp_path_factory):
    """A process with the voice detector, which lives on while the other tests run."""
    trace = tmp_path_factory.mktemp("long") / "trace"
    code = (
        "from voice_guide.speech.vad import VoiceDetector; import time; "
        f"VoiceDetector(); time.sleep({UPLOAD_AFTER})"
    )
    process = subprocess.Popen([*STRACE, trace, sys.executable, "-c", code], env=ENVIRONMENT)
    yield process, trace
    process.wait()


@pytest.fixture
def watch(tmp_path):
    """Run a command and return the kinds of sockets that it opened, with its exit code."""

    def run(*command: str) -> tuple[set[str], int]:
        trace = tmp_path / "trace"
        done = subprocess.run(
            [*STRACE, trace, *command],
            env=ENVIRONMENT,
            cwd=tmp_path,
            capture_output=True,
            timeout=120,
            check=False,
        )
        return families(trace), done.returncode

    return run


def families(trace: Path) -> set[str]:
    calls = [line for line in trace.read_text().splitlines() if "socket(" in line]
    return {line.split("socket(", 1)[1].split(",")[0] for line in calls}


@pytest.fixture
def script(tmp_path) -> str:
    path = tmp_path / "short.yaml"
    path.write_text(SCRIPT)
    return str(path)


def test_the_watch_sees_a_network_socket(watch):
    opened, _ = watch(sys.executable, "-c", "import socket; socket.socket()")
    assert opened == {"AF_INET"}


def test_check_opens_no_network_socket(watch, script):
    opened, code = watch(*GUIDE, "check", script)
    assert code == 0 and opened <= {LOCAL}


def test_rehearse_opens_no_network_socket(watch, script):
    opened, code = watch(
        sys.executable,
        "-m",
        "voice_guide",
        "rehearse",
        script,
        "--no-recording",
        "--say",
        "2s: stop",
    )
    assert code == 0 and opened <= {LOCAL}


def test_hear_opens_no_network_socket(watch, tmp_path):
    sound = open_narrator(VoiceSettings(voice="en-us")).render("stop").samples
    soundfile.write(tmp_path / "stop.wav", np.pad(sound, 8000), 16000)
    opened, code = watch(*GUIDE, "hear", "stop.wav", "--phrases", "stop")
    assert code == 0 and opened <= {LOCAL}


def test_history_export_and_forget_open_no_network_socket(watch):
    for command in (["history"], ["export"]):
        opened, code = watch(*GUIDE, *command)
        assert code == 0 and opened <= {LOCAL}


def test_the_voice_detector_tells_nobody_about_its_model(long_lived):
    process, trace = long_lived
    assert process.wait(timeout=60) == 0
    assert families(trace) <= {LOCAL}
