"""What the tests of the listener share: a synthetic person, and a stream of blocks."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import numpy as np

from voice_guide.audio.format import BLOCK, Samples, samples, silence
from voice_guide.language.pack import load_language
from voice_guide.language.phrases import Phrase
from voice_guide.speech.espeak import EspeakRenderer
from voice_guide.speech.grammar import Grammar
from voice_guide.speech.hearing import Heard, Hearing
from voice_guide.speech.listener import Listener
from voice_guide.speech.voice_settings import VoiceSettings

SHARED_SPEECH = Path(__file__).parents[3] / "shared" / "speech"

PHRASES = (
    Phrase("stop", "stop", "universal", urgent=True),
    Phrase("pause", "pause", "universal", urgent=True),
    Phrase("hold on", "pause", "universal", urgent=True),
    Phrase("too hard", "softer", "universal"),
    Phrase("more lotion", "more lotion", "script"),
    Phrase("how long is left", "time left", "universal"),
    Phrase("go to the next step", "next", "universal"),
    Phrase("carry on", "resume", "universal"),
    Phrase("ready", "ready", "universal"),
)

GRAMMAR = Grammar(PHRASES)


@lru_cache(maxsize=1)
def _person() -> EspeakRenderer:
    return EspeakRenderer()


@lru_cache(maxsize=64)
def say(text: str, voice: str = "en-us+f3") -> Samples:
    """Return a synthetic person saying something, without silence around it."""
    sound = _person().render(text, VoiceSettings(voice=voice, rate=150)).samples
    loud = np.flatnonzero(np.abs(sound) > 0.005)
    return sound[loud[0] : loud[-1] + 1]


def pause(seconds: float) -> Samples:
    return silence(samples(seconds))


def stream(listener: Listener, *sounds: Samples) -> list[Hearing]:
    """Feed sounds one after the other, filled up to a whole block."""
    sound = np.concatenate(sounds)
    whole = np.concatenate([sound, silence(-len(sound) % BLOCK)])
    return [h for block in whole.reshape(-1, BLOCK) for h in listener.accept(block)]


def heard(hearings: Iterable[Hearing]) -> list[Heard]:
    return [h for h in hearings if isinstance(h, Heard)]


def intents(hearings: Iterable[Hearing]) -> list[str]:
    return [h.intent for h in heard(hearings) if h.intent is not None]


def everything() -> Grammar:
    """Return what can always be said, and an answer to an open question."""
    language = load_language("en")
    answers = (Phrase("just right", "just right", "question"),)
    assert len(language.phrases) > 100
    return Grammar(answers + language.phrases, skip_words=language.skip_words)
