"""Walking through a session to see how long it is: nobody interrupts, and every answer is given."""

from collections.abc import Callable
from dataclasses import dataclass

from voice_guide.rehearsal.text import TextSession
from voice_guide.script.dialogue import Effect
from voice_guide.script.estimate import ANSWER_SECONDS, READY_SECONDS
from voice_guide.session import actions, events
from voice_guide.session.engine import Engine
from voice_guide.session.questions import script_choices
from voice_guide.session.turn import Turn

LONGEST = 6 * 3600.0
"""Seconds of session time after which the walk is given up."""

_MOST_ROUNDS = 5000
"""Answers and ready's after which the walk is given up."""


@dataclass(frozen=True)
class Walk:
    """How a walk through a session went."""

    seconds: float
    """How long the session was."""

    ended: bool
    """Whether it came to its end."""


def walk_through(engine: Engine, measure: Callable[[str], float]) -> Walk:
    """Return how long a session is when all is well.

    Every "ready" takes ``READY_SECONDS`` and every answer ``ANSWER_SECONDS``. Of the answers
    that do not end the session the one for silence is given, else the first that does nothing.

    Args:
        engine: the session.
        measure: how many seconds the narrator takes for a text.
    """
    person = _Person()
    session = TextSession(engine, [person], measure=measure)
    session.begin()
    rounds = 0
    while not session.state.ended and session.now < LONGEST and rounds < _MOST_ROUNDS:
        due = person.due
        if due is not None and session.now >= due:
            rounds += 1
            person.due = None
            _speak(session)
        else:
            session.advance(LONGEST if due is None else due)
    return Walk(session.now, session.state.ended)


class _Person:
    """Knows when it is time to say something."""

    def __init__(self) -> None:
        self.due: float | None = None

    def tell(self, at: float, what: events.Event | actions.Action) -> None:
        if isinstance(what, actions.StartTimer) and what.timer in ("answer", "idle"):
            self.due = at + (ANSWER_SECONDS if what.timer == "answer" else READY_SECONDS)
        elif isinstance(what, actions.Say):
            self.due = None


def _speak(session: TextSession) -> None:
    phrases = session.engine.phrases(session.state)
    answers = {phrase.intent: phrase.text for phrase in phrases if phrase.scope == "question"}
    ready = next((phrase.text for phrase in phrases if phrase.intent in ("ready", "resume")), None)
    if answers:
        wanted = _best_answer(session)
        session.hear(answers.get(wanted or "", next(iter(answers.values()))))
    elif ready is not None:
        session.hear(ready)


def _best_answer(session: TextSession) -> str | None:
    """Return the answer for silence, else the first after which the session goes on."""
    turn = Turn(session.engine.setting, session.state, session.now)
    question = turn.moment.question
    if session.state.aside is not None:
        return "no"
    if question is None:
        return None
    choices = script_choices(question, turn)
    usual = [choice for choice in choices if choice.answer == question.silence]
    quiet = [choice for choice in choices if choice.effect == Effect()]
    staying = [choice for choice in choices if choice.effect.go_to is None]
    return next(
        (
            choice.answer
            for choice in (*usual, *quiet, *staying, *choices)
            if choice.effect.end is None and choice.effect.stop is None
        ),
        question.silence,
    )
