"""The tables of the journal, and how a journal of an older version becomes one of today's."""

import sqlite3

from voice_guide.errors import InputError

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE scripts (
        digest TEXT PRIMARY KEY,
        text TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE sessions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        script TEXT NOT NULL,
        path TEXT NOT NULL,
        title TEXT NOT NULL,
        digest TEXT NOT NULL REFERENCES scripts,
        version TEXT NOT NULL,
        seconds REAL NOT NULL DEFAULT 0,
        step INTEGER NOT NULL DEFAULT 0,
        steps INTEGER NOT NULL DEFAULT 0,
        step_name TEXT NOT NULL DEFAULT '',
        answers TEXT NOT NULL DEFAULT '{}',
        reason TEXT
    );
    CREATE TABLE sittings (
        session INTEGER NOT NULL REFERENCES sessions,
        number INTEGER NOT NULL,
        began TEXT NOT NULL,
        day TEXT NOT NULL,
        last REAL NOT NULL,
        from_s REAL NOT NULL,
        to_s REAL NOT NULL,
        practised REAL NOT NULL DEFAULT 0,
        PRIMARY KEY (session, number)
    ) WITHOUT ROWID;
    CREATE INDEX sittings_by_day ON sittings (day);
    CREATE TABLE events (
        session INTEGER NOT NULL REFERENCES sessions,
        number INTEGER NOT NULL,
        kind TEXT NOT NULL,
        data TEXT NOT NULL,
        PRIMARY KEY (session, number)
    ) WITHOUT ROWID;
    CREATE TABLE snapshots (
        session INTEGER PRIMARY KEY REFERENCES sessions,
        number INTEGER NOT NULL,
        program TEXT NOT NULL,
        state TEXT NOT NULL
    );
    """,
    "ALTER TABLE sittings ADD COLUMN recording TEXT",
    """
    ALTER TABLE sessions ADD COLUMN practice TEXT NOT NULL DEFAULT '';
    UPDATE sessions SET practice = script;
    CREATE INDEX sessions_by_practice ON sessions (practice);
    """,
)
"""Migration n makes version n of the tables from version n - 1. Never change one: add one.

scripts holds each script's text once, so that a session can be replayed whatever becomes of the
file. ``practice`` is what its limits count as: the script's name, or the name that several scripts
share. A sitting is one run of the program for a session: a session that was resumed has several.
Times ending in _s, and ``seconds`` and ``practised``, are session seconds; ``began`` is local time
with its offset (ISO 8601), ``last`` seconds since 1970. ``reason`` is NULL while a session can be
gone on with. A snapshot is the state after ``number`` events: a cache, which replay can do without.
``recording`` is the name of a file in the folder of recordings, where a sitting was recorded.
"""


def version_of(connection: sqlite3.Connection) -> int:
    """Return the version of the tables; 0 in an empty file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, name: str) -> None:
    """Bring the tables up to date, all or nothing.

    Raises:
        InputError: a newer program has made them.
        sqlite3.Error: the file cannot be read or written.
    """
    version = version_of(connection)
    if version > len(MIGRATIONS):
        raise InputError(
            f"{name}: this journal was written by a newer voice-guide (its version is {version}, "
            f"and this program knows {len(MIGRATIONS)}). Update voice-guide, or move the file away."
        )
    for number, script in enumerate(MIGRATIONS[version:], version + 1):
        try:
            connection.executescript(
                f"BEGIN IMMEDIATE; {script}; PRAGMA user_version = {number}; COMMIT"
            )
        except sqlite3.Error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            if version_of(connection) < number:  # else another process has just done it
                raise
