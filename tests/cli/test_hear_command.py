"""``voice-guide hear`` as a user types it."""

import json

import numpy as np
import pytest
import soundfile

from voice_guide.speech.narrator import open_narrator
from voice_guide.speech.voices import VoiceSettings

KEYS = ["file", "text", "intent", "confidence", "speech_end_s", "decided_at_s"]


@pytest.fixture
def clips(user):
    """Makes recordings at 44100 Hz of what a person says, in the user's folder."""
    person = open_narrator(VoiceSettings(voice="en-us", rate=150))
    for words in ("stop", "too hard", "more lotion"):
        sound = person.render(words).samples
        places = np.arange(0, len(sound), 16_000 / 44_100)
        louder = 0.5 * np.interp(places, np.arange(len(sound)), sound) / np.abs(sound).max()
        soundfile.write(user.folder / f"{words}.flac", louder, 44_100)
    person.close()
    soundfile.write(user.folder / "silence.wav", np.zeros(16_000), 16_000)
    return user


def test_many_recordings_in_one_process_as_json(clips):
    files = ["stop.flac", "too hard.flac", "more lotion.flac", "silence.wav"]
    done = clips.types("hear", *files, "--phrases", "stop, too hard, more lotion", "--json")
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [list(one) for one in told] == [KEYS] * 4
    assert [one["file"] for one in told] == files
    assert [one["intent"] for one in told] == ["stop", "too hard", "more lotion", None]
    assert told[3]["text"] == "" and told[3]["speech_end_s"] is None
    for one in told[:3]:
        assert 0 < one["speech_end_s"] < 3 and 0 < one["confidence"] <= 1
        assert 0 < one["decided_at_s"] < 4


def test_a_closed_grammar_hears_its_own_words_only(here, clips):
    open_, closed = (
        json.loads(here("hear", "too hard.flac", "--phrases", "stop", "--json", *more).stdout)
        for more in ((), ("--closed",))
    )
    assert open_["intent"] is None
    assert set(closed["text"].split()) <= {"stop"}


def test_what_a_script_listens_for(here, clips):
    (clips.folder / "own.yaml").write_text(
        "format: 1\ntitle: X\nsteps: [{name: A, say: x}]\n"
        "replies: [{hear: more lotion, say: Take your time.}]\n"
    )
    result = here("hear", "--script", "own.yaml", "more lotion.flac")
    assert result.exit_code == 0
    assert "more lotion.flac: more lotion -> more lotion" in result.stdout
    assert "speech ended at" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["none.wav"], 1, "There is no recording at none.wav"),
        (["short.yaml"], 1, "Give a WAV or FLAC file"),
        (["silence.wav", "--phrases", "stop, more blorpfx"], 1, "cannot hear them: blorpfx. Say"),
        (["silence.wav", "--phrases", "[a bit more"], 1, "look at its brackets"),
        (["silence.wav", "--phrases", " , "], 1, "there is none"),
        (["silence.wav", "--script", "none.yaml"], 1, "none.yaml"),
        (["silence.wav", "--phrases", "stop", "--script", "breathing"], 2, "not both"),
        (["silence.wav", "--model", "nowhere"], 3, "no speech model at nowhere"),
        (["silence.wav", "--phrases", "stop", "--model", "home"], 3, "not a Vosk speech model"),
        ([], 2, "FILES"),
    ],
)
def test_what_is_wrong_is_said_in_words(here, clips, arguments, code, message):
    result = here("hear", *arguments)
    assert result.exit_code == code, result.output
    assert message in result.stderr and result.stdout == ""


def test_one_file_that_cannot_be_read_does_not_keep_the_others_from_being_heard(here, clips):
    result = here("hear", "none.wav", "stop.flac", "--phrases", "stop,", "--json")
    assert result.exit_code == 1
    lost, heard = map(json.loads, result.stdout.splitlines())
    assert lost == {"file": "none.wav", "error": "There is no recording at none.wav."}
    assert heard["intent"] == "stop"
    assert "1 of 2 files" in result.stderr
