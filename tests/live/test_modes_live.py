"""Live: listening only after a key, with a real terminal."""

import os
import pty
from pathlib import Path

import pytest
from playing import Play

pytestmark = pytest.mark.live

SCRIPT = """
format: 1
title: Live
steps:
  - {name: Glide, say: Let both hands glide up slowly., for: 90 s}
"""


@pytest.fixture
def script(tmp_path) -> Path:
    path = tmp_path / "live.yaml"
    path.write_text(SCRIPT)
    return path


@pytest.fixture
def terminal():
    """A terminal: what is typed into the first is read from the second."""
    keyboard, screen = pty.openpty()
    yield keyboard, screen
    os.close(keyboard)
    os.close(screen)


def test_on_a_key_words_count_after_tab_only_and_space_stops_at_any_time(
    sound_card, script, voice, terminal
):
    keyboard, screen = terminal
    sound_card.let_the_room_hum()
    with Play(sound_card, script, "--mode", "push", stdin=screen) as play:
        play.wait_for("step", name="Glide", timeout=60)
        sound_card.say(voice("pause")).wait(timeout=30)
        sound_card.loudspeaker.wait_until(sound_card.now() + 3.0)
        assert not [one for one in play.told if one["event"] in ("heard", "speech_began")]
        os.write(keyboard, b"\t")
        sound_card.say(voice("pause")).wait(timeout=30)
        play.wait_for("paused")
        os.write(keyboard, b" ")
        play.wait_for("resumed")
        os.write(keyboard, b"\x1b")
        play.wait_for("stopped")
