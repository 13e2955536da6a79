"""``voice-guide rehearse`` as a user types it."""

import json
import signal
import subprocess

import numpy as np
import pytest
import soundfile

FIELDS = {
    "say": {"text"},
    "heard": {"intent", "text", "confidence", "speech_end_s"},
    "scale": {"name", "level"},
    "step": {"name"},
    "question": {"text"},
    "stopped": set(),
    "resumed": set(),
    "ended": {"reason"},
}
"""What issue and README promise of the JSON lines, besides ``t``."""


def test_every_json_line_holds_what_is_promised(user):
    done = user.types(
        *("rehearse", "short.yaml", "--json", "--seed", "3"),
        *("--say", "after 'glide up' + 1s: too hard", "--say", "after 'glide up' + 3s: stop"),
        *("--say", "after 'Stopped' + 2s: resume"),
    )
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    for event, fields in FIELDS.items():
        lines = [one for one in told if one["event"] == event]
        assert lines, f"there is no {event}"
        assert all(fields <= one.keys() for one in lines)
    times = [one["t"] for one in told]
    assert times == sorted(times) and all(isinstance(t, float) for t in times)
    heard = [one for one in told if one["event"] == "heard"]
    assert [one["intent"] for one in heard][:3] == ["softer", "stop", "resume"]
    assert all(one["speech_end_s"] <= one["t"] and 0 <= one["confidence"] <= 1 for one in heard)
    loudspeaker, microphone = soundfile.read(user.folder / "rehearsal.wav")[0].T
    assert np.abs(loudspeaker).max() > 0.05 and np.abs(microphone).max() > 0.01


def test_the_person_can_be_recordings_and_the_noise_too(user):
    hiss = 0.1 * np.random.default_rng(1).standard_normal(24_000)
    soundfile.write(user.folder / "hiss.flac", hiss, 24_000)
    done = user.types(
        *("rehearse", "short.yaml", "--noise", "hiss.flac", "--noise-level", "-45"),
        *("--wav", "1s: hiss.flac", "--out", "room.wav", "--level", "-30", "--seed", "0"),
    )
    assert done.returncode == 0 and "room.wav" in done.stderr
    sound, rate = soundfile.read(user.folder / "room.wav")
    assert rate == 16_000 and sound.shape[1] == 2
    assert np.sqrt(np.mean(sound[: rate // 2, 1] ** 2)) > 0.004, "the noise is in the room"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["none.yaml"], 1, "Did you mean"),
        (["no_such_name"], 1, "back_massage, back_massage_short"),
        (["short.yaml", "--wav", "20s: none.wav"], 1, "There is no recording at none.wav"),
        (["short.yaml", "--wav", "20s: short.yaml"], 1, "Give a WAV or FLAC file"),
        (["short.yaml", "--noise", "none.wav"], 1, "There is no recording at none.wav"),
        (["short.yaml", "--noise", "pub"], 1, "--noise pub: There is no recording at pub"),
        (["short.yaml", "--out", "/proc/a.wav"], 1, "cannot be written: the system says"),
        (["short.yaml", "--say", "soon: stop"], 1, "Write it as"),
        (["short.yaml", "--say", "20s: ..."], 1, "no sound"),
        (["short.yaml", "--person", "none.yaml"], 1, "none.yaml"),
        (["short.yaml", "--rate", "9"], 1, "80 to 450"),
        (["short.yaml", "--rate", "fast"], 2, "--rate"),
        (["short.yaml", "--volume", "nan"], 1, "from 0 to 1"),
        (["short.yaml", "--voice", "en-gbx"], 1, "Near it"),
        (["short.yaml", "--person-voice", "en-gbx"], 1, "Near it"),
        (["short.yaml", "--level", "nan"], 2, "dB full scale"),
        (["short.yaml", "--level", "1"], 2, "dB full scale"),
        (["short.yaml", "--noise-level=-inf"], 2, "dB full scale"),
        (["short.yaml", "--seed", "-1"], 2, "--seed"),
        (["short.yaml", "--out", "nowhere/a.wav"], 1, "no folder nowhere"),
        (["short.yaml", "--out", "home"], 1, "folder, not a file"),
        (["short.yaml", "--model", "nowhere"], 3, "no speech model at nowhere"),
        (["short.yaml", "--model", "home"], 3, "not a Vosk speech model"),
        (["klingon.yaml"], 1, "klingon.yaml:2:11"),
        (["broken.yaml"], 1, "broken.yaml:3:1"),
    ],
)
def test_what_is_wrong_is_said_before_the_session_begins(here, arguments, code, message):
    result = here("rehearse", *arguments)
    assert result.exit_code == code, result.output
    assert message in result.stderr
    assert result.stdout == "", "nothing was played"


def test_a_cue_whose_time_never_comes_is_told(user):
    done = user.types(
        *("rehearse", "short.yaml", "--no-recording", "--say", "after 'the moon' + 2s: stop")
    )
    assert "'stop' never came" in done.stderr and "after 'the moon' + 2 s" in done.stderr
    assert not (user.folder / "rehearsal.wav").exists()


def test_a_reader_that_goes_away_is_no_error(user):
    process = user.start("rehearse", "back_massage", "--json", "--no-recording")
    assert json.loads(process.stdout.readline())["event"] == "began"
    process.stdout.close()
    assert process.wait(timeout=60) == 0
    assert process.stderr.read() == ""


def test_ctrl_c_ends_it_without_a_word(user):
    process = user.start("rehearse", "back_massage", "--json", "--no-recording")
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err and "Aborted" not in err


def test_a_rehearsal_in_text_needs_no_sound_and_hears_only_what_can_be_said(here, user):
    done = here(
        *("rehearse", "--text", "short.yaml", "--json", "--model", "nowhere"),
        *("--say", "after 'glide up': too hard", "--say", "after 'Now light': strange bananas"),
        *("--say", "after 'Good, or strange': strange"),
    )
    assert done.exit_code == 0, done.output
    told = [json.loads(line) for line in done.stdout.splitlines()]
    heard = [(one["text"], one["intent"]) for one in told if one["event"] == "heard"]
    assert heard == [("too hard", "softer"), ("strange bananas", None), ("strange", "strange")]
    for one in told:
        assert FIELDS.get(one["event"], set()) <= one.keys()
    assert told[-1]["event"] == "ended" and "in text" in done.stderr
    assert not list(user.folder.glob("*.wav"))


def test_somebody_may_type_what_the_person_says(user):
    typed = "\n! stop\nresume\nready\nend the session\nyes\n"
    done = subprocess.run(
        user.command("rehearse", "--typed", "breathing"),
        input=typed,
        env=user.environment,
        cwd=user.folder,
        timeout=60,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "heard  stop" in done.stdout and "[stopped]" in done.stdout
    assert "Step 2 of 5" in done.stdout and done.stdout.rstrip().endswith("Ended: asked")


def test_a_recording_cannot_be_heard_in_text(user):
    message = user.errs("rehearse", "--text", "short.yaml", "--wav", "3s: clip.wav", code=1)
    assert "clip.wav cannot be heard in text" in message
