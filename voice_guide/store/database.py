"""Opening the journal's database, whatever state it is in."""

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from voice_guide.errors import InputError, MachineError, reason
from voice_guide.store.place import DAMAGED, files_of, make_private
from voice_guide.store.schema import migrate

_BUSY = 2.0
"""Seconds to wait while another process, such as a history, holds the file."""

_LITTLE = 1_000_000
"""Bytes left on a disk that is full: SQLite needs files beside the journal even to read it."""


def open_database(path: Path) -> sqlite3.Connection:
    """Open or make the journal and bring its tables up to date.

    Raises:
        InputError: a newer program has made it.
        MachineError: the folder or the file cannot be read or written, or it is damaged.
    """
    try:
        return _open(path)
    except (OSError, sqlite3.Error) as error:
        raise MachineError(
            f"{path}: the journal cannot be opened: {reason(error)}.{_advice(path, error)}"
        ) from error


def open_or_begin_anew(path: Path) -> tuple[sqlite3.Connection, str | None]:
    """As ``open_database``, but a damaged journal is kept aside and a new one begun.

    Returns the connection, and what to tell the user when the old one was damaged.
    """
    try:
        connection = open_database(path)
        if _sound(connection):
            return connection, None
        connection.close()
    except MachineError as error:
        if not _is_damage(error.__cause__):
            raise
    aside = _put_aside(path)
    told = (
        f"The journal was damaged. It is kept as {aside}, and a new one has begun. "
        "Sessions before today are not in it."
    )
    return open_database(path), told


def leave_syncing_to_another(connection: sqlite3.Connection) -> None:
    """Let commits reach the operating system only. They outlive the death of this process.

    What reaches the disk itself, and so outlives a power cut, is then a ``Syncer``'s business.
    """
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    connection.execute("PRAGMA journal_size_limit = 0")


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All or nothing of what is written inside."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _open(path: Path) -> sqlite3.Connection:
    make_private(path)
    connection = sqlite3.connect(path, timeout=_BUSY, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        migrate(connection, str(path))
    except (sqlite3.Error, InputError):
        connection.close()
        raise
    return connection


def _sound(connection: sqlite3.Connection) -> bool:
    try:
        return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except sqlite3.DatabaseError:
        return False


def _is_damage(error: BaseException | None) -> bool:
    """Whether the file's contents are at fault, and not its disk, its folder or its rights."""
    return isinstance(error, sqlite3.DatabaseError) and not isinstance(
        error, sqlite3.OperationalError
    )


def _advice(path: Path, error: BaseException) -> str:
    if _is_damage(error):
        return " It is damaged. The next 'voice-guide play' keeps it aside and begins a new one."
    try:
        full = shutil.disk_usage(path.parent).free < _LITTLE
    except OSError:
        return ""
    return " The disk is full: make room." if full else ""


def _put_aside(path: Path) -> Path:
    stamp = datetime.now().strftime("%Y-%m-%d-%H%M%S-%f")
    aside = path.with_name(f"{DAMAGED}{stamp}.db")
    for file in files_of(path):
        file.rename(aside.with_name(aside.name + file.name.removeprefix(path.name)))
    return aside
