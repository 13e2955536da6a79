"""What the phrase check says of an utterance, of the phrases that can be said now."""

import math
from collections.abc import Sequence
from functools import cached_property

from voice_guide.audio.format import Samples
from voice_guide.speech.decoding import DecodingSettings
from voice_guide.speech.grammar import Grammar, Phrase
from voice_guide.speech.hearing import HeardWord
from voice_guide.speech.looks import Decoded
from voice_guide.speech.loud_part import contrast_db
from voice_guide.speech.phrase_check import Opinion, PhraseCheck


class SecondOpinion:
    """Refuses what the recogniser took for a phrase, or finds one where it did not."""

    def __init__(
        self, check: PhraseCheck, grammar: Grammar, settings: DecodingSettings, sound: Samples
    ) -> None:
        """Get ready.

        Args:
            check: tells phrases apart.
            grammar: what can be said.
            settings: the odds that are asked for.
            sound: the utterance, mono at 16 kHz, shape (n,).
        """
        self._check, self._grammar, self._settings = check, grammar, settings
        self._sound = sound

    def refuses(self, decoded: Decoded) -> bool:
        """Whether it is surely not the single word that it came out as.

        Other words come out as a single word more than as a phrase of several, and in noise what is
        right has low odds, too. What is urgent is never refused.
        """
        if len(decoded.phrases) != 1 or " " in decoded.text or decoded.phrases[0].urgent:
            return False
        if not self._knows(decoded.text):
            return False
        quiet = contrast_db(self._sound) >= self._settings.quiet_db
        return quiet and self.odds(decoded.phrases[0]) < self._settings.refused_odds

    def doubts(self, begun: Phrase) -> bool:
        """Whether it may go on as something else than the urgent phrase that it is so far."""
        return self._knows(begun.text) and self.odds(begun) < self._settings.early_odds

    def odds(self, phrase: Phrase) -> float:
        """Return the odds (natural logarithm) that it is this phrase, said in whatever way."""
        return -math.inf if self._opinion is None else self._opinion.odds(self._same(phrase))

    def found(self) -> Phrase | None:
        """Return the phrase that it surely is, or None."""
        if self._opinion is None:
            return None
        text = self._opinion.best(phrase.text for phrase in self._grammar.phrases)
        phrase = None if text is None else self._grammar.match(text)
        if phrase is None or self.odds(phrase) < self._settings.found_odds:
            return None
        return phrase

    def decoded(self, phrase: Phrase, start: int) -> Decoded:
        """Return what it found as if it had been decoded.

        Args:
            phrase: what was found.
            start: position of the first sample of the sound.
        """
        assert self._opinion is not None
        share = self._opinion.probability(self._same(phrase))
        word = HeardWord(phrase.text, start, start + len(self._sound), share)
        return Decoded(phrase.text, (word,), (phrase,))

    def _knows(self, text: str) -> bool:
        return self._opinion is not None and text in self._opinion.phrases

    def _same(self, phrase: Phrase) -> Sequence[str]:
        """Return all that can be said for the same."""
        meaning = (phrase.intent, phrase.slots)
        return [p.text for p in self._grammar.phrases if (p.intent, p.slots) == meaning]

    @cached_property
    def _opinion(self) -> Opinion | None:
        opinion = self._check(self._sound)
        if opinion is None:
            return None
        sayable = (phrase.text for phrase in self._grammar.phrases)
        return opinion.expecting(sayable, self._settings.not_sayable)
