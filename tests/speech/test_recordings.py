from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr

from tests.speech.listening import GRAMMAR, SHARED_SPEECH, pause, say
from voice_guide.audio.format import RATE, Samples
from voice_guide.errors import InputError
from voice_guide.language.pack import load_language
from voice_guide.speech.grammar import Grammar
from voice_guide.speech.model import SpeechModel, open_model
from voice_guide.speech.recordings import hear_file, read_recording


@pytest.fixture(scope="module")
def model() -> SpeechModel:
    return open_model()


def write(path: Path, sound: Samples, rate: int = RATE, channels: int = 1) -> Path:
    at_rate = sound if rate == RATE else soxr.resample(sound, RATE, rate)
    soundfile.write(path, np.repeat(at_rate[:, np.newaxis], channels, axis=1), rate)
    return path


@pytest.mark.parametrize(
    ("name", "rate", "channels"),
    [("a.wav", 16_000, 1), ("b.flac", 48_000, 2), ("c.wav", 44_100, 2), ("d.wav", 8_000, 1)],
)
def test_any_rate_and_channels_are_read(
    tmp_path: Path, model: SpeechModel, name: str, rate: int, channels: int
) -> None:
    voice = np.concatenate([pause(0.3), say("too hard"), pause(0.3)])
    told = hear_file(write(tmp_path / name, voice, rate, channels), model, GRAMMAR)
    assert (told.text, told.intent) == ("too hard", "softer")
    assert told.speech_end_s == pytest.approx(len(voice) / RATE - 0.3, abs=0.15)
    assert told.decided_at_s is not None
    assert told.decided_at_s > told.speech_end_s


def test_a_clip_cut_to_the_word_is_heard(tmp_path: Path, model: SpeechModel) -> None:
    told = hear_file(write(tmp_path / "stop.wav", say("stop")), model, GRAMMAR)
    assert told.intent == "stop"


def test_without_voice_there_is_nothing(tmp_path: Path, model: SpeechModel) -> None:
    told = hear_file(write(tmp_path / "quiet.wav", pause(2)), model, GRAMMAR)
    assert (told.text, told.intent, told.confidence) == ("", None, 0)
    assert told.speech_end_s is None
    assert told.decided_at_s is None


def test_the_command_is_told_and_not_the_talk_before_it(tmp_path: Path, model: SpeechModel) -> None:
    sound = np.concatenate([say("the weather was lovely yesterday"), pause(1), say("more lotion")])
    assert hear_file(write(tmp_path / "two.wav", sound), model, GRAMMAR).intent == "more lotion"


@pytest.mark.parametrize("content", [b"", b"RIFF", b"no sound at all" * 100])
def test_what_is_no_recording_is_an_error_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.wav"
    path.write_bytes(content)
    with pytest.raises(InputError, match="Give a WAV or FLAC file") as caught:
        read_recording(path)
    assert str(path) in str(caught.value)


def test_missing_empty_and_damaged_recordings_are_errors_in_words(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no recording at"):
        read_recording(tmp_path / "none.wav")
    with pytest.raises(InputError, match="is a folder"):
        read_recording(tmp_path)
    with pytest.raises(InputError, match="is empty"):
        read_recording(write(tmp_path / "empty.wav", pause(0)))
    damaged = tmp_path / "nan.wav"
    soundfile.write(damaged, np.array([0.1, np.nan, 0.2]), RATE, subtype="FLOAT")
    with pytest.raises(InputError, match="is damaged"):
        read_recording(damaged)


def test_strangers_who_say_stop_are_heard(model: SpeechModel) -> None:
    """Real people, ordinary microphones, everything that can be said at any time as grammar."""
    clips = sorted((SHARED_SPEECH / "commands" / "stop").glob("*.flac"))[::7]
    if not clips:
        pytest.skip("no ../shared/speech beside the checkout")
    universals = Grammar(load_language("en").phrases)
    right = [hear_file(clip, model, universals).intent == "stop" for clip in clips]
    assert np.mean(right) > 0.85


def test_noises_are_no_commands(model: SpeechModel) -> None:
    clips = sorted((SHARED_SPEECH / "commands" / "silence").glob("*.flac"))[::6]
    if not clips:
        pytest.skip("no ../shared/speech beside the checkout")
    universals = Grammar(load_language("en").phrases)
    wrong = [c.name for c in clips if hear_file(c, model, universals).intent is not None]
    assert len(wrong) <= 1
