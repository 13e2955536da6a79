"""What was played: a table of sessions, and totals for each script and day."""

import sqlite3
from dataclasses import dataclass
from datetime import date

from voice_guide.store.kept import KeptSession, select_sessions


@dataclass(frozen=True)
class Total:
    """What was played of a script on a day."""

    day: str
    """The local day on which a sitting began: ``2031-05-07``."""
    script: str
    sittings: int
    seconds: float
    """Session time."""
    practised: float
    """Seconds in steps, without pauses and holds."""


def history(connection: sqlite3.Connection, script: str | None = None) -> list[KeptSession]:
    """Return the sessions of a script, or of all, oldest first."""
    if script is None:
        return select_sessions(connection)
    return select_sessions(connection, "s.script = ?", (script,))


def totals(connection: sqlite3.Connection, script: str | None = None) -> list[Total]:
    """Return the totals of each day and script, oldest first."""
    where, values = ("WHERE s.script = ?", (script,)) if script is not None else ("", ())
    rows = connection.execute(
        "SELECT t.day, s.script, count(*), sum(t.to_s - t.from_s), sum(t.practised)"
        f" FROM sittings t JOIN sessions s ON s.id = t.session {where}"
        " GROUP BY t.day, s.script ORDER BY t.day, s.script",
        values,
    )
    return [Total(*row) for row in rows]


PRACTISED = 30.0
"""Seconds in steps from which on a day counts as one with a session."""


@dataclass(frozen=True)
class Used:
    """How much of a script, or of several that share their limits, was practised of late."""

    today: float
    """Seconds in steps today."""
    days_since: int | None
    """Days since the last day with a session. None: there was none."""


def used(connection: sqlite3.Connection, practice: str, today: str) -> Used:
    """Return how much was practised of a script, or of several that share their limits.

    Days that lie ahead by the clock do not count.
    """
    rows = connection.execute(
        "SELECT t.day, sum(t.practised) FROM sittings t JOIN sessions s ON s.id = t.session"
        " WHERE s.practice = ? AND t.day <= ? GROUP BY t.day ORDER BY t.day",
        (practice, today),
    ).fetchall()
    of_today = sum(practised for day, practised in rows if day == today)
    days = [day for day, practised in rows if practised >= PRACTISED]
    since = (date.fromisoformat(today) - date.fromisoformat(days[-1])).days if days else None
    return Used(of_today, since)
