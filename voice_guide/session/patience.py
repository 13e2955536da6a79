"""How long a silent person is waited for, and how often reminded: more and more rarely."""

from voice_guide.session.state import CONTENT, Line
from voice_guide.session.turn import Turn

TALKS_AT_MOST = 5.0
"""Seconds that a line of the script waits for people to finish speaking. They chat, and a noise
may be taken for speech: the session cannot stand still for either."""

ANSWERS_WITHIN = 2.0
"""The same for what the narrator says to somebody."""

FIRST_REMINDER = 45.0
"""Seconds until somebody who has to say "ready" is reminded. It doubles each time."""

MOST_REMINDERS = 4
"""After so many reminders without a word, the session is saved and ends."""


def polite_wait(line: Line) -> float:
    """Return how many seconds a line waits for people to finish speaking."""
    return TALKS_AT_MOST if line.kind in CONTENT else ANSWERS_WITHIN


def reminder_after(turn: Turn) -> float:
    """Return the seconds until the next reminder."""
    first = FIRST_REMINDER
    if turn.state.position >= 0 and turn.moment.remind is not None and not turn.blocked:
        first = turn.moment.remind
    return first * 2.0**turn.state.reminders
