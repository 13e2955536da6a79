import tempfile
from pathlib import Path

import numpy as np
import pytest

from voice_guide.errors import InputError, MachineError
from voice_guide.speech.espeak import EspeakRenderer
from voice_guide.speech.file_voice import FileRenderer
from voice_guide.speech.voice_settings import VoiceSettings


@pytest.fixture(scope="module")
def files() -> FileRenderer:
    return FileRenderer("espeak")


LONG = "Rest a hand on each side of the spine, and glide up to the shoulders. " * 8


def test_speech_by_file_is_like_speech_in_memory(files: FileRenderer) -> None:
    text = "Glide up to the shoulders. Then rest."
    by_file = files.render(text, VoiceSettings(voice="en-us"))
    in_memory = EspeakRenderer().render(text, VoiceSettings(voice="en-us"))
    assert by_file.seconds == pytest.approx(in_memory.seconds, abs=0.6)
    assert [word.text for word in by_file.words] == [word.text for word in in_memory.words]
    for told, estimated in zip(in_memory.words, by_file.words, strict=True):
        assert estimated.at == pytest.approx(told.at, abs=8000)


def test_a_long_text_is_waited_for(files: FileRenderer) -> None:
    assert files.render(LONG, VoiceSettings(voice="en-gb", rate=100)).seconds > 30


def test_the_settings_are_heeded_one_call_after_the_other(files: FileRenderer) -> None:
    slow = files.render(LONG, VoiceSettings(rate=120))
    fast = files.render(LONG, VoiceSettings(rate=240, volume=0.25))
    assert slow.seconds > 1.5 * fast.seconds
    assert np.abs(fast.samples).max() < 0.5 * np.abs(slow.samples).max()


def test_both_ways_work_in_turn(files: FileRenderer) -> None:
    espeak = EspeakRenderer()
    before = espeak.render("Stop.", VoiceSettings())
    assert files.render("Stop.", VoiceSettings()).seconds > 0.2
    after = espeak.render("Stop.", VoiceSettings())
    assert np.array_equal(before.samples, after.samples)
    assert files.render("Stop.", VoiceSettings()).seconds > 0.2


def test_a_missing_voice_is_replaced_by_one_of_its_language_or_refused(files: FileRenderer) -> None:
    files.check(VoiceSettings(voice="en-xx"))
    with pytest.raises(InputError, match="no voice"):
        files.check(VoiceSettings(voice="xx-nowhere"))


def test_nothing_is_printed_and_no_file_is_left(
    files: FileRenderer,
    capfd: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    files.render("Rest.", VoiceSettings())
    assert capfd.readouterr() == ("", "")
    assert list(tmp_path.iterdir()) == []


def test_an_engine_that_is_not_there_is_said_in_words() -> None:
    with pytest.raises(MachineError, match="pip install"):
        FileRenderer("nosuchdriver")
