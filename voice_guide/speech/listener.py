"""From a stream of sound to what was heard: voice activity, recogniser, phrases."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from voice_guide.audio.format import BLOCK, Samples, samples
from voice_guide.speech.decoding import DecodingSettings
from voice_guide.speech.grammar import Grammar, Phrase
from voice_guide.speech.hearing import Heard, Hearing, SpeechEnded, SpeechStarted
from voice_guide.speech.lift import Lift
from voice_guide.speech.looks import Decoded, Looks
from voice_guide.speech.model import SpeechModel
from voice_guide.speech.second_opinion import STOP
from voice_guide.speech.utterance import Utterance
from voice_guide.speech.vad import WINDOW, VoiceDetector, VoiceGate, VoiceSettings

NEXT_AFTER = 4
"""Windows (32 ms each) without voice after an utterance was acted on, from which on a voice is
another one: "stop", and right after it "end"."""

KEPT = 0.3
"""Seconds that are kept of an utterance that was only echo so far: a word may just have begun."""


@dataclass(frozen=True)
class ListenerSettings:
    """How the listener cuts and judges utterances."""

    voice: VoiceSettings = field(default_factory=VoiceSettings)
    decoding: DecodingSettings = field(default_factory=DecodingSettings)

    preroll_s: float = 0.15
    """Seconds before the voice's beginning that the recogniser gets."""

    before_s: float = 0.7
    """Seconds before those in which the voice may have begun unnoticed: they are looked at when
    nothing was understood."""

    urgent_hold_s: float = 0.2
    """A "stop" acts when it has been the whole partial result for so long."""

    pause_hold_s: float = 0.26
    """What else is urgent acts after so long. "Waits for a signal" by one of 13 voices was a "wait"
    for 0.2 s, before its "s"; with 0.3 s four of twelve "wait, my hands are full of oil" are
    lost."""

    stop_after_windows: int | None = 2
    """So many windows without voice (32 ms each) after a short utterance it is looked at whether
    it was "stop", long before it counts as over. None: it is not. (To hold a partial "stop" for
    less than ``urgent_hold_s`` is no such gain: "start" and "spot" begin as one.)"""

    shortest_s: float = 0.09
    """Less voice than this, three windows, is a click, not speech: it is ignored. Who speaks fast
    says "no" or "up" in three."""

    longest_s: float = 8.0
    """People chat. Speech without a pause is cut after so long and not acted on, and listening
    begins anew ..."""

    kept_of_talk_s: float = 1.5
    """... with so much of it, less than ``longest_s``. Only a "stop" counts then, until the voice
    has ended, or what was heard turns out to be the narrator's echo: what is left of a sentence is
    no phrase. "... have been torn down" was an "ouch" when it was cut before its last word."""

    def __post_init__(self) -> None:
        """Check what is kept of long talk: with as much as it is cut after, that has no end."""
        if not 0 <= self.kept_of_talk_s < self.longest_s:
            raise ValueError("kept_of_talk_s must be at least 0 and less than longest_s")


