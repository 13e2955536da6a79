"""Where no virtual sound card can be made, the live tests are skipped, but never in CI."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

LIVE_TESTS = Path(__file__).with_name("test_sound_card.py")


@pytest.mark.parametrize(("ci", "outcome"), [("false", "1 skipped"), ("true", "1 error")])
def test_without_pulseaudio_a_live_test_is_left_out_only_outside_ci(tmp_path, ci, outcome):
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-qp", "no:cacheprovider", "-k", "two_cards", LIVE_TESTS],
        env=os.environ | {"PATH": str(tmp_path), "CI": ci},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "pulseaudio" in done.stdout
    assert outcome in done.stdout.splitlines()[-1]
    assert (done.returncode == 0) == (ci == "false")
