"""The state after many events, so that a long session need not be replayed from its beginning."""

import hashlib
import sqlite3
from functools import cache
from importlib import resources

from pydantic import TypeAdapter, ValidationError

from voice_guide.session.state import State


@cache
def _adapter() -> TypeAdapter[State]:
    return TypeAdapter(State)


@cache
def program() -> str:
    """Return a fingerprint of the code that makes states from events."""
    digest = hashlib.sha256()
    for folder in ("voice_guide.session", "voice_guide.script"):
        files = (f for f in resources.files(folder).iterdir() if f.name.endswith(".py"))
        for file in sorted(files, key=lambda file: file.name):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def save_snapshot(connection: sqlite3.Connection, session: int, events: int, state: State) -> None:
    """Keep the state that a session has after its first ``events`` events."""
    connection.execute(
        "INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?, ?)",
        (session, events, program(), _adapter().dump_json(state).decode()),
    )


def load_snapshot(connection: sqlite3.Connection, session: int) -> tuple[int, State] | None:
    """Return how many events the last snapshot covers, and its state.

    None when there is none that this very program made: another might come to another state.
    """
    row = connection.execute(
        "SELECT number, state FROM snapshots WHERE session = ? AND program = ?",
        (session, program()),
    ).fetchone()
    if row is None:
        return None
    try:
        return int(row[0]), _adapter().validate_json(row[1])
    except ValidationError:
        return None
