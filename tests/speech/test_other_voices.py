"""Words of very high and very low voices, which are heard as another would have said them."""

import numpy as np
import pytest

from tests.speech.listening import heard, pause, say, stream
from voice_guide.audio.format import RATE
from voice_guide.language.pack import load_language
from voice_guide.speech.grammar import Grammar
from voice_guide.speech.listener import Listener
from voice_guide.speech.model import SpeechModel, open_model
from voice_guide.speech.other_voices import stretched


@pytest.fixture(scope="module")
def model() -> SpeechModel:
    return open_model()


def test_a_longer_sound_is_lower() -> None:
    tone = np.sin(2 * np.pi * 500 * np.arange(RATE) / RATE).astype(np.float32)
    longer = stretched(tone, 1.25)
    assert len(longer) == pytest.approx(1.25 * RATE, abs=2)
    spectrum = np.abs(np.fft.rfft(longer))
    assert np.argmax(spectrum) * RATE / len(longer) == pytest.approx(400, abs=2)


@pytest.mark.parametrize(
    ("voice", "length"),
    [("en-us+f3", 0.72), ("en-us+m3", 1.35)],  # a child, and a giant
)
def test_a_very_high_and_a_very_low_voice_are_heard(
    model: SpeechModel, voice: str, length: float
) -> None:
    language = load_language("en")
    grammar = Grammar.of(language.phrases, language).within(model.has_word)
    word = stretched(say("ready", voice), length)
    (told,) = heard(stream(Listener(model, grammar), pause(1), word, pause(1)))
    assert told.intent == "ready"
    (one,) = told.words
    assert RATE - 0.2 * RATE < one.start < one.end < RATE + len(word) + 0.3 * RATE
