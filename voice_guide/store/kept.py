"""What the journal keeps of a session, as plain values."""

import hashlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class KeptScript:
    """A script as it was when a session began."""

    name: str
    path: Path
    title: str
    text: str
    practice: str
    """What its limits count as: its name, or the one that it shares with others."""

    @property
    def digest(self) -> str:
        """The fingerprint of the text."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class KeptSession:
    """A session in the journal."""

    number: int
    script: str
    path: Path
    title: str
    digest: str
    began: str
    """Local time with its offset, ISO 8601."""
    last: float
    """When it was last at something, seconds since 1970."""
    seconds: float
    """Session time so far."""
    practised: float
    """Seconds in steps, without pauses and holds."""
    sittings: int
    step: int
    steps: int
    step_name: str
    reason: str | None
    """Why it ended; None when it was broken off."""
    answers: str
    """The saved answers, as a JSON object."""
    recorded: str | None
    """The names of the recordings, a line each."""
    practice: str
    """What its limits count as (see `KeptScript`)."""

    @property
    def recordings(self) -> tuple[str, ...]:
        """The names of the files with the sound of its sittings."""
        return tuple((self.recorded or "").splitlines())

    @property
    def resumable(self) -> bool:
        """Whether it was broken off, or saved because nobody spoke any more."""
        return self.reason in (None, "silence")


_SELECT = """
    SELECT s.id, s.script, s.path, s.title, s.digest, min(t.began), max(t.last), s.seconds,
        sum(t.practised), count(*), s.step, s.steps, s.step_name, s.reason, s.answers,
        group_concat(t.recording, char(10)), s.practice
    FROM sessions s JOIN sittings t ON t.session = s.id
"""


def select_sessions(
    connection: sqlite3.Connection, where: str = "", values: tuple[object, ...] = ()
) -> list[KeptSession]:
    """Return sessions, oldest first. ``where`` is a condition on ``s``, the table of sessions."""
    condition = f"WHERE {where}" if where else ""
    rows = connection.execute(f"{_SELECT} {condition} GROUP BY s.id ORDER BY s.id", values)
    return [KeptSession(row[0], row[1], Path(row[2]), *row[3:]) for row in rows]
