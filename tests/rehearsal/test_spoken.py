"""Whole sessions through real speech: synthetic people, a room, the canceller and Vosk."""

import json
import signal
import subprocess
import sys

import numpy as np
import pytest
import soundfile
from rehearsing import first, heard, rehearse, said

STOPPED = ["--say", "during 'Circles on the lower back': stop", "--only-cues"]
BEGINNING = [
    *("--say", "after 'have it all': ready"),
    *("--say", "after 'red, broken': no"),
    *("--say", "after 'a fever': no"),
    *("--say", "after 'a blood clot': no"),
    *("--say", "after 'any numbness': no"),
    *("--say", "after 'weak bones': no"),
    *("--say", "after 'a painful spot': no"),
    *("--say", "after 'comfortable': ready"),
    *("--say", "after 'ready to begin': ready"),
]


@pytest.fixture(scope="module", params=["en-us+m3", "en-us+f5"])
def massage(request, tmp_path_factory):
    """A back massage with a person who needs a lot of attention, in two voices."""
    folder = tmp_path_factory.mktemp("massage")
    told = rehearse(
        "back_massage",
        *BEGINNING,
        *("--say", "after 'Rest one hand' + 2s: too hard"),
        *("--say", "after 'Rest one hand' + 12s: more lotion"),
        *("--say", "after 'Warm it between': ready"),
        *("--say", "after 'too soft, or just right' + 1s: just right"),
        *("--say", "during 'Now make the strokes longer' + 2s: pause"),
        *("--say", "after 'Paused' + 4s: resume"),
        *STOPPED,
        *("--person-voice", request.param),
        folder=folder,
    )
    return told, folder / "rehearsal.wav"


def test_everything_that_was_said_is_heard_in_order(massage):
    told, _ = massage
    wanted = ["ready", *["no"] * 6, "ready", "ready", "softer", "more lotion", "ready"]
    assert heard(told) == [*wanted, "just right", "pause", "resume", "stop"]


def test_later_narration_has_the_new_pressure(massage):
    told, _ = massage
    turned = first(told, "scale", name="pressure", level="very light")
    later = [one["text"] for one in told if one["event"] == "say" and one["t"] > turned["t"]]
    assert any("With very light pressure, glide from the lower back" in text for text in later)
    assert not any("With light pressure" in text for text in later)


def test_the_session_goes_on_where_it_was_after_a_hold_and_a_pause(massage):
    told, _ = massage
    order = [
        one["event"] for one in told if one["event"] in ("hold", "released", "paused", "resumed")
    ]
    assert order == ["hold", "released", "paused", "resumed"]
    longer = [text for text in said(told) if text.startswith("Now make the strokes longer")]
    assert len(longer) == 2, "what the pause cut off is said again"


def test_stop_over_the_narrator_silences_the_loudspeaker(massage):
    told, recording = massage
    stop = first(told, "heard", intent="stop")
    stopped = first(told, "stopped")
    assert stopped["t"] == stop["t"]
    answer = next(one for one in told if one["event"] == "say" and one["t"] >= stop["t"])
    assert answer["text"].startswith("Stopped")
    sound, rate = soundfile.read(recording, dtype="float32")
    loudspeaker, microphone = sound.T
    at = round(stop["t"] * rate)
    assert np.abs(loudspeaker[at - rate // 2 : at]).max() > 0.05, "it was speaking before"
    assert np.abs(microphone[at - rate : at]).max() > 0.01


def test_a_stopped_session_with_nobody_there_ends(massage):
    told, _ = massage
    assert told[-1]["event"] == "ended" and told[-1]["reason"] == "silence"


def test_the_same_rehearsal_gives_the_same_events():
    said_when = ["during 'Breathe in through': stop", "30s: resume", "45s: stop", "52s: end"]
    arguments = ["breathing", *(part for cue in said_when for part in ("--say", cue))]
    told = rehearse(*arguments, "--no-recording")
    assert told == rehearse(*arguments, "--no-recording")
    assert heard(told) == ["ready", "stop", "resume", "stop", "end"]
    assert told[-1]["event"] == "ended" and told[-1]["reason"] == "asked"


def test_a_session_that_nobody_stops_comes_to_its_end(tmp_path):
    steps = [{"name": "Glide", "say": "Glide along the back.", "for": "20 s"}]
    script = {"format": 1, "title": "Glide", "steps": steps}
    (tmp_path / "glide.yaml").write_text(json.dumps(script))
    told = rehearse("glide.yaml", "--say", "during 'Glide along': softer", folder=tmp_path)
    assert told[-1]["event"] == "ended" and told[-1]["reason"] == "finished"


@pytest.mark.parametrize("request_to_end", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_rehearsal_leaves_what_was_played_so_far(tmp_path, request_to_end):
    command = [sys.executable, "-m", "voice_guide", "rehearse", "breathing", "--json"]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as rehearsed:
        while json.loads(rehearsed.stdout.readline())["event"] != "narrated":
            pass
        rehearsed.send_signal(request_to_end)
        _, told = rehearsed.communicate(timeout=60)
    assert rehearsed.returncode == 130
    assert "Wrote what was played so far to rehearsal.wav" in told and "Traceback" not in told
    sound, rate = soundfile.read(tmp_path / "rehearsal.wav")
    assert len(sound) > rate


def test_the_narrator_never_answers_itself(tmp_path):
    (tmp_path / "nobody.yaml").write_text("[]")
    says = [
        'Say "too hard" or "softer" at any time. Say "stop", and I am silent at once.',
        "If it hurts, stop. For more time say more time, for the next step say next.",
        'Is it too warm, or just right? No hurry. You can pause, go back, or say "repeat that".',
    ]
    steps = [{"name": f"Part {n}", "say": say, "for": "15 s"} for n, say in enumerate(says)]
    script = {"format": 1, "title": "Nobody there", "steps": steps}
    (tmp_path / "alone.yaml").write_text(json.dumps(script))
    told = rehearse("alone.yaml", "--person", "nobody.yaml", "--only-cues", folder=tmp_path)
    assert [intent for intent in heard(told) if intent is not None] == []
    assert len([one for one in told if one["event"] == "say"]) >= len(says)
    assert told[-1] == {"t": told[-1]["t"], "event": "ended", "reason": "finished"}
