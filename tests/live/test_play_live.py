"""The main job, live: the real player, a real-time sound card, a person who says stop."""

from pathlib import Path

import numpy as np
import pytest
from playing import Play

pytestmark = pytest.mark.live

LONG = (
    "Lay both hands on the back, and feel how it rises and sinks with each breath. "
    "Then let them glide up slowly, on both sides of the spine, as far as the shoulders. "
    "Come down again along the sides, with almost no weight, and begin once more from below. "
    "Keep your own shoulders low, and breathe with the strokes, slowly in and slowly out. "
)
SCRIPT = f"""
format: 1
title: Live
scales: {{pressure: {{levels: [light, medium, firm], start: medium}}}}
steps:
  - name: Glide
    say: {LONG}
    for: 60 s
"""


@pytest.fixture
def script(tmp_path) -> Path:
    path = tmp_path / "live.yaml"
    path.write_text(SCRIPT)
    return path


def short(told: list[dict]) -> list[str]:
    """What was heard and told, in a form that fits a failure message."""
    keys = ("t", "event", "intent", "confidence", "speech_end_s", "name", "text")
    kept = [one for one in told if one["event"] not in ("listen", "time_passed", "captions")]
    return [" ".join(str(one[key])[:40] for key in keys if key in one) for one in kept]


def loudness(samples) -> float:
    return float(np.sqrt(np.mean(samples**2))) if len(samples) else 0.0


def test_stop_silences_the_loudspeaker_and_resume_brings_it_back(sound_card, script, voice):
    sound_card.let_microphone_hear_loudspeaker(gain_db=-14)
    with Play(sound_card, script) as play:
        play.wait_for("step", name="Glide", timeout=60)
        glide = sound_card.now()
        sound_card.loudspeaker.wait_until(glide + 2.5)
        sound_card.say(voice("stop")).wait(timeout=30)
        spoken = sound_card.now()
        play.wait_for("heard", intent="stop")
        play.wait_for("stopped")
        sound_card.loudspeaker.wait_until(spoken + 8.0)
        assert loudness(sound_card.loudspeaker.between(glide, glide + 2.5)) > 0.01
        quiet = sound_card.loudspeaker.between(spoken + 5.5, spoken + 8.0)
        assert loudness(quiet) == 0.0, "stopped, and what can be said has been told"
        sound_card.say(voice("resume")).wait(timeout=30)
        play.wait_for("resumed")
        again = play.wait_for("say", again=True)
        assert again["text"].startswith("Lay both hands on the back")
        resumed = sound_card.now()
        sound_card.loudspeaker.wait_until(resumed + 2.0)
        assert loudness(sound_card.loudspeaker.between(resumed, resumed + 2.0)) > 0.01
        heard = [one["intent"] for one in play.told if one["event"] == "heard"]
        understood = [intent for intent in heard if intent is not None]
        assert understood == ["stop", "resume"], f"the narrator heard itself: {short(play.told)}"


def test_a_live_session_ends_when_it_is_told_to(sound_card, script, voice):
    with Play(sound_card, script, "--headphones") as play:
        play.wait_for("step", name="Glide", timeout=60)
        sound_card.say(voice("too hard")).wait(timeout=30)
        play.wait_for("scale", name="pressure", level="light")
        sound_card.say(voice("stop")).wait(timeout=30)
        play.wait_for("stopped")
        sound_card.loudspeaker.wait_until(sound_card.now() + 3.0)
        sound_card.say(voice("end")).wait(timeout=30)
        assert play.wait_for("ended")["reason"] == "asked"
        assert play.process.wait(timeout=20) == 0


def test_a_player_that_is_told_to_terminate_leaves_quietly(sound_card, script):
    with Play(sound_card, script) as play:
        play.wait_for("say", timeout=60)
        play.process.terminate()
        assert play.process.wait(timeout=20) == 130
        assert "Traceback" not in play.process.stderr.read()
