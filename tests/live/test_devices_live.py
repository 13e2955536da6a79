"""Live: microphones and loudspeakers that fail while a session is played, and come back."""

import os
import signal
from pathlib import Path

import numpy as np
import pytest
from playing import Play

pytestmark = pytest.mark.live

SENTENCE = "Let both hands glide up slowly, on both sides of the spine, as far as the shoulders. "
SCRIPT = f"""
format: 1
title: Live
steps:
  - name: Glide
    say: {SENTENCE * 8}
    for: 120 s
"""


@pytest.fixture
def script(tmp_path) -> Path:
    path = tmp_path / "live.yaml"
    path.write_text(SCRIPT)
    return path


def sounds(card, start: float, end: float) -> bool:
    card.loudspeaker.wait_until(end)
    return bool(np.abs(card.loudspeaker.between(start, end)).max() > 0.01)


def test_a_microphone_that_stops_is_said_and_the_session_goes_on_until_it_is_back(
    sound_card, script, voice
):
    sound_card.let_the_room_hum()
    with Play(sound_card, script) as play:
        play.wait_for("step", name="Glide", timeout=60)
        sound_card.stop_microphone(True)
        play.wait_for("lost", part="microphone", timeout=30)
        told = sound_card.now()
        assert sounds(sound_card, told + 6.0, told + 10.0), "it goes on without a microphone"
        sound_card.stop_microphone(False)
        play.wait_for("back", part="microphone", timeout=30)
        back = sound_card.now()
        sound_card.loudspeaker.wait_until(back + 3.0)
        sound_card.say(voice("stop")).wait(timeout=30)
        play.wait_for("stopped")
        said = [one["text"] for one in play.told if one["event"] == "say"]
        assert sum("cannot hear you, because" in text for text in said) == 1
        assert sum("Now I can hear you" in text for text in said) == 1
        assert not any("loudspeaker is gone" in text for text in said), "it plays all the while"
        assert not any(one["event"] in ("paused", "resumed") for one in play.told)


def test_a_session_begins_without_a_microphone_and_hears_when_it_comes(sound_card, script, voice):
    sound_card.let_the_room_hum()
    sound_card.stop_microphone(True)
    with Play(sound_card, script) as play:
        play.wait_for("lost", part="microphone", timeout=60)
        play.wait_for("step", name="Glide", timeout=60)
        told = sound_card.now()
        assert sounds(sound_card, told + 6.0, told + 10.0), "it goes on without a microphone"
        sound_card.stop_microphone(False)
        play.wait_for("back", part="microphone", timeout=30)
        sound_card.loudspeaker.wait_until(sound_card.now() + 3.0)
        sound_card.say(voice("stop")).wait(timeout=30)
        play.wait_for("stopped")
        said = [one["text"] for one in play.told if one["event"] == "say"]
        assert sum("cannot hear you, because" in text for text in said) == 1


def test_without_a_loudspeaker_a_session_does_not_begin_and_says_what_to_do(sound_card, script):
    sound_card.environment["PULSE_SINK"] = "unplugged"
    with Play(sound_card, script) as play:
        assert play.process.wait(timeout=90) == 3
        told = play.process.stderr.read()
    assert "Cannot open the loudspeaker" in told and "voice-guide devices" in told
    assert "Traceback" not in told and "microphone" not in told


def test_a_loudspeaker_that_stops_pauses_the_session_until_it_is_back(sound_card, script):
    sound_card.let_the_room_hum()
    with Play(sound_card, script) as play:
        play.wait_for("step", name="Glide", timeout=60)
        sound_card.stop_loudspeaker(True)
        play.wait_for("lost", part="loudspeaker", timeout=30)
        play.wait_for("paused", timeout=5)
        sound_card.stop_loudspeaker(False)
        play.wait_for("back", part="loudspeaker", timeout=30)
        play.wait_for("resumed", timeout=5)
        play.wait_for("say", again=True)
        back = sound_card.now()
        assert sounds(sound_card, back, back + 5.0)


def test_a_sound_server_that_hangs_does_not_end_the_session(sound_card, script):
    sound_card.let_the_room_hum()
    with Play(sound_card, script) as play:
        play.wait_for("step", name="Glide", timeout=60)
        sound_card.hang(True)
        play.wait_for("paused", timeout=30)
        play.wait_for("time_passed", timeout=30)
        sound_card.hang(False)
        play.wait_for("resumed", timeout=30)
        assert play.process.poll() is None


def test_a_sound_server_that_dies_pauses_in_plain_words(sound_card, script):
    sound_card.let_the_room_hum()
    with Play(sound_card, script) as play:
        play.wait_for("step", name="Glide", timeout=60)
        sound_card.die()
        play.wait_for("lost", part="loudspeaker", timeout=30)
        play.wait_for("paused", timeout=5)
        play.wait_for("time_passed", timeout=30)
        said = [one["text"] for one in play.told if one["event"] == "say"]
        assert not any("go on by time" in text for text in said)
        play.process.terminate()
        assert play.process.stderr.read() == "Broken off. Type 'voice-guide resume' to go on.\n"


def test_a_recogniser_that_dies_pauses_the_session_until_it_hears_again(sound_card, script, voice):
    sound_card.let_the_room_hum()
    with Play(sound_card, script) as play:
        play.wait_for("step", name="Glide", timeout=60)
        player = play.process.pid
        children = Path(f"/proc/{player}/task/{player}/children").read_text().split()
        lines = {child: Path(f"/proc/{child}/cmdline").read_bytes() for child in children}
        [ears] = [int(child) for child, line in lines.items() if b"spawn_main" in line]
        os.kill(ears, signal.SIGKILL)
        play.wait_for("lost", part="ears")
        play.wait_for("paused")
        play.wait_for("back", part="ears", timeout=60)
        play.wait_for("resumed")
        sound_card.loudspeaker.wait_until(sound_card.now() + 3.0)
        sound_card.say(voice("stop")).wait(timeout=30)
        play.wait_for("stopped")


def test_a_muted_microphone_is_said_within_five_seconds_and_so_is_its_end(sound_card, script):
    sound_card.let_the_room_hum()
    sound_card.mute_microphone(True)
    with Play(sound_card, script) as play:
        began = play.wait_for("began", timeout=60)
        silent = play.wait_for("noticed", notice="microphone silent")
        assert silent["t"] - began["t"] < 5.0
        play.wait_for("say", text="I hear nothing at all from the microphone. Perhaps it is muted.")
        sound_card.mute_microphone(False)
        play.wait_for("noticed", notice="microphone heard")
