"""Live: the whole player is stopped for a while, as by Ctrl-Z or in a machine that is frozen."""

import os
import signal
import sqlite3
import time
from pathlib import Path

import numpy as np
import pytest
from playing import Play
from test_play_live import SCRIPT

pytestmark = pytest.mark.live


def everyone(play: Play) -> list[int]:
    """Return the process numbers of the player and of all that it has started."""
    first = play.process.pid
    children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
    assert children, "the ears have a process of their own"
    return [first, *map(int, children)]


@pytest.mark.parametrize("seconds", [1.5, 8.0])
def test_a_player_that_was_stopped_hears_stop_at_once_and_loses_nothing(
    sound_card, voice, tmp_path, seconds
):
    script = tmp_path / "live.yaml"
    script.write_text(SCRIPT)
    sound_card.let_the_room_hum()
    with Play(sound_card, script, "--headphones") as play:
        began = play.wait_for("step", name="Glide", timeout=60)
        sound_card.loudspeaker.wait_until(sound_card.now() + 2.0)
        for process in everyone(play):
            os.kill(process, signal.SIGSTOP)
        time.sleep(seconds)
        for process in everyone(play):
            os.kill(process, signal.SIGCONT)
        if seconds > 5.0:
            assert play.wait_for("noticed", notice="stood still")["lasted"] > 7.0
            play.wait_for("say", text="Paused. Say resume to go on.")
        else:
            again = sound_card.now() + 3.0
            sound_card.loudspeaker.wait_until(again + 2.0)
            assert np.abs(sound_card.loudspeaker.between(again, again + 2.0)).max() > 0.01
        sound_card.say(voice("stop")).wait(timeout=30)
        spoken = time.monotonic()
        stopped = play.wait_for("stopped")
        assert stopped["seen"] - spoken < 2.0, "what was heard meanwhile came first"
        if seconds > 5.0:
            passed = stopped["seen"] - began["seen"]
            assert stopped["t"] - began["t"] < passed - 7.0, "the standstill counted as time"
        kept = sqlite3.connect(next(Path(sound_card.environment["HOME"]).rglob("journal.db")))
        kinds = [kind for (kind,) in kept.execute("SELECT kind FROM events ORDER BY number")]
        assert "Lost" not in kinds, "the devices work"
        heard = [one for one in play.told if one["event"] == "heard"]
        assert kinds.count("Heard") == len(heard)
