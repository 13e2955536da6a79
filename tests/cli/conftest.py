"""A user who types ``voice-guide ...``: real processes, with a home folder of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from voice_guide.cli import main

SCRIPT = """
format: 1
title: Short
scales: {pressure: {levels: [light, medium, firm], start: medium}}
steps:
  - name: One
    say: With {pressure} pressure, glide up the back.
    for: 8 s
  - name: Two
    ask: Good, or strange?
    answers: {good: {}, strange: {}}
    silence: good
"""


class User:
    """Types commands in a folder that has a short script in it, and no sound device."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = folder / "home" / "config" / "voice-guide" / "settings.yaml"
        self.settings.parent.mkdir(parents=True)
        self.environment = os.environ | {
            "HOME": str(folder / "home"),
            "XDG_CONFIG_HOME": str(folder / "home" / "config"),
            "XDG_CACHE_HOME": str(folder / "home" / "cache"),
            "XDG_DATA_HOME": str(folder / "home" / "data"),
            "XDG_RUNTIME_DIR": str(folder / "home"),  # where no sound server is
            "PULSE_SERVER": "none",
        }
        (folder / "short.yaml").write_text(SCRIPT)

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "voice_guide", *arguments]

    def start(self, *arguments: str, **options) -> subprocess.Popen:
        """Type a command and do not wait for it."""
        return subprocess.Popen(
            self.command(*arguments),
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )

    def types(self, *arguments: str) -> subprocess.CompletedProcess:
        """Type a command, and wait until it is done."""
        process = self.start(*arguments)
        out, err = process.communicate(timeout=120)
        assert "Traceback" not in out + err, err
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def errs(self, *arguments: str, code: int) -> str:
        """Type a command that must fail, and return what it says on standard error."""
        done = self.types(*arguments)
        assert done.returncode == code, done.stdout + done.stderr
        assert done.stderr.strip(), "an error says something"
        return done.stderr


@pytest.fixture
def user(tmp_path) -> User:
    return User(tmp_path)


@pytest.fixture
def silent_machine(user):
    """A user at a machine without a sound device."""
    if user.types("devices", "--list").returncode == 0:
        pytest.skip("this machine has a sound device, and the test is about having none")
    return user


@pytest.fixture
def here(user, monkeypatch):
    """Run a command in this process, which is quicker, in the user's folder and home."""
    monkeypatch.chdir(user.folder)
    for name, value in user.environment.items():
        monkeypatch.setenv(name, value)
    (user.folder / "klingon.yaml").write_text(
        "format: 1\nlanguage: tl\ntitle: X\nsteps: [{name: A, say: x}]\n"
    )
    (user.folder / "broken.yaml").write_text("format: 1\ntitle: X\nstep: []\n")

    def run(*arguments: str):
        result = CliRunner().invoke(main, list(arguments))
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return run
