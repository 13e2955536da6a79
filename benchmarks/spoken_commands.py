"""What can always be said, by voices that no training heard: clean, in a room, in noise."""

from collections.abc import Callable, Iterator, Sequence
from random import Random

import numpy as np

from benchmarks.scoring import Score, with_noise
from models.training.voices import KEPT_ASIDE, Speaker, Speaking
from voice_guide.audio.acoustics import impulse_response
from voice_guide.audio.format import Samples, samples
from voice_guide.language.phrases import Phrase
from voice_guide.speech.grammar import Grammar
from voice_guide.speech.model import SpeechModel
from voice_guide.speech.recordings import hear

SURROUNDINGS: dict[str, tuple[float | None, float | None]] = {
    "clean": (None, None),
    "room of 0.4 s": (0.4, None),
    "kitchen noise, 20 dB": (None, 20.0),
    "room of 0.4 s and kitchen noise, 10 dB": (0.4, 10.0),
    "kitchen noise, 5 dB": (None, 5.0),
}
"""Reverberation in seconds and ratio of voice to noise in dB."""


def spoken(
    phrases: list[Phrase], speaker: Speaker, voices: Sequence[str] = KEPT_ASIDE
) -> Iterator[tuple[str, Phrase, Samples]]:
    """Yield phrases said by the voices in turn: voice, phrase, sound."""
    random = Random(5)
    for place, phrase in enumerate(phrases):
        voice = voices[place % len(voices)]
        how = Speaking(voice, random.randint(130, 190), random.randint(40, 60))
        yield voice, phrase, speaker.say(phrase.text, how)


def measure(
    model: SpeechModel,
    grammar_for: Callable[[Phrase], Grammar],
    phrases: list[Phrase],
    noise: Samples,
    *,
    speaker: Speaker,
    voices: Sequence[str] = KEPT_ASIDE,
) -> tuple[dict[str, Score], dict[str, Score]]:
    """Return a score for each of the surroundings, and one for each voice over all of them.

    Args:
        model: hears.
        grammar_for: what is listened for when a phrase is said.
        phrases: what is said.
        noise: of a kitchen.
        speaker: speaks.
        voices: with these voices.
    """
    places = {name: Score() for name in SURROUNDINGS}
    by_voice = {voice: Score() for voice in voices}
    random = np.random.default_rng(3)
    for number, (voice, phrase, sound) in enumerate(spoken(phrases, speaker, voices)):
        for name, (reverberation_s, snr_db) in SURROUNDINGS.items():
            heard_there = sound
            if reverberation_s is not None:
                response = impulse_response(random, rt60_s=reverberation_s, direct_db=0.0)
                heard_there = np.convolve(sound, response)[: len(sound) + samples(0.2)]
            there = with_noise(_level(heard_there), noise, snr_db, number * 112_000)
            utterances = hear(there, model, grammar_for(phrase))
            end = samples(0.8) + len(sound)
            places[name].add(phrase.intent, utterances, end)
            by_voice[voice].add(phrase.intent, utterances, end)
    return places, by_voice


def _level(sound: Samples) -> Samples:
    """Return a sound at a peak of -12 dB of full scale."""
    return np.asarray(sound * (0.25 / max(1e-6, float(np.abs(sound).max()))), dtype=np.float32)
