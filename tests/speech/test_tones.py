import numpy as np
import pytest

from tests.speech.listening import PHRASES, pause, say
from voice_guide.audio.format import RATE, gain
from voice_guide.speech.tones import is_tone

HISS = np.random.default_rng(1).standard_normal(RATE).astype(np.float32)


def beep(pitch: float, level_db: float) -> np.ndarray:
    tone = np.sin(2 * np.pi * pitch * np.arange(RATE // 2) / RATE) * gain(level_db)
    return np.concatenate([pause(0.2), tone.astype(np.float32), pause(0.2)])


@pytest.mark.parametrize("pitch", [440.0, 1100.0, 2800.0])
@pytest.mark.parametrize("level_db", [-40.0, -10.0])
def test_a_beep_in_a_quiet_room_is_a_tone(pitch, level_db):
    sound = beep(pitch, level_db)
    assert is_tone(sound + gain(-65) * HISS[: len(sound)])


@pytest.mark.parametrize("voice", ["en-us", "en-us+f3", "en-gb", "en-us+m3"])
@pytest.mark.parametrize("text", [phrase.text for phrase in PHRASES])
def test_no_command_is_a_tone(text, voice):
    assert not is_tone(np.concatenate([pause(0.15), say(text, voice), pause(0.3)]))


def test_noise_and_silence_are_no_tones():
    assert not is_tone(HISS)
    assert not is_tone(pause(0.5))
    assert not is_tone(pause(0.0))
