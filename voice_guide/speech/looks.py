"""Looks at a piece of sound that is complete: it is decoded with one grammar or another."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from voice_guide.audio.format import RATE, Samples, gain, samples
from voice_guide.speech.decoding import DecodingSettings
from voice_guide.speech.grammar import UNKNOWN, Grammar, Phrase, as_words
from voice_guide.speech.hearing import HeardWord
from voice_guide.speech.loud_part import contrast_db
from voice_guide.speech.model import Fit, SpeechModel
from voice_guide.speech.overdriven import restored

MOST_WORDS = 20_000
"""A model with more words is not asked for the best of them: that would take too long."""


_SYLLABLE = re.compile(r"[aeiouyäöü]+")


@dataclass(frozen=True)
class Decoded:
    """What the recogniser made of an utterance."""

    text: str
    words: tuple[HeardWord, ...]
    phrases: tuple[Phrase, ...]
    """What it means: one phrase, two in one breath, or none."""

    @property
    def confidence(self) -> float:
        """The lowest confidence of the words, from 0 to 1; 0 where there is none."""
        return min((word.confidence for word in self.words), default=0.0)


class Looks:
    """Decodes one sound at an even level, as often as is asked. How well phrases fit is kept."""

    def __init__(
        self,
        model: SpeechModel,
        settings: DecodingSettings,
        sound: Samples,
        start: int,
        understand: Callable[[str], tuple[Phrase, ...]],
    ) -> None:
        """Get ready.

        Args:
            model: the speech model.
            settings: how to decode.
            sound: mono at 16 kHz, shape (n,).
            start: position of its first sample, since the stream began.
            understand: gives the phrases that a text is.
        """
        self._model = model
        self._settings = settings
        self._sound = restored(sound)
        self.overdriven = self._sound is not sound
        """Whether its peaks had been cut off. They are drawn in again."""
        self._start = start
        self._understand = understand
        self._even: dict[int, bytes] = {}
        self._fits: dict[tuple[tuple[str, ...], int], Fit] = {}

    def decode(self, *grammars: Grammar) -> list[Decoded]:
        """Decode the sound with each of these grammars, at the same time."""
        texts = [grammar.vosk_json() for grammar in grammars]
        results = self._model.results(self._levelled(len(self._sound)), *texts)
        return [self.decoded(result) for result in results]

    def decoded(self, result: dict[str, Any]) -> Decoded:
        """Return what a result of Vosk for this sound means."""
        text = as_words(result["text"])
        return Decoded(text, self.words(result.get("result", [])), self._understand(text))

    def words(self, found: list[dict[str, Any]]) -> tuple[HeardWord, ...]:
        """Return the words of a result of Vosk, with their places in the stream."""
        factor = self._model.time_factor * RATE
        return tuple(
            HeardWord(
                text=as_words(word["word"]),
                start=self._start + round(word["start"] * factor),
                end=self._start + round(word["end"] * factor),
                confidence=min(1.0, word.get("conf", 1.0)),
            )
            for word in found
        )

    def fits(self, *choices: tuple[str, ...], last_s: float = math.inf) -> list[Fit]:
        """Return what fits best of each of these lists of phrases.

        Args:
            choices: the lists.
            last_s: so many seconds at the end of the sound are looked at.
        """
        length = len(self._sound) if math.isinf(last_s) else samples(last_s)
        length = min(len(self._sound), length)
        new = [choice for choice in choices if (choice, length) not in self._fits]
        if new:
            found = self._model.best_fits(self._levelled(length), *new)
            self._fits |= {(choice, length): fit for choice, fit in zip(new, found, strict=True)}
        return [self._fits[choice, length] for choice in choices]

    def margin(
        self, text: str, last_s: float = math.inf, others: tuple[str, ...] = (UNKNOWN,)
    ) -> float:
        """Return by how much some words fit better than others would.

        It is a natural logarithm of likelihood; infinite where the model has no ``[unk]``.

        Args:
            text: the words.
            last_s: so many seconds at the end of the sound are looked at.
            others: what else it may be; any sounds if not given. What is there so many times is
                as many times as likely.
        """
        if not self._model.has_word(UNKNOWN):
            return math.inf
        words, best = self.fits((text,), others, last_s=last_s)
        # Too short for either, it is not these words.
        return words.likelihood - best.likelihood if words.text else -math.inf

    def clear_win(self, text: str, margin: float) -> bool:
        """Return whether some words fit better than any sounds, and than any words of the model.

        Args:
            text: the words.
            margin: by how much they must beat any sounds.
        """
        over_words = self.over_words(text)
        return self.margin(text) >= margin and over_words >= self._needed_over_words(text)

    def over_words(self, text: str, last_s: float = math.inf) -> float:
        """Return by how much some words fit better than any words of the model, in any order.

        It is a natural logarithm of likelihood, each word as likely beforehand as all of the text;
        infinite where the model has no ``[unk]``, or too many words to ask.

        Args:
            text: the words.
            last_s: so many seconds at the end of the sound are looked at.
        """
        words = self._model.words
        if not 0 < len(words) <= MOST_WORDS or not self._model.has_word(UNKNOWN):
            return math.inf
        # At the same time, what takes longest first.
        self.fits(words, (text,), (UNKNOWN,), last_s=last_s)
        return self.margin(text, last_s, others=words) - math.log(len(words))

    def _needed_over_words(self, text: str) -> float:
        """Return by how much some words must fit better than any of the model."""
        settings = self._settings
        if len(_SYLLABLE.findall(text.removesuffix("e"))) <= 1:
            return settings.words_margin_short
        noise, quiet = settings.words_margin_in_noise, settings.words_margin
        between = (settings.noisy_db, settings.quiet_db)
        return float(np.interp(contrast_db(self._sound), between, (noise, quiet)))

    def _levelled(self, length: int) -> bytes:
        """Return so many samples at the end, as 16-bit samples at an even level."""
        if length not in self._even:
            sound = self._sound[len(self._sound) - length :]
            louder = gain(self._settings.level_db) / max(float(np.abs(sound).max()), gain(-60))
            self._even[length] = pcm(sound * louder, self._settings.level_floor_db)
        return self._even[length]


def pcm(sound: Samples, floor_db: float, noise: np.random.Generator | None = None) -> bytes:
    """Return 16-bit samples with a noise floor mixed in, at this level (dB of full scale)."""
    noise = noise or np.random.default_rng(0)
    noisy = sound + noise.standard_normal(len(sound)) * gain(floor_db)
    return (np.clip(noisy, -1.0, 1.0) * 32767).astype("<i2").tobytes()
