"""What the phrase check says of an utterance, of the phrases that can be said now."""

import math
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from voice_guide.audio.format import Samples, samples
from voice_guide.speech.decoding import DecodingSettings
from voice_guide.speech.grammar import Grammar, Phrase
from voice_guide.speech.hearing import HeardWord
from voice_guide.speech.looks import Decoded
from voice_guide.speech.loud_part import contrast_db, last_loud, loud_span, steepest_fall_db
from voice_guide.speech.phrase_check import Opinion, PhraseCheck
from voice_guide.speech.speech_embedding import LONGEST_S

STOP = "stop"
"""The intent that must not be missed."""

_CUT_EARLIER_S = (0.03, 0.05, 0.08)
"""Seconds before the place where a phrase was recognised to begin, at which it is cut off."""

_LAST_S = (0.3, 0.4)
"""Seconds of voice that a short phrase at the end may have taken ..."""

ENDING_S = (0.7, 0.9)
"""... and those of it and of what is before it, where that is looked at, too ..."""

AFTER_S = 0.1
"""... and what is taken behind it."""

_ENDED_BEFORE_S = (0.0, 0.2, 0.4)
"""Seconds before the end of the voice activity at which the voice may have ended in noise: it holds
on to noise of 10 dB under the voice for 0.23 s at the median, for 0.76 at the 95th percentile."""

_AROUND_S = 0.1
"""Of a sound that is too long for the check, so much is left around what is loud."""

_SAME_END_S = 0.03
_NEAR_END_S = 0.3


