"""A session in text: no sound, and a clock that jumps from one happening to the next.

What the person says goes through the same matching as what the recogniser writes: a phrase that
is not listened for is not understood. What cannot be tried like this is hearing itself.
"""

import heapq
from collections.abc import Callable, Iterable
from typing import Protocol

from voice_guide.language.pauses import seconds_of_pauses
from voice_guide.language.phrases import Phrase
from voice_guide.language.templates import normalise
from voice_guide.rehearsal.cues import Cue
from voice_guide.script.checks.common import seconds_to_say
from voice_guide.session import actions, events
from voice_guide.session.engine import Engine
from voice_guide.session.state import State
from voice_guide.speech.grammar import Grammar
from voice_guide.speech.spoken_text import find_sentences, split_pauses

SLOW = 0.75
"""The pace of a line that was not understood, relative to the narrator's own."""

SECONDS_A_WORD = 0.4
"""How long a person takes for a word, at 150 words a minute."""

URGENT_AFTER = 0.2
"""Seconds from the end of "stop" until it acts: the listener does not wait for the end."""

UNDERSTOOD_AFTER = 0.6
"""Seconds of quiet from the end of an utterance until the listener takes it for over."""


class Watcher(Protocol):
    """Somebody who is told what happens."""

    def tell(self, at: float, what: events.Event | actions.Action) -> None:
        """Take an event or an action, at session time ``at`` in seconds."""