class Listener:
    """Hears phrases in a stream of sound. It keeps no sound beyond the current utterance."""

    def __init__(
        self,
        model: SpeechModel,
        grammar: Grammar,
        settings: ListenerSettings = ListenerSettings(),
        worth_a_look: Callable[[int, int], bool] | None = None,
    ) -> None:
        """Get ready at sample 0 of a stream.

        Args:
            model: the speech model.
            grammar: what can be said at first.
            settings: how utterances are cut and judged.
            worth_a_look: says of an utterance from its first to its last sample whether anything
                that it could be would be taken. If not, it is not looked at: that takes time in
                which nothing else is heard. None: all are.

        Raises:
            MachineError: the voice activity model cannot be loaded.
        """
        self._model = model
        self._grammar = grammar.within(model.has_word)
        self._settings = settings
        self._worth_a_look = worth_a_look or (lambda start, end: True)
        self._detector = VoiceDetector()
        self._gate = VoiceGate(settings.voice)
        self._lift = Lift()
        self._position = 0
        # The onset is known some windows late, and the pre-roll reaches back from there.
        reach = samples(settings.preroll_s) + (settings.voice.onset_windows + 1) * WINDOW
        kept = samples(max(KEPT, settings.kept_of_talk_s))
        reach = max(reach + samples(settings.before_s), kept)
        self._past: deque[Samples] = deque(maxlen=reach // BLOCK + 2)
        self._utterance: Utterance | None = None
        self._speech_start = 0
        self._urgent: Phrase | None = None
        self._urgent_since = 0
        self._acted, self._acted_at = False, 0
        self._behind_talk = False
        self._ended_at = 0
        self._looked_for_stop: int | None = None

    def set_grammar(self, grammar: Grammar) -> None:
        """Listen for other phrases, from the next utterance on.

        Phrases with words that the model does not know are left out.
        """
        self._grammar = grammar.within(self._model.has_word)

    def expect_echo(self) -> None:
        """The utterance that has just begun may begin with the narrator's own echo.

        Then an urgent phrase counts at the end of it, too, not only alone.
        """
        if self._utterance is not None:
            self._utterance.over_echo = True

    def is_said_in(self, sound: Samples, intent: str) -> bool:
        """Return whether a single word that means this is recognised in a sound, among others.

        Args:
            sound: mono at 16 kHz, shape (n,).
            intent: what the word means.
        """
        looks = Looks(self._model, self._settings.decoding, sound, 0, self._grammar.matches)
        [found] = looks.decode(self._grammar)
        words = (self._grammar.match(word) for word in found.text.split())
        return any(word is not None and word.intent == intent for word in words)

    @property
    def undecided_since(self) -> int | None:
        """Where the utterance began that is heard now and has led to nothing yet, or None."""
        if self._utterance is None or self._acted:
            return None
        return self._speech_start

    def drop_echo(self) -> None:
        """The utterance was only the narrator's own echo so far: go on with its last moments.

        A "stop" behind a long echo would be found late, at the end of all of it.
        """
        self._go_on_from(self._position - samples(KEPT)).over_echo = True

    def accept(self, block: Samples, *, alone: bool = True) -> list[Hearing]:
        """Take the next block, shape (BLOCK,). Return what has been decided with it, in order.

        Args:
            block: the sound.
            alone: nothing of the loudspeaker can be in it. Then quiet voices are lifted; the rest
                of an echo must not be.
        """
        if not alone:
            self._lift.rest()
        lifted = self._lift(block) if alone else block
        self._position += len(block)
        self._past.append(block)
        hearings: list[Hearing] = []
        if self._utterance is not None:
            hearings += self._feed(self._utterance, block)
        for probability in self._detector.accept(lifted):
            change = self._gate.step(probability)
            if change is None:
                if self._acted and self._utterance and self._gate.pause == NEXT_AFTER:
                    self._start_utterance(self._position, self._position)
                if self._gate.pause == self._settings.stop_after_windows:
                    hearings += self._stop_already()
            elif change.speaking:
                hearings.append(SpeechStarted(change.at))
                hearings += self._begin(change.at)
            else:
                hearings += [*self._end(change.at), SpeechEnded(change.at)]
        return hearings

    def flush(self) -> list[Hearing]:
        """End the stream here, as at the end of a recording. Return what is left to report."""
        if not self._gate.speaking:
            return []
        end = self._gate.last_voice
        hearings: list[Hearing] = [*self._end(end), SpeechEnded(end)]
        self._gate.end()
        return hearings

    def _go_on_from(self, start: int) -> Utterance:
        """Begin anew in the midst of an utterance, with what was heard of it from there on."""
        past = np.concatenate(self._past)
        first = self._position - len(past)
        start = max(first, start)
        utterance = self._start_utterance(start, max(start, self._speech_start))
        utterance.accept(past[start - first :])
        return utterance

    def _begin(self, voice_start: int) -> list[Heard]:
        """Open an utterance whose voice began at this sample."""
        past = np.concatenate(self._past)
        first = self._position - len(past)
        start = max(first, voice_start - samples(self._settings.preroll_s))
        earliest = max(first, self._ended_at, start - samples(self._settings.before_s))
        before = past[earliest - first : max(earliest, start) - first]
        utterance = self._start_utterance(start, voice_start, before)
        return self._feed(utterance, past[start - first :])

    def _start_utterance(
        self, start: int, voice_start: int, before: Samples | None = None
    ) -> Utterance:
        self._speech_start = voice_start
        self._urgent, self._acted, self._looked_for_stop = None, False, None
        self._behind_talk = False
        decoding = self._settings.decoding
        decoding = replace(decoding, floor_db=decoding.floor_db - self._lift.decibels)
        self._utterance = Utterance(self._model, self._grammar, decoding, start, before)
        return self._utterance

    def _feed(self, utterance: Utterance, sound: Samples) -> list[Heard]:
        phrase = utterance.accept(sound)
        heard = [] if self._acted else self._act_early(phrase)
        if utterance.length >= samples(self._settings.longest_s):
            # Not over echo any more: so long, nothing but the narrator would have been noticed.
            kept = self._position - samples(self._settings.kept_of_talk_s)
            self._go_on_from(max(kept, self._acted_at))  # A "stop" is acted on once.
            self._behind_talk = not self._grammar.closed
        return heard

    def _act_early(self, phrase: Phrase | None) -> list[Heard]:
        """Return the urgent phrase that the partial result has been for long enough."""
        if phrase is None or not phrase.urgent or not self._counts(phrase):
            self._urgent = None
            return []
        if self._urgent is None or self._urgent.intent != phrase.intent:
            self._urgent, self._urgent_since = phrase, self._position
        stop = phrase.intent == STOP
        hold_s = self._settings.urgent_hold_s if stop else self._settings.pause_hold_s
        if self._position - self._urgent_since < samples(hold_s):
            return []
        if self._utterance is not None and not self._utterance.is_already(phrase):
            self._urgent = None  # It is looked at again when it has been held once more.
            return []
        self._acted, self._acted_at = True, self._position
        early = Decoded(phrase.text, (), (phrase,))
        return self._heard(early, self._gate.last_voice, confidence=1.0, partial=True)

    def _counts(self, phrase: Phrase) -> bool:
        """Whether a phrase counts here: only a "stop" does behind other talk."""
        return not self._behind_talk or phrase.intent == STOP

    def _stop_already(self) -> list[Heard]:
        """Return "stop" where that has been said, without waiting for the end of the utterance."""
        utterance, voice_end = self._utterance, self._gate.last_voice
        too_short = voice_end - self._speech_start < samples(self._settings.shortest_s)
        if utterance is None or self._acted or too_short or utterance.is_tone:
            return []
        self._looked_for_stop = voice_end
        stop = utterance.stop_so_far()
        if stop is None:
            return []
        self._acted, self._acted_at = True, self._position
        return self._heard(stop, voice_end, confidence=stop.confidence, partial=True)

    def _end(self, voice_end: int) -> list[Heard]:
        """Close the utterance whose voice ended at this sample."""
        utterance, self._utterance = self._utterance, None
        self._ended_at = self._position
        too_short = voice_end - self._speech_start < samples(self._settings.shortest_s)
        if utterance is None or self._acted or too_short or utterance.is_tone:
            return []
        if not self._worth_a_look(self._speech_start, voice_end):
            return []
        decoded = utterance.finish(voice_end, looked_for_stop=self._looked_for_stop == voice_end)
        if not decoded.text:
            return []
        return self._heard(decoded, voice_end, confidence=decoded.confidence, partial=False)

    def _heard(
        self, decoded: Decoded, voice_end: int, *, confidence: float, partial: bool
    ) -> list[Heard]:
        """Return what was heard, each phrase by itself."""
        phrases = tuple(phrase for phrase in decoded.phrases if self._counts(phrase))
        last = len(phrases) - 1
        return [
            Heard(
                text=decoded.text if last <= 0 or phrase is None else phrase.text,
                intent=phrase.intent if phrase else None,
                scope=phrase.scope if phrase else None,
                confidence=confidence,
                words=decoded.words,
                speech_start=self._speech_start,
                speech_end=voice_end,
                decided_at=self._position,
                partial=partial,
                slots=phrase.slots if phrase else (),
                more=number < last,
            )
            for number, phrase in enumerate(phrases or (None,))
        ]
