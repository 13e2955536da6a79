"""Live: the room is measured, in the first sentences of a session and by ``doctor --room``."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from playing import Play

pytestmark = pytest.mark.live

SCRIPT = """
format: 1
title: Live
steps:
  - {name: Glide, say: Let both hands glide up slowly on both sides of the spine., for: 60 s}
"""


@pytest.fixture
def script(tmp_path) -> Path:
    path = tmp_path / "live.yaml"
    path.write_text(SCRIPT)
    return path


@pytest.mark.parametrize("heard", [True, False])
def test_the_echo_is_measured_in_the_first_sentences(sound_card, script, heard):
    sound_card.let_the_room_hum()
    if heard:
        sound_card.let_microphone_hear_loudspeaker(gain_db=-14)
    with Play(sound_card, script) as play:
        room = play.wait_for("room_measured", timeout=60)
        assert room["echo"] is heard
        assert room["t"] < 10.0
        if heard:
            assert room["attenuation_db"] == pytest.approx(-14, abs=3)
            assert 0.02 < room["delay_s"] < 0.4


def test_doctor_listens_to_the_room_and_to_a_word(sound_card, voice):
    sound_card.let_the_room_hum()
    sound_card.let_microphone_hear_loudspeaker(gain_db=-14)
    stop = voice("stop")
    doctor = subprocess.Popen(
        [sys.executable, "-m", "voice_guide", "doctor", "--room", "--json"],
        env=sound_card.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    quiet_since = sound_card.loudspeaker.wait_for_sound(0.0, timeout=60)
    while sound_card.now() - quiet_since < 1.5:  # the narrator has asked, and waits
        sound_card.loudspeaker.wait_until(sound_card.now())
        quiet_since = sound_card.loudspeaker.last_sound() or quiet_since
    sound_card.say(stop).wait(timeout=30)
    told = {check["name"]: check for check in map(json.loads, doctor.stdout)}
    doctor.wait(timeout=30)
    assert told["your voice"]["fine"], told
    assert told["echo"]["fine"] and "at -1" in told["echo"]["told"]
    assert told["noise"]["fine"]


def test_doctor_tells_who_speaks_before_being_asked(sound_card, voice):
    sound_card.let_the_room_hum()
    sound_card.let_microphone_hear_loudspeaker(gain_db=-14)
    stop = voice("stop")
    doctor = subprocess.Popen(
        [sys.executable, "-m", "voice_guide", "doctor", "--room"],
        env=sound_card.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    spoke = sound_card.loudspeaker.wait_for_sound(0.0, timeout=60)
    for seconds in (6.0, 8.0):
        sound_card.loudspeaker.wait_until(spoke + seconds)
        sound_card.say(stop).wait(timeout=30)
    told, shown = doctor.communicate(timeout=60)
    assert doctor.returncode == 3
    assert shown.splitlines()[-1] == 'Now say "stop".'
    assert 'I heard "stop" before I had asked for it' in told
    assert "silent until you are asked" in told and "enhancements" not in told
