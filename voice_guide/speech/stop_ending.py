"""A "stop" that comes right behind other speech: people talk, and somebody calls."""

from dataclasses import replace

from voice_guide.audio.format import RATE, samples
from voice_guide.speech.decoding import DecodingSettings
from voice_guide.speech.grammar import UNKNOWN, Grammar, Phrase
from voice_guide.speech.hearing import HeardWord
from voice_guide.speech.looks import Decoded, Looks
from voice_guide.speech.second_opinion import STOP, SecondOpinion

_STOP_WORDS = 3
"""So many words at the end of other speech can be a "stop": "stop it now"."""

_CONTEST_S = (0.35, 0.45)
"""Seconds before the end of the voice from which a "stop" there is held against other sounds."""

_DRAWN_OUT_S = (*_CONTEST_S, 0.55)
"""The same for one that was recognised: it may be drawn out, and must not lose its "st"."""

_IN_NOISE = 0.3
"""So much counts in noise what a "stop" wins by over any sounds, beside its odds ..."""

_LEAST_IN_NOISE = -2.0
"""... if that is no less than this: noise can hide a "stop" from the recogniser altogether."""


class StopEnding:
    """Looks for a "stop" at the end of an utterance. It is the one phrase that may stand there."""

    def __init__(
        self,
        grammar: Grammar,
        settings: DecodingSettings,
        looks: Looks,
        opinion: SecondOpinion | None,
        *,
        start: int,
        length: int,
        voice_end: int | None,
        knows_unknown: bool,
    ) -> None:
        """Get ready.

        Args:
            grammar: what can be said.
            settings: what such an ending must win by.
            looks: looks at all of the utterance.
            opinion: what the phrase check says of it, where it can be asked.
            start: position of the first sample.
            length: samples of it.
            voice_end: position where the voice ended, if it did.
            knows_unknown: whether the model has ``[unk]``.
        """
        self._grammar, self._settings = grammar, settings
        self._looks, self._opinion = looks, opinion
        self._start, self._length = start, length
        self._voice_end, self._knows_unknown = voice_end, knows_unknown

    def recognised(self, first: Decoded) -> Decoded | None:
        """Return what was decoded as a "stop" if that is the end of it and no shred, or None."""
        last = self._last_stop(first)
        if self._grammar.closed or last is None:
            return None
        stop, words = last
        if words[-1].end - words[0].start < samples(self._settings.ending_lasts_s):
            return None
        return replace(first, phrases=(stop,))

    def heard_by_check(self, first: Decoded) -> Decoded | None:
        """Return what was decoded with a "stop" at its end that the phrase check hears, or None."""
        if self._grammar.closed or self._opinion is None or self._voice_end is None:
            return None
        if self._voice_end - self._start < samples(self._settings.ending_behind_s):
            return None
        stop = self._grammar.match(STOP)
        if stop is None or stop.intent != STOP or not self._opinion.knows(STOP):
            return None
        if not self._ends_with(stop, self._opinion, self._voice_end - self._start):
            return None
        return Decoded(f"{UNKNOWN} {STOP}", first.words, (stop,))

    def _ends_with(self, stop: Phrase, opinion: SecondOpinion, end: int) -> bool:
        """Whether the checks hear a "stop" at the end, and nothing else fits so much better."""
        settings, (ending, place) = self._settings, opinion.odds_of_ending(end)
        if not opinion.quiet:
            if ending < settings.noisy_ending_odds:
                return False
            lasts = self._from(place, _CONTEST_S)
            margin = max(self._looks.margin(stop.text, last_s=last_s) for last_s in lasts)
            margin = max(margin, _LEAST_IN_NOISE)
            return ending + _IN_NOISE * margin >= settings.noisy_ending_with_margin
        odds = opinion.odds_before(stop, end) + 2 * ending
        if odds < settings.ending_with_others:
            return False
        if self._fits_at_end(stop, opinion, end, _CONTEST_S) < settings.ending_fits:
            return False
        lasts = self._near(opinion, end, _CONTEST_S)
        over_words = max(self._looks.over_words(stop.text, last_s=last_s) for last_s in lasts)
        return odds + min(0.0, over_words) >= settings.ending_with_others

    def _fits_at_end(
        self, stop: Phrase, opinion: SecondOpinion, end: int, before_s: tuple[float, ...]
    ) -> float:
        """Return by how much a "stop" wins over any sounds at the end, where it is quiet."""
        near = self._near(opinion, end, before_s)
        return max(self._looks.margin(stop.text, last_s=last_s) for last_s in near)

    def _near(self, opinion: SecondOpinion, end: int, before_s: tuple[float, ...]) -> list[float]:
        """Return how many seconds to look at for a "stop" at the end, where it is quiet."""
        return [last_s for near in opinion.ends(end) for last_s in self._from(near, before_s)]

    def _from(self, end: int, before_s: tuple[float, ...]) -> list[float]:
        """Return how many seconds of the sound to look at for a "stop" that ends there."""
        return [(self._length - end) / RATE + seconds for seconds in before_s]

    def found(self, first: Decoded) -> Decoded:
        """Return what was decoded with a "stop" at its end, if one is there; otherwise as it is."""
        if self._grammar.closed:
            return first
        if self._last_stop(first) is not None:
            return self.recognised(first) or first
        stops = {p.text: p for p in reversed(self._grammar.phrases) if p.intent == STOP}
        if not stops:
            return first
        if self._length > samples(self._settings.one_breath_s):
            return first
        return self._unheard(first, {f"{UNKNOWN} {text}": p for text, p in stops.items()})

    def convinces(self, decoded: Decoded) -> bool:
        """Whether a "stop" behind other speech is one: "ow, stop it"."""
        phrase, settings = decoded.phrases[-1], self._settings
        several = " " in phrase.text
        margin = self._looks.margin(f"{UNKNOWN} {phrase.text}")
        needed = settings.long_ending_margin if several else settings.ending_margin
        last = self._last_stop(decoded)
        if self._opinion is None or last is None or not self._opinion.knows(phrase.text):
            return margin >= needed
        if not several and self._voice_end is not None:
            known = self._known_ending(phrase, self._opinion, self._voice_end - self._start)
            if known is not None:
                return known
        odds = self._opinion.odds_behind(phrase, last[1][0].start - self._start)
        if self._opinion.quiet and not several:
            clear = margin >= settings.quiet_ending_margin
            if self._voice_end is None or not self._opinion.knows_endings:
                return clear and margin + odds >= settings.ending_with_odds
            ending, _ = self._opinion.odds_of_ending(self._voice_end - self._start)
            together = settings.ending_margin_counts * margin + odds + ending
            return clear and together >= settings.ending_with_check
        if odds >= settings.ending_odds and margin >= settings.found_margin:
            return True
        if self._opinion.quiet and odds < settings.doubted_ending_odds:
            needed = max(settings.doubted_ending_margin, -odds)
        return margin >= needed

    def _known_ending(self, stop: Phrase, opinion: SecondOpinion, end: int) -> bool | None:
        """Whether a "stop" that was recognised is one, where the checks can tell, or None."""
        if not opinion.knows_endings:
            return None
        settings, (ending, _) = self._settings, opinion.odds_of_ending(end)
        quiet = opinion.quiet
        refused = settings.quiet_refused_ending_odds if quiet else settings.refused_ending_odds
        if ending < refused:
            return False
        if not quiet:
            return True if self._ends_with(stop, opinion, end) else None
        before = opinion.odds_before(stop, end)
        if before < 0:
            return None  # the voice may have ended elsewhere
        if self._fits_at_end(stop, opinion, end, _DRAWN_OUT_S) < settings.heard_ending_fits:
            return False
        return True if ending > 0 and before + ending >= settings.sure_ending_odds else None

    def _unheard(self, first: Decoded, endings: dict[str, Phrase]) -> Decoded:
        """Look for endings that were not recognised: in the end of it, over any sounds alone."""
        if not self._knows_unknown:
            return first
        short = tuple(ending for ending, phrase in endings.items() if " " not in phrase.text)
        long = tuple(ending for ending in endings if ending not in short)
        # One list: somebody may call while this is decoded. One kind is as likely as the other.
        times = max(1, len(long) // max(1, len(short)))
        settings, lasts = self._settings, self._settings.ending_s
        [found] = self._looks.fits(short * times + long, last_s=lasts)
        if found.text not in endings:
            return first
        [other] = self._looks.fits((UNKNOWN,), last_s=lasts)
        several = found.text in long
        needed = settings.unheard_long_ending_margin if several else settings.unheard_ending_margin
        if found.likelihood - other.likelihood < needed:
            return first
        return Decoded(found.text, first.words, (endings[found.text],))

    def _last_stop(self, first: Decoded) -> tuple[Phrase, tuple[HeardWord, ...]] | None:
        """Return the "stop" that ends what was decoded, and its words, or None: "ow, stop it"."""
        for many in range(1, min(_STOP_WORDS, len(first.words)) + 1):
            words = first.words[-many:]
            phrase = self._grammar.match(" ".join(word.text for word in words))
            if phrase is not None and phrase.intent == STOP:
                return phrase, words
        return None
