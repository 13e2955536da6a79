"""``voice-guide devices`` on the virtual sound card, with a person who speaks."""

import json
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.live


@pytest.fixture
def run(sound_card):
    def start(*arguments: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "-m", "voice_guide", "devices", *arguments],
            env=sound_card.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    return start


def test_it_names_the_microphone_that_heard_somebody(sound_card, run, voice):
    sound_card.let_the_room_hum()
    listing = run()
    for line in listing.stdout:
        if line.startswith("Say something"):
            break
    time.sleep(2.0)
    sound_card.say(voice("too hard")).wait(timeout=30)
    told = listing.communicate(timeout=60)[0].splitlines()
    assert listing.returncode == 0
    assert "elsewhere: nothing but silence. Perhaps it is muted." in told
    assert any(line.startswith("Heard you: default, at -") for line in told)
    assert told[-1] == 'To use it always, type: voice-guide devices --use "default"'
    levels = [line for line in told if line.startswith(("1 s  ", "4 s  "))]
    assert {line.split(":")[0][5:] for line in levels} == {"default", "pulse", "elsewhere"}


def test_json_has_a_level_for_each_and_says_that_nobody_was_heard(sound_card, run):
    sound_card.let_the_room_hum(-50)
    told = [
        json.loads(line)
        for line in run("--json", "--seconds", "2").communicate()[0].split("\n")[:-1]
    ]
    assert told[-1] == {"event": "heard_by", "name": None}
    levels = [one for one in told if one.get("event") == "level" and one["name"] == "default"]
    assert len(levels) >= 20
    assert all(-53 < one["level_db"] < -47 for one in levels[-10:])


def test_a_device_is_remembered_by_name_and_forgotten(run):
    assert run("--use", "elsewhere").wait(timeout=30) == 0
    listed = run("--list").communicate()[0]
    assert "elsewhere: microphone (chosen), loudspeaker (chosen)" in listed
    assert run("--use", "nowhere").wait(timeout=30) == 3
    assert run("--forget").wait(timeout=30) == 0
    assert "(chosen)" not in run("--list").communicate()[0]
