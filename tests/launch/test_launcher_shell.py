"""The launchers as shell programs: they parse everywhere and shellcheck finds nothing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from machine import ROOT

SCRIPTS = ["play", "test", ".bootstrap.sh", ".ci/run"]
SHELLS = [shell for shell in ("dash", "bash", "busybox") if shutil.which(shell)]


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("shell", SHELLS)
def test_it_parses(script, shell):
    if shell != "bash" and script.startswith(".ci/"):
        pytest.skip("that one is for bash")
    command = [shell, "sh", "-n"] if shell == "busybox" else [shell, "-n"]
    subprocess.run([*command, ROOT / script], check=True)


@pytest.mark.parametrize("script", [script for script in SCRIPTS if not script.endswith(".sh")])
def test_it_can_be_run(script):
    assert os.access(ROOT / script, os.X_OK)


def test_shellcheck_finds_nothing():
    shellcheck = shutil.which(
        "shellcheck", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    )
    if shellcheck is None:
        pytest.skip("shellcheck is not installed; the test extra brings it")
    done = subprocess.run(
        [shellcheck, "-x", *SCRIPTS], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
