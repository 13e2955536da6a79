"""How long a silent person is waited for, and how often reminded: more and more rarely."""

from voice_guide.session.turn import Turn

FIRST_REMINDER = 45.0
"""Seconds until somebody who has to say "ready" is reminded. It doubles each time."""

MOST_REMINDERS = 4
"""After so many reminders without a word, the session is saved and ends."""


def reminder_after(turn: Turn) -> float:
    """Return the seconds until the next reminder."""
    first = FIRST_REMINDER
    if turn.state.position >= 0 and turn.moment.remind is not None and not turn.blocked:
        first = turn.moment.remind
    return first * 2.0**turn.state.reminders
