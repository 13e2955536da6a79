"""The journal as the player uses it: begin a session, find one that was broken off, go on."""

import sqlite3
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from voice_guide.errors import InputError
from voice_guide.session.engine import Engine
from voice_guide.session.state import State
from voice_guide.store import clock
from voice_guide.store.database import leave_syncing_to_another, open_or_begin_anew, transaction
from voice_guide.store.history import Used, used
from voice_guide.store.journal import SessionJournal
from voice_guide.store.kept import KeptScript, KeptSession, select_sessions
from voice_guide.store.lock import PlayerLock
from voice_guide.store.place import journal_path, make_private
from voice_guide.store.recording import FOLDER, Recording, require_room
from voice_guide.store.replay import replay
from voice_guide.store.snapshots import save_snapshot
from voice_guide.store.syncing import Syncer


@dataclass(frozen=True)
class Reopened:
    """A session that was broken off, ready to go on."""

    journal: SessionJournal
    state: State
    away: float
    """Seconds since it was broken off, by the calendar. Never negative."""


class Store:
    """The user's journal, open for playing. Only one process at a time has it.

    Raises:
        InputError: a newer program has made the journal.
        MachineError: another player has it, or it cannot be read or written.
        OSError: its folder cannot be made or written.
    """

    def __init__(self, path: Path | None = None) -> None:
        path = path or journal_path()
        make_private(path)
        self._path = path
        self._lock = PlayerLock(path)
        self._journal: SessionJournal | None = None
        try:
            self._connection, self.told = open_or_begin_anew(path)
            leave_syncing_to_another(self._connection)
        except BaseException:
            self._lock.release()
            raise
        self._syncer = Syncer(path, self._trouble)

    def close(self) -> None:
        """Write what could not be written before, if that is possible now; let others have it."""
        if self._journal is not None:
            self._journal.flush()
        self._syncer.close()
        self._connection.close()
        self._lock.release()

    def _trouble(self, reason: str) -> None:
        if self._journal is not None:
            self._journal.trouble(reason)

    def begin(self, script: KeptScript) -> SessionJournal:
        """Begin the journal of a new session."""
        now = clock.now()
        with transaction(self._connection) as connection:
            connection.execute(
                "INSERT OR IGNORE INTO scripts VALUES (?, ?)", (script.digest, script.text)
            )
            session = connection.execute(
                "INSERT INTO sessions (script, path, title, digest, version, practice)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    script.name,
                    str(script.path),
                    script.title,
                    script.digest,
                    metadata.version("voice-guide"),
                    script.practice,
                ),
            ).lastrowid
            assert session is not None
            _sit_down(connection, session, 1, now, 0.0)
        self._lock.tell(session)
        self._journal = SessionJournal(self._connection, session, 1, self._syncer.request)
        return self._journal

    def unfinished(self, path: Path | None = None, name: str | None = None) -> KeptSession | None:
        """Return the last session of a script, if it was broken off.

        Args:
            path: the file of the script.
            name: the name of the script or its file, instead. Of neither: of any script.
        """
        where = "EXISTS (SELECT 1 FROM events e WHERE e.session = s.id)"
        values: tuple[str, ...] = ()
        if path is not None:
            where, values = where + " AND s.path = ?", (str(path),)
        elif name is not None:
            where, values = where + " AND (s.script = ? OR s.path = ?)", (name, _absolute(name))
        latest = f"s.id = (SELECT max(s.id) FROM sessions s WHERE {where})"
        found = select_sessions(self._connection, latest, values)
        return found[0] if found and found[0].resumable else None

    def require_room_to_record(self) -> None:
        """Find out whether a recording can be begun.

        Raises:
            MachineError: it cannot; the message says what to do.
        """
        require_room(self._path.parent / FOLDER)

    def record(self) -> Recording:
        """Record the sound of the sitting that has begun.

        Raises:
            OSError: the file cannot be made, or the disk is nearly full.
        """
        assert self._journal is not None
        session, sitting = self._journal.session, self._journal.sitting
        stamp = clock.now().local[:19].replace(":", "")
        name = f"{session}-{sitting}-{stamp}.wav"
        recording = Recording(self._path.parent / FOLDER / name)
        with transaction(self._connection) as connection:
            connection.execute(
                "UPDATE sittings SET recording = ? WHERE session = ? AND number = ?",
                (name, session, sitting),
            )
        return recording

    def used(self, practice: str) -> Used:
        """Return how much was practised of late of what counts as this (see `KeptScript`)."""
        return used(self._connection, practice, clock.now().day)

    def script_of(self, session: KeptSession) -> KeptScript:
        """Return the script of a session as it was when the session began.

        Raises:
            InputError: it is not in the journal.
        """
        row = self._connection.execute(
            "SELECT text FROM scripts WHERE digest = ?", (session.digest,)
        ).fetchone()
        if row is None:
            raise InputError(f"The script of session {session.number} is not in the journal.")
        return KeptScript(session.script, session.path, session.title, row[0], session.practice)

    def reopen(self, session: KeptSession, engine: Engine) -> Reopened:
        """Go on with a session that was broken off.

        Raises:
            InputError: this version of the program cannot make sense of it.
        """
        events, state = replay(self._connection, session.number, engine)
        now = clock.now()
        sitting = session.sittings + 1
        with transaction(self._connection) as connection:
            connection.execute("UPDATE sessions SET reason = NULL WHERE id = ?", (session.number,))
            connection.execute(
                "UPDATE sittings SET to_s = ?, practised = ? - (SELECT coalesce(sum(practised), 0)"
                " FROM sittings WHERE session = ? AND number < ?) WHERE session = ? AND number = ?",
                (state.last_at, state.practised, *(session.number, session.sittings) * 2),
            )
            _sit_down(connection, session.number, sitting, now, state.last_at)
            save_snapshot(connection, session.number, events, state)
        self._lock.tell(session.number)
        self._journal = SessionJournal(
            self._connection,
            session.number,
            sitting,
            self._syncer.request,
            events=events,
            step=(session.step, session.steps, session.step_name),
            practised_before=state.practised,
        )
        return Reopened(self._journal, state, max(0.0, now.epoch - session.last))


def _sit_down(
    connection: sqlite3.Connection, session: int, number: int, now: clock.Moment, at: float
) -> None:
    connection.execute(
        "INSERT INTO sittings (session, number, began, day, last, from_s, to_s)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (session, number, now.local, now.day, now.epoch, at, at),
    )


def _absolute(name: str) -> str:
    return str(Path(name).resolve())
