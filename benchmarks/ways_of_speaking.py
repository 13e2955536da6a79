"""Speech that is harder to hear than usual: fast, slow, quiet, overdriven, far away, cut off."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

import numpy as np

from benchmarks.scoring import Score
from models.training.voices import KEPT_ASIDE, Speaker, Speaking
from voice_guide.audio.acoustics import impulse_response
from voice_guide.audio.format import Samples, gain, samples, silence
from voice_guide.language.phrases import Phrase
from voice_guide.speech.grammar import Grammar
from voice_guide.speech.model import SpeechModel
from voice_guide.speech.recordings import hear

USUAL_DB = -12.0
"""The peak of a voice, dB of full scale."""

MICROPHONE_DB = -66.0
"""What a microphone hisses in a quiet room, dB of full scale."""


@dataclass(frozen=True)
class Way:
    """How something is said, and how it gets to the microphone."""

    rate: int | None = None
    """Words a minute of a synthetic voice; None: 130 to 190, drawn."""

    peak_db: float = USUAL_DB
    """The peak. Over 0 dB the microphone is overdriven."""

    room_s: float | None = None
    """Reverberation of the room, seconds to -60 dB."""

    direct_db: float = 0.0
    """What comes straight to the microphone, against all the room gives back."""

    cut_s: float = 0.0
    """Seconds of its beginning that are lost."""

    def heard(self, voice: Samples, random: np.random.Generator) -> Samples:
        """Return what the microphone gives, with quiet before and after.

        Args:
            voice: shape (n,).
            random: draws the room and the hiss.
        """
        loud = np.flatnonzero(np.abs(voice) > 0.02 * np.abs(voice).max())
        said = voice[loud[0] + samples(self.cut_s) :]
        if self.room_s is not None:
            room = impulse_response(random, rt60_s=self.room_s, direct_db=self.direct_db)
            said = np.convolve(said, room)[: len(said) + samples(0.3)]
        said = said * (gain(self.peak_db) / max(1e-6, float(np.abs(said).max())))
        around = silence(samples(0.8))
        sound = np.concatenate([around, said, around])
        hiss = gain(MICROPHONE_DB) * random.standard_normal(len(sound))
        return np.clip(sound + hiss, -1.0, 1.0).astype(np.float32)


WAYS = {
    "as usual": Way(),
    "slowly, 100 words a minute": Way(rate=100),
    "fast, 230 words a minute": Way(rate=230),
    "quietly, peaks at -40 dB": Way(peak_db=-40.0),
    "overdriven, peaks at +12 dB": Way(peak_db=12.0),
    "far away, a room of 0.6 s": Way(room_s=0.6, direct_db=-3.0),
    "the first 0.06 s cut off": Way(cut_s=0.06),
}


def measure_phrases(
    model: SpeechModel, grammar_for: Callable[[Phrase], Grammar], phrases: list[Phrase]
) -> dict[str, Score]:
    """Return a score for each way, of phrases that the voices say in turn.

    Args:
        model: hears.
        grammar_for: what is listened for when a phrase is said.
        phrases: what is said.
    """
    scores = {name: Score() for name in WAYS}
    speaker, random, noise = Speaker(), Random(5), np.random.default_rng(3)
    for place, phrase in enumerate(phrases):
        voice, usual = KEPT_ASIDE[place % len(KEPT_ASIDE)], random.randint(130, 190)
        pitch = random.randint(40, 60)
        for name, way in WAYS.items():
            said = speaker.say(phrase.text, Speaking(voice, way.rate or usual, pitch))
            heard = hear(way.heard(said, noise), model, grammar_for(phrase))
            scores[name].add(phrase.intent, heard)
    return scores


def measure_people(
    model: SpeechModel, grammar: Grammar, intent: str, recordings: list[Samples]
) -> dict[str, Score]:
    """Return a score for each way but the speeds, of a word that people say.

    Args:
        model: hears.
        grammar: what is listened for.
        intent: what the word means.
        recordings: people who say it.
    """
    ways = {name: way for name, way in WAYS.items() if way.rate is None}
    scores = {name: Score() for name in ways}
    noise = np.random.default_rng(3)
    for said in recordings:
        for name, way in ways.items():
            scores[name].add(intent, hear(way.heard(said, noise), model, grammar))
    return scores
