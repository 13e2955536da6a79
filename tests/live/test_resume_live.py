"""Live: a player that is killed, one that goes on, and what both open."""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
import soundfile
from sound_card import SoundCard

pytestmark = pytest.mark.live

SCRIPT = """
format: 1
title: Live
steps:
  - {name: The upper back, say: Lay both hands on the upper back., for: 60 s}
"""


@pytest.fixture
def script(tmp_path) -> Path:
    path = tmp_path / "live.yaml"
    path.write_text(SCRIPT)
    return path


class Player:
    """A running ``voice-guide`` on a virtual sound card, in a home of its own."""

    def __init__(self, card: SoundCard, home: Path, *arguments: str, before=()) -> None:
        self.process = subprocess.Popen(
            [*before, sys.executable, "-m", "voice_guide", *arguments, "--json", "--headphones"],
            env=card.environment | {"XDG_DATA_HOME": str(home)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

        self.told: list[str] = []

    def until(self, event: str, **fields) -> dict:
        for line in self.process.stdout:
            told = json.loads(line)
            self.told.append(told["event"])
            if told["event"] == event and fields.items() <= told.items():
                return told
        raise AssertionError(f"the player ended before {event} {fields}")

    def end(self, number: int) -> None:
        self.process.send_signal(number)
        whole = [line for line in self.process.stdout if line.endswith("\n")]
        self.told += [json.loads(line)["event"] for line in whole]
        self.process.stdout.close()
        self.process.wait(timeout=20)


KINDS = {"Heard": "heard", "NarrationFinished": "narrated", "TimerFired": "timer_fired"}
"""Events by their names in the journal, and in what the player tells."""


def check_nothing_lost(home: Path, player: Player, before: Counter[str] | None = None) -> Counter:
    """Look whether all that a killed player has told is in the journal. Return it."""
    told = (before or Counter()) + Counter(player.told)
    connection = sqlite3.connect(home / "voice-guide" / "journal.db")
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    rows = connection.execute("SELECT number, kind FROM events ORDER BY number").fetchall()
    connection.close()
    assert [number for number, _ in rows] == list(range(1, len(rows) + 1))
    kept = Counter(kind for _, kind in rows)
    lost = {name for kind, name in KINDS.items() if kept[kind] < told[name]}
    assert lost == set() and kept["NarrationFinished"] > 0
    return told


def test_a_player_that_is_killed_is_gone_on_with(sound_card, script, tmp_path):
    player = Player(sound_card, tmp_path / "home", "play", str(script), "--record")
    recorded = Path(player.until("recording")["path"])
    chance = random.Random(5)
    assert player.until("noticed")["notice"] == "recording"
    player.until("step", name="The upper back")
    player.until("narrated")
    time.sleep(1)
    player.end(signal.SIGKILL)
    assert soundfile.info(recorded).duration > 4.0, "what was recorded is not there"
    told = check_nothing_lost(tmp_path / "home", player)
    for command in (("play", str(script)), ("resume", "live"), ("resume",), ("play", str(script))):
        player = Player(sound_card, tmp_path / "home", *command)
        began = player.until("continued")
        assert began["t"] > 3.0
        said = player.until("say")["text"]
        assert said.startswith("Last time we stopped at The upper back,")
        time.sleep(chance.uniform(0.0, 3.0))
        player.end(signal.SIGKILL)
        told = check_nothing_lost(tmp_path / "home", player, told)


def test_a_second_player_is_sent_away(sound_card, script, tmp_path):
    player = Player(sound_card, tmp_path / "home", "play", str(script))
    player.until("say")
    second = Player(sound_card, tmp_path / "home", "play", str(script))
    assert second.process.wait(timeout=30) == 3
    player.end(signal.SIGTERM)


@pytest.mark.skipif(shutil.which("strace") is None, reason="not installed: strace")
def test_play_opens_no_network_socket(sound_card, script, tmp_path):
    trace, began = tmp_path / "trace", time.monotonic()
    strace = ("strace", "-f", "--seccomp-bpf", "-e", "trace=socket", "-o", str(trace))
    player = Player(sound_card, tmp_path / "home", "play", str(script), before=strace)
    player.until("step")
    player.until("narrated")
    time.sleep(max(0.0, began + 14 - time.monotonic()))  # onnxruntime would wait ten seconds
    calls = [line for line in trace.read_text().splitlines() if "socket(" in line]
    assert calls, "the sound server was not reached, so nothing was watched"
    assert all("socket(AF_UNIX" in call for call in calls)
    children = Path(f"/proc/{player.process.pid}/task/{player.process.pid}/children").read_text()
    os.kill(int(children.split()[0]), signal.SIGTERM)
    player.process.stdout.close()
    player.process.wait(timeout=20)
