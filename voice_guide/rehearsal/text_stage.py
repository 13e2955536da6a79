"""Plays a whole session in text, with a person who follows cues or types."""

import time
from collections.abc import Callable, Iterable

from voice_guide.rehearsal.all_well import well_answers
from voice_guide.rehearsal.cues import Cue
from voice_guide.rehearsal.outcome import LONGEST, Rehearsal
from voice_guide.rehearsal.person import INTERRUPTS, Person
from voice_guide.rehearsal.text import TextSession, Watcher
from voice_guide.session import actions, events
from voice_guide.session.engine import Engine

_LOOK = 0.1
"""Seconds of session time between two looks at whether the person has something to say."""


class TextStage:
    """A session in text, and a person who speaks when the cues say so."""

    def __init__(
        self,
        engine: Engine,
        cues: Iterable[Cue],
        *,
        helpful: bool = True,
        watchers: Iterable[Watcher] = (),
    ) -> None:
        """Set the stage; ``play`` plays.

        Args:
            engine: the session.
            cues: what the person says, and when.
            helpful: the person answers and says "ready" also where no cue says so.
            watchers: who is told what happens.
        """
        self._session = TextSession(engine, (*watchers, self))
        self._person = Person(
            self._session, cues, helpful=helpful, well=well_answers(engine.setting.script)
        )

    def tell(self, at: float, what: events.Event | actions.Action) -> None:
        """Let the person follow the session."""
        self._person.tell(at, what)

    def play(self) -> Rehearsal:
        """Play the session to its end, or for ``LONGEST`` seconds of session time."""
        began, session = time.perf_counter(), self._session
        session.begin()
        while not session.state.ended and session.now < LONGEST:
            self._person.act(session.now)
            session.advance(session.now + _LOOK)
        took = time.perf_counter() - began
        return Rehearsal(session.now, took, session.state.ended, self._person.unsaid)


class Typist:
    """A session in text with somebody who types what the person says."""

    def __init__(self, engine: Engine, watchers: Iterable[Watcher] = ()) -> None:
        """Get ready; ``play`` plays."""
        self._session = TextSession(engine, (*watchers, self))
        self._lines_ended = 0

    def tell(self, at: float, what: events.Event | actions.Action) -> None:
        """Count the lines that the narrator has said."""
        del at
        self._lines_ended += isinstance(what, events.NarrationFinished)

    def play(self, typed: Callable[[], str | None]) -> Rehearsal:
        """Play the session to its end.

        Args:
            typed: asks for a line. Words are said when the narrator is silent; with "!" in
                front, over what the narrator says next. An empty line lets the session go on
                to the end of the next thing that the narrator says. None: nobody types any more.
        """
        began, session = time.perf_counter(), self._session
        session.begin()
        self._listen()
        while not session.state.ended and (line := typed()) is not None:
            words = line.strip()
            if words.startswith("!"):
                self._until(lambda: session.state.sounding is not None)
                session.run(INTERRUPTS)
            if words.strip("! "):
                session.speak(words.strip("! "))
                self._until(lambda: not session.speaking)
            self._listen()
        session.run(LONGEST)
        return Rehearsal(session.now, time.perf_counter() - began, session.state.ended)

    def _listen(self) -> None:
        """Let the narrator say the next thing, and all that follows at once."""
        ended = self._lines_ended
        self._until(lambda: self._lines_ended > ended and self._session.state.sounding is None)

    def _until(self, done: Callable[[], bool]) -> None:
        session = self._session
        while not done() and not session.state.ended and session.now < LONGEST:
            session.advance(session.now + 1.0)
