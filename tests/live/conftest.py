"""The virtual sound card and a person as fixtures."""

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from recording import RATE
from sound_card import SoundCard, missing_parts

from voice_guide.speech.narrator import open_narrator
from voice_guide.speech.voices import VoiceSettings


@pytest.fixture
def sound_card() -> Iterator[SoundCard]:
    """Give a running virtual sound card; where it cannot be made, skip, or fail when CI=true."""
    if missing := missing_parts():
        if os.environ.get("CI") == "true" and missing.startswith("not installed"):
            pytest.fail(f"the live tests must run in CI, but {missing}", pytrace=False)
        pytest.skip(missing)
    with SoundCard() as card:
        yield card


@pytest.fixture
def voice(tmp_path):
    """Makes WAV files of a person's words."""
    person = open_narrator(VoiceSettings(voice="en-us", rate=150))

    def make(words: str) -> Path:
        path = tmp_path / f"{words}.wav"
        sound = person.render(words).samples
        soundfile.write(path, 0.6 * sound / np.abs(sound).max(), RATE)
        return path

    yield make
    person.close()
