"""A phrase is held against any words of the model, and any sounds: they may fit it better."""

from voice_guide.speech.decoding import DecodingSettings
from voice_guide.speech.grammar import Grammar, Phrase
from voice_guide.speech.looks import Decoded, Looks
from voice_guide.speech.second_opinion import STOP, SecondOpinion


class WordContest:
    """Weighs how much better or worse any words fit, and what the phrase check says."""

    def __init__(
        self, grammar: Grammar, settings: DecodingSettings, looks: Looks, opinion: SecondOpinion
    ) -> None:
        """Get ready.

        Args:
            grammar: what can be said.
            settings: what it must win by.
            looks: looks at all of the utterance.
            opinion: what the phrase check says of it.
        """
        self._grammar, self._settings = grammar, settings
        self._looks, self._opinion = looks, opinion

    def lost_by(self, result: Decoded) -> bool:
        """Whether it is something else, which fits better, and its odds do not make up for that."""
        odds, settings = self._opinion.odds_if_others(result), self._settings
        if odds is None:
            return False
        [phrase], several = result.phrases, " " in result.text
        urgent = phrase.urgent
        unsure = " " in phrase.text and phrase.intent != STOP and odds < settings.unsure_odds
        if unsure and self._margin(result.text) < settings.unsure_margin:
            return True
        if not urgent and not several:
            needed = settings.word_with_odds
        elif odds >= settings.doubted_odds:
            return False
        else:
            needed = settings.urgent_with_odds if urgent else settings.over_words_with_odds
        over_words = self._over_words(result.text)
        if odds + over_words < needed:
            return True
        weighed = odds + settings.over_words_counts * min(over_words, settings.over_words_most)
        least = settings.urgent_weighed if urgent else settings.several_weighed
        return several and weighed < least and self._margin(result.text) < settings.fits_anyway

    def won_in_a_room(self, result: Decoded) -> bool:
        """Whether a room answers, and it fits so well that it is not refused for low odds.

        Args:
            result: one phrase.
        """
        [phrase] = result.phrases
        if phrase.urgent or not self._opinion.in_a_room:
            return False
        wins = self._margin(result.text) + self._over_words(result.text)
        return self._opinion.odds(phrase) + wins >= self._settings.in_a_room_weighed

    def clearly_won_by(self, phrase: Phrase) -> bool:
        """Whether the phrase check does not doubt it, and no other words fit nearly as well."""
        if self._opinion.odds(phrase) < self._settings.no_other_odds:
            return False
        return self._over_words(phrase.text) >= self._settings.no_other_words

    def _margin(self, text: str) -> float:
        return self._looks.margin(self._grammar.as_said(text))

    def _over_words(self, text: str) -> float:
        return self._looks.over_words(self._grammar.as_said(text))