class SecondOpinion:
    """Refuses what the recogniser took for a phrase, or finds one where it did not."""

    def __init__(
        self,
        check: PhraseCheck,
        grammar: Grammar,
        settings: DecodingSettings,
        sound: Samples,
        stops: PhraseCheck | None = None,
    ) -> None:
        """Get ready.

        Args:
            check: tells phrases apart.
            grammar: what can be said.
            settings: the odds that are asked for.
            sound: the utterance, mono at 16 kHz, shape (n,).
            stops: tells "stop" at the end of talk from other ends.
        """
        self._stops = stops
        self._endings: dict[int, float] = {}
        self._check, self._grammar, self._settings = check, grammar, settings
        self._sound = sound

    def refuses(self, decoded: Decoded) -> bool:
        """Whether it is surely not the single word that it came out as.

        Other words come out as a single word more than as a phrase of several, and in noise what is
        right has low odds, too. What is urgent is never refused.
        """
        if len(decoded.phrases) != 1 or " " in decoded.text or decoded.phrases[0].urgent:
            return False
        if self._opinion is None or not self.knows(decoded.text):
            return False
        return self.quiet and self.odds(decoded.phrases[0]) < self._settings.refused_odds

    def odds_if_others(self, decoded: Decoded) -> float | None:
        """Return the odds of a phrase that may be other words; None where it does not judge it.

        That is a "stop" by itself or behind other talk, which have looks of their own, and anything
        in noise, where right ones have low odds, too.
        """
        if len(decoded.phrases) != 1 or not self.quiet:
            return None
        [phrase] = decoded.phrases
        if phrase.text == STOP or self._grammar.match(decoded.text) is None:
            return None
        if self._opinion is None or not self.knows(phrase.text):
            return None
        return self.odds(phrase)

    @cached_property
    def clearly_none(self) -> bool:
        """Whether it is quiet, and surely no phrase that it knows and that can be said now."""
        if self._opinion is None or not self.quiet:
            return False
        sayable = [phrase.text for phrase in self._grammar.phrases]
        return self._opinion.odds(sayable) < self._settings.none_odds

    @cached_property
    def quiet(self) -> bool:
        """Whether little but the voice is in the sound."""
        return contrast_db(self._sound) >= self._settings.quiet_db

    @cached_property
    def in_a_room(self) -> bool:
        """Whether it is quiet and a room answers the voice. In noise nobody can tell."""
        return self.quiet and steepest_fall_db(self._sound) < self._settings.reverberant_db

    def knows(self, text: str) -> bool:
        """Whether a phrase is one that it can tell."""
        return text in self._check.phrases

    @property
    def knows_endings(self) -> bool:
        """Whether it can tell "stop" from other ends of talk."""
        return self._stops is not None

    def odds_behind(self, phrase: Phrase, start: int) -> float:
        """Return the odds of a phrase behind other speech, the best of three places to cut there.

        Args:
            phrase: what may be there.
            start: where it was recognised to begin, a sample of the sound.
        """
        begins = (max(0, start - samples(early)) for early in _CUT_EARLIER_S)
        return max(self._odds_in(self._sound[begin:], phrase) for begin in begins)

    def odds_before(self, phrase: Phrase, end: int) -> float:
        """Return the odds of a short phrase that ends with the voice, by two cuts of that end.

        Other words may fit one cut by chance; a phrase fits its neighbours, too. So the worse of
        them counts three times.

        Args:
            phrase: what may be there.
            end: where the voice activity ended, a sample of the sound.
        """
        return max(self._odds_up_to(phrase, place) for place in self.ends(end))

    def odds_of_ending(self, end: int) -> tuple[float, int]:
        """Return the odds that talk ends with "stop", by its end and what comes before; and where.

        They are -inf where it cannot tell.

        Args:
            end: where the voice activity ended, a sample of the sound.
        """
        ends = self.ends(end)
        if not self.quiet:
            ends = [end - samples(late) for late in _ENDED_BEFORE_S]
        return max((self._odds_of_ending(place), place) for place in ends if place > 0)

    def ends(self, end: int) -> list[int]:
        """Return where the voice may have ended: there, and where it is last loud before.

        Args:
            end: where the voice activity ended, a sample of the sound.
        """
        loud = last_loud(self._sound)
        near = samples(_SAME_END_S) <= abs(loud - end) <= samples(_NEAR_END_S)
        return [end, loud] if near else [end]

    def _odds_up_to(self, phrase: Phrase, end: int) -> float:
        begins = (max(0, end - samples(lasts)) for lasts in _LAST_S)
        after = end + samples(AFTER_S)
        worse, better = sorted(self._odds_in(self._sound[begin:after], phrase) for begin in begins)
        return 0.75 * worse + 0.25 * better

    def _odds_of_ending(self, end: int) -> float:
        if self._stops is None:
            return -math.inf
        if end not in self._endings:
            begins = (max(0, end - samples(taken_s)) for taken_s in ENDING_S)
            heard = [self._stops(self._sound[b : end + samples(AFTER_S)]) for b in begins]
            odds = [-math.inf if opinion is None else opinion.odds((STOP,)) for opinion in heard]
            self._endings[end] = float(np.mean(odds))
        return self._endings[end]

    def doubts(self, begun: Phrase, least: float) -> bool:
        """Whether it may go on as something else than the urgent phrase that it is so far.

        Args:
            begun: the phrase.
            least: the odds that it must have.
        """
        if self._opinion is None or not self.knows(begun.text):
            return False
        return self.odds(begun) < least

    def odds(self, phrase: Phrase) -> float:
        """Return the odds (natural logarithm) that it is this phrase, said in whatever way."""
        return self._odds(self._opinion, phrase)

    def _odds_in(self, part: Samples, phrase: Phrase) -> float:
        return self._odds(self._opinion_of(part), phrase)

    def _odds(self, opinion: Opinion | None, phrase: Phrase) -> float:
        return -math.inf if opinion is None else opinion.odds(self._same(phrase))

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

    def _same(self, phrase: Phrase) -> Sequence[str]:
        """Return all that can be said for the same."""
        meaning = (phrase.intent, phrase.slots)
        return [p.text for p in self._grammar.phrases if (p.intent, p.slots) == meaning]

    @cached_property
    def _opinion(self) -> Opinion | None:
        if len(self._sound) <= samples(LONGEST_S):
            return self._opinion_of(self._sound)
        begin, end = loud_span(self._sound)
        around = samples(_AROUND_S)
        return self._opinion_of(self._sound[max(0, begin - around) : end + around])

    def _opinion_of(self, sound: Samples) -> Opinion | None:
        opinion = self._check(sound)
        if opinion is None:
            return None
        sayable = (phrase.text for phrase in self._grammar.phrases)
        return opinion.expecting(sayable, self._settings.not_sayable)
