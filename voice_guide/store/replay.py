"""State is what replaying the journal gives."""

import sqlite3
from collections.abc import Iterator

from voice_guide.errors import InputError
from voice_guide.session.engine import Engine
from voice_guide.session.events import Event
from voice_guide.session.state import State
from voice_guide.store.codec import decode_all
from voice_guide.store.snapshots import load_snapshot

_AT_ONCE = 500
"""Events that are read together."""


def events_of(connection: sqlite3.Connection, session: int, *, after: int = 0) -> Iterator[Event]:
    """Yield the events of a session in order, without the first ``after``.

    Raises:
        ValueError: this program knows no such event.
    """
    rows = connection.execute(
        "SELECT kind, data FROM events WHERE session = ? AND number > ? ORDER BY number",
        (session, after),
    )
    while some := rows.fetchmany(_AT_ONCE):
        yield from decode_all(some)


def replay(connection: sqlite3.Connection, session: int, engine: Engine) -> tuple[int, State]:
    """Return how many events a session has, and the state after them.

    Raises:
        InputError: this version of the program cannot make sense of the events.
    """
    count, state = load_snapshot(connection, session) or (0, engine.begin())
    try:
        for event in events_of(connection, session, after=count):
            state = engine.follow(state, event)
            count += 1
    except (ValueError, LookupError) as error:
        raise InputError(
            f"Session {session} cannot be carried on with this version of voice-guide: {error}"
        ) from error
    return count, state