class TextSession:
    """Plays a session in text. It counts seconds of session time, and never waits."""

    def __init__(
        self,
        engine: Engine,
        watchers: Iterable[Watcher] = (),
        *,
        state: State | None = None,
        opening: events.Began | events.Continued | None = None,
        measure: Callable[[str], float] | None = None,
    ) -> None:
        """Get ready; ``begin`` begins.

        Args:
            engine: the session.
            watchers: who is told what happens.
            state: the session as it was broken off, or None for a new one.
            opening: how it begins; at its beginning, for the first time, when left out.
            measure: how many seconds the narrator takes for a text; by its words when left out.
        """
        self.engine = engine
        self._opening = opening or events.Began(0.0)
        self.now = self._opening.at
        """Session time in seconds."""
        self.state: State = state or engine.begin()
        self._watchers = tuple(watchers)
        self._due: list[tuple[float, int, Callable[[int], None]]] = []
        self._count = 0
        self._timers: dict[str, int] = {}
        self._measure = measure
        self._line: int | None = None
        self._text = ""
        self._line_began = 0.0
        self._pace = 1.0
        self._cut: dict[str, float] = {}
        self._covered: float | None = None
        self._rate = 1.0
        self.confidence = 1.0
        """How sure the recogniser is of what the person says."""
        self._speaking = 0
        self._grammar = Grammar(())

    def begin(self) -> None:
        """Begin the session."""
        self.feed(self._opening)

    # The narrator and the timers

    def feed(self, event: events.Event) -> tuple[actions.Action, ...]:
        """Let an event happen. Return what the session did."""
        self._tell(event)
        self.state, done = self.engine.step(self.state, event)
        for action in done:
            self._tell(action)
            self._obey(action)
        return done

    def _tell(self, what: events.Event | actions.Action) -> None:
        for watcher in self._watchers:
            watcher.tell(self.now, what)

    def _obey(self, action: actions.Action) -> None:
        match action:
            case actions.Say():
                self._say(action)
            case actions.Hush():
                self._keep_place(self._said if self._covered is None else self._covered)
                self._line = self._covered = None
            case actions.StartTimer(timer, seconds):
                self._timers[timer] = self._later(seconds, lambda number: self._fire(timer, number))
            case actions.CancelTimer(timer):
                self._timers.pop(timer, None)
            case actions.Listen(phrases):
                self._grammar = Grammar.of(phrases, self.engine.setting.language)
            case actions.TurnRate(factor):
                self._rate *= factor
            case _:
                pass  # the rest only tells what has happened

    @property
    def _said(self) -> float:
        """How much of the line that sounds has been said, in seconds at the narrator's pace."""
        return (self.now - self._line_began) * self._pace

    def _keep_place(self, said: float | None) -> None:
        """Remember to go on from here with the line that sounds, if it is to be said again."""
        if self._line is not None and said is not None:
            self._cut[self._text] = said

    def _say(self, action: actions.Say) -> None:
        assert self._line is None, "two narrations at once"
        self._covered = None
        spoken = self.spoken(action)
        if action.again:
            self._cut.pop(action.text, None)
        self._line, self._text = action.line, action.text
        self._pace = self._rate * (SLOW if action.slow else 1.0)
        self._line_began = self.now - _seconds(action.text.removesuffix(spoken)) / self._pace
        if self._measure is not None and spoken == action.text:
            length = self._measure(action.aloud or action.text)
        else:
            length = _seconds(spoken) + seconds_of_pauses(action.aloud)
        self._later(length / self._pace, lambda _: self._finish(action.line))

    def spoken(self, action: actions.Say) -> str:
        """Return what sounds of a line that is about to be said.

        A line that was cut off goes on with the sentence in which it was cut.
        """
        if not action.again or action.text not in self._cut:
            return action.text
        start = 0
        for first, _ in find_sentences(action.text):
            if _seconds(action.text[:first]) <= self._cut[action.text]:
                start = first
        return action.text[start:]

    def _finish(self, line: int) -> None:
        if line == self._line:
            self._keep_place(self._covered)
            self._line = None
            self.feed(events.NarrationFinished(self.now, line))

    def _fire(self, timer: str, number: int) -> None:
        if self._timers.get(timer) == number:
            del self._timers[timer]
            self.feed(events.TimerFired(self.now, timer))

    # The person

    @property
    def speaking(self) -> bool:
        """Whether the person is speaking."""
        return self._speaking > 0

    def speak(self, cue: Cue | str) -> None:
        """Let the person begin to say something. It is understood when it has been said."""
        words = cue if isinstance(cue, str) else cue.words
        seconds = SECONDS_A_WORD * len(words.split())
        phrase = self._grammar.match(self._written(words))
        urgent = phrase is not None and phrase.urgent
        self._speaking += 1
        self._covered = None if self._line is None else self._said
        self.feed(events.SpeechBegan(self.now))
        if urgent:
            self._later(seconds + URGENT_AFTER, lambda _: self._understand(words, URGENT_AFTER))
        self._later(seconds + UNDERSTOOD_AFTER, lambda _: self._fall_silent(words, urgent))

    def _fall_silent(self, words: str, understood: bool) -> None:
        self._speaking -= 1
        if not understood:
            self._understand(words, UNDERSTOOD_AFTER)
        self.feed(events.SpeechOver(self.now))
        self._covered = None

    def _understand(self, words: str, later: float) -> None:
        self.hear(words, self.confidence, self.now - later)

    def hear(
        self, words: str, confidence: float = 1.0, speech_end: float | None = None
    ) -> tuple[actions.Action, ...]:
        """Take words as said and heard, at once. Return what the session did."""
        text = self._written(words)
        phrases = self._grammar.matches(text) or self._stop_at_the_end(text)
        if not phrases:
            return self.feed(events.Heard(self.now, None, None, text, confidence, speech_end))
        done: list[actions.Action] = []
        for number, phrase in enumerate(phrases, 1):
            done += self.feed(
                events.Heard(
                    self.now,
                    phrase.intent,
                    phrase.scope,
                    text if len(phrases) == 1 else phrase.text,
                    confidence,
                    speech_end,
                    phrase.slots,
                    more=number < len(phrases),
                )
            )
        return tuple(done)

    def _stop_at_the_end(self, text: str) -> tuple[Phrase, ...]:
        """Return "stop" where other speech ends in it, as the listener takes it."""
        last = self._grammar.match(text.rpartition(" ")[2])
        return () if last is None or last.intent != "stop" else (last,)

    def _written(self, words: str) -> str:
        """Return words as a recogniser writes them: lower case, numbers in words."""
        return normalise(self.engine.setting.language.with_numbers_said(words))

    # The clock

    def _later(self, seconds: float, what: Callable[[int], None]) -> int:
        self._count += 1
        heapq.heappush(self._due, (self.now + seconds, self._count, what))
        return self._count

    def advance(self, until: float) -> bool:
        """Jump to the next happening, or to session time ``until`` if that comes first.

        Return whether anything has happened.
        """
        if not self._due or self._due[0][0] > until:
            self.now = max(self.now, until)
            return False
        self.now, number, happen = heapq.heappop(self._due)
        happen(number)
        return True

    def run(self, seconds: float) -> None:
        """Let time pass, at most until the session has ended."""
        end = self.now + seconds
        while not self.state.ended and self.advance(end):
            pass


def _seconds(text: str) -> float:
    """Return about how long the narrator takes for a text, with the pauses in it."""
    return sum(seconds_to_say(piece.text) + piece.pause for piece in split_pauses(text))
