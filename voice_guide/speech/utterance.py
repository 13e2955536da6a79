"""One utterance on its way through the recogniser."""

import json
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from voice_guide.audio.format import RATE, Samples, gain, samples
from voice_guide.speech.decoding import DecodingSettings
from voice_guide.speech.decoys import NOT_STOP
from voice_guide.speech.grammar import UNKNOWN, Grammar, Phrase, as_one_word, as_words
from voice_guide.speech.hearing import HeardWord
from voice_guide.speech.kaldi_messages import kaldi_messages
from voice_guide.speech.loud_part import loud_part
from voice_guide.speech.model import SpeechModel
from voice_guide.speech.tones import is_tone

STOP = "stop"
"""The intent that must not be missed."""


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


class Utterance:
    """Takes an utterance block by block and says what it is so far, and in the end."""

    def __init__(
        self,
        model: SpeechModel,
        grammar: Grammar,
        settings: DecodingSettings,
        start: int,
        before: Samples | None = None,
    ) -> None:
        """Begin.

        Args:
            model: the speech model.
            grammar: what can be said; it stays the same to the end of the utterance.
            settings: how to decode.
            start: position of the first sample, since the stream began.
            before: what was heard right before that, if the voice may have begun there.
        """
        self._model = model
        self._grammar = grammar
        self._settings = settings
        self.start = start
        self._before = np.zeros(0, np.float32) if before is None else before
        self.over_echo = False
        """It began while the narrator's echo could be heard, so it may begin with that."""
        self._sound: list[Samples] = []
        self._noise = np.random.default_rng(0)
        self._recognizer = model.recognizer(grammar.vosk_json())
        self._margins: dict[tuple[str, int, float | None], float] = {}
        self._knows_unknown = model.has_word(UNKNOWN)
        self._sure: Decoded | None = None

    @property
    def length(self) -> int:
        """Samples taken so far."""
        return sum(map(len, self._sound))

    @property
    def is_tone(self) -> bool:
        """Whether it is a beep and not a voice."""
        return bool(self._sound) and is_tone(np.concatenate(self._sound))

    def accept(self, sound: Samples) -> Phrase | None:
        """Take the next samples, shape (n,). Return the phrase that all of it is so far."""
        self._sound.append(sound)
        self._recognizer.AcceptWaveform(self._pcm(sound, self._settings.floor_db))
        return self._meaning(json.loads(self._recognizer.PartialResult())["partial"])

    def stop_so_far(self) -> Decoded | None:
        """Return "stop" if that is urgent and alone is what has been said so far, or None."""
        if self.length > samples(self._settings.look_again_s) or self._grammar.closed:
            return None
        words = self._grammar.words_only()
        urgent = tuple(phrase for phrase in words.phrases if phrase.urgent)
        return self._stop_alone(replace(words, phrases=urgent))

    def convinces(self, decoded: Decoded) -> bool:
        """Whether what was heard fits clearly better than any other sounds would.

        What is urgent and comes after the narrator's own echo is only the end of the sound, and
        convinces in any case.
        """
        urgent = any(phrase.urgent for phrase in decoded.phrases)
        if self._grammar.closed or (urgent and self.over_echo) or decoded is self._sure:
            return True
        settings, text = self._settings, decoded.text
        if text in self._grammar.wholes:
            return self._margin(as_one_word(text)) >= settings.whole_margin
        if not self._grammar.matches(text):
            ending = f"{UNKNOWN} {decoded.phrases[-1].text}"
            return self._margin(ending) >= settings.ending_margin
        return self._margin(text) >= (settings.urgent_margin if urgent else settings.margin)

    def finish(self) -> Decoded:
        """Return the result. Nothing can be added after this."""
        result = self._convincing()
        if result.phrases or self._grammar.closed or self.over_echo:
            return result
        return self._recut() or result

    def _convincing(self) -> Decoded:
        """Return the result, without phrases if it does not fit clearly better than any sounds."""
        result = self._best_look()
        if result.phrases and not self.convinces(result):
            return replace(result, phrases=())
        return result

    def _recut(self) -> Decoded | None:
        """Look at the loud part alone, if that is another: it counts if it is several words.

        Noise that runs into the voice, or that hides its beginning from the voice activity, makes a
        phrase come out with a word too many or too few: "five undo that". A single word that is
        cut out of other speech could be part of anything.
        """
        if self.length > samples(self._settings.recut_longest_s):
            return None
        sound, earlier = np.concatenate([self._before, *self._sound]), len(self._before)
        begin, end = loud_part(sound, earlier)
        if max(abs(begin - earlier), abs(end - len(sound))) < samples(self._settings.recut_s):
            return None
        start = self.start - earlier + begin
        again = Utterance(self._model, self._grammar, self._settings, start)
        again.accept(sound[begin:end])
        found = again._decoded(again._recognizer)
        if not found.phrases:
            found = again._said_whole(found)
        if not found.phrases or " " not in found.text or found.confidence < self._settings.doubtful:
            return None
        whole = found.text in self._grammar.wholes
        margin = again._margin(as_one_word(found.text) if whole else found.text)
        return found if margin >= self._settings.recut_margin else None

    def _best_look(self) -> Decoded:
        """Return the first of several looks that gives a phrase."""
        first = self._decoded(self._recognizer)
        doubtful = first.confidence < self._settings.doubtful and not self._grammar.closed
        if doubtful and not self._expected(first):
            first = replace(first, phrases=())
        stopped = self._ends_with_stop(first)
        if not first.phrases and stopped is not None and self.convinces(stopped):
            return stopped  # at once: the other looks take a second
        if self.length <= samples(self._settings.look_again_s):
            first = self._second_look(first)
        if not first.phrases and self.length <= samples(self._settings.one_breath_s):
            first = self._said_whole(first)
        return first if first.phrases else self._stop_at_the_end(first)

    def _second_look(self, first: Decoded) -> Decoded:
        """Decode a short utterance again, with less to choose from.

        In the whole grammar everything competes: a short "stop" comes back as the "step" of
        "next step", and in noise as "slower". Nearly every one is found by listening for stop
        alone, which wins over whatever was heard first. The single words alone give most other
        short commands, but they also take many another word for one: so without decoys they
        count only for an answer to the open question, which is expected, and with decoys only
        for what is urgent.
        """
        if any(phrase.intent == STOP for phrase in first.phrases):
            return first
        words = self._grammar.words_only()
        alone = None if self._grammar.closed else self._stop_alone(words)
        if alone is not None:
            return alone
        if first.phrases or not words.phrases:
            return first
        if any(phrase.scope == "question" for phrase in words.phrases):
            second = self._look_again(words.without_decoys())
            if self._expected(second):
                return second
        third = self._look_again(words)
        return third if any(phrase.urgent for phrase in third.phrases) else first

    def _stop_alone(self, words: Grammar) -> Decoded | None:
        """Listen for stop and nothing else, and at the same time for what is like it.

        Not in one list: there a "stop" is found before all of it was said.
        """
        stops = [phrase.text for phrase in words.phrases if phrase.intent == STOP]
        if not stops:
            return None
        found, other = self._model.best_fits(self._levelled(), stops, [*NOT_STOP, UNKNOWN])
        phrase = self._meaning(found.text)
        if phrase is None or phrase.intent != STOP:
            return None
        easy = self.over_echo or not self._knows_unknown
        needed = self._settings.stop_margin_in_echo if easy else self._settings.stop_margin
        if found.likelihood - other.likelihood < needed:
            return None
        self._sure = Decoded(found.text, self._words(found.words), (phrase,))
        return self._sure

    def _said_whole(self, first: Decoded) -> Decoded:
        """Listen again for phrases as wholes, for two with a word between, and for the address.

        A phrase that has lost a word to noise is none: "at all" instead of "not at all".
        """
        grammar = replace(self._grammar, said_whole=True, in_one_breath=True)
        if grammar.closed or not (grammar.wholes or grammar.connecting):
            return first
        again = self._look_again(grammar)
        if again.confidence < self._settings.doubtful or not again.phrases:
            return first
        # Single words had their look: here they are what other speech comes out as.
        return again if " " in again.text and self.convinces(again) else first

    def _stop_at_the_end(self, first: Decoded) -> Decoded:
        """Let a "stop" count that comes right after other speech, with no pause between.

        People talk, and somebody calls stop. It is the one phrase that may have words before it.
        """
        if self._grammar.closed:
            return first
        stopped = self._ends_with_stop(first)
        if stopped is not None:
            return stopped
        stops = (p for p in self._grammar.words_only().phrases if p.intent == STOP)
        stop = next(stops, None)
        if stop is None or self.length > samples(self._settings.one_breath_s):
            return first
        ending = f"{UNKNOWN} {stop.text}"
        if self._margin(ending, self._settings.ending_s) < self._settings.unheard_ending_margin:
            return first
        return Decoded(ending, first.words, (stop,))

    def _ends_with_stop(self, first: Decoded) -> Decoded | None:
        """Return what was decoded as a "stop" if that is its last word, or None."""
        if self._grammar.closed or not first.words:
            return None
        last = self._grammar.match(first.words[-1].text)
        return replace(first, phrases=(last,)) if last is not None and last.intent == STOP else None

    @staticmethod
    def _expected(decoded: Decoded) -> bool:
        """Whether all of it answers the open question."""
        scopes = {phrase.scope for phrase in decoded.phrases}
        return scopes == {"question"}

    def _look_again(self, grammar: Grammar) -> Decoded:
        """Decode the whole utterance with another grammar, at an even level."""
        recognizer = self._model.recognizer(grammar.vosk_json())
        recognizer.AcceptWaveform(self._levelled())
        return self._decoded(recognizer)

    def _margin(self, text: str, last_s: float | None = None) -> float:
        """Return by how much some words fit better than any sounds, ``[unk]``, would.

        Args:
            text: the words.
            last_s: so many seconds at the end of the utterance are looked at; None is all of it.
        """
        if not self._knows_unknown:
            return np.inf
        key = (text, self.length, last_s)
        if key not in self._margins:
            sound = self._levelled(last_s)
            fits = self._model.best_fits(sound, [text], [UNKNOWN])
            words, others = (fit.likelihood for fit in fits)
            # Too short for either, it is not these words.
            self._margins[key] = words - others if words > -np.inf else -np.inf
        return self._margins[key]

    def _levelled(self, last_s: float | None = None) -> bytes:
        """Return the utterance, or the end of it, as 16-bit samples at an even level."""
        sound = np.concatenate(self._sound)
        if last_s is not None:
            sound = sound[-samples(last_s) :]
        louder = gain(self._settings.level_db) / max(float(np.abs(sound).max()), gain(-60))
        return self._pcm(sound * louder, self._settings.level_floor_db)

    def _meaning(self, text: str) -> Phrase | None:
        phrase = self._grammar.match(text)
        return self._grammar.ending(text) if phrase is None and self.over_echo else phrase

    def _pcm(self, sound: Samples, floor_db: float) -> bytes:
        """Return 16-bit samples with the noise floor mixed in."""
        noisy = sound + self._noise.standard_normal(len(sound)) * gain(floor_db)
        return (np.clip(noisy, -1.0, 1.0) * 32767).astype("<i2").tobytes()

    def _decoded(self, recognizer: Any) -> Decoded:
        with kaldi_messages():
            result = json.loads(recognizer.FinalResult())
        text = as_words(result["text"])
        one = self._meaning(text)
        phrases = self._grammar.matches(text) if one is None else (one,)
        return Decoded(text, self._words(result.get("result", [])), phrases)

    def _words(self, found: list[dict[str, Any]]) -> tuple[HeardWord, ...]:
        factor = self._model.time_factor * RATE
        return tuple(
            HeardWord(
                text=as_words(word["word"]),
                start=self.start + round(word["start"] * factor),
                end=self.start + round(word["end"] * factor),
                confidence=min(1.0, word.get("conf", 1.0)),
            )
            for word in found
        )
