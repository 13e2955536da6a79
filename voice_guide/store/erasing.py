"""Erasing: what is forgotten is gone from the disk's files, not only from the tables."""

import os
import shutil
import sqlite3
from pathlib import Path

from voice_guide.errors import MachineError, reason
from voice_guide.store.database import open_database, transaction
from voice_guide.store.export import no_session
from voice_guide.store.lock import PlayerLock
from voice_guide.store.place import DAMAGED, files_of, is_there, journal_path
from voice_guide.store.recording import FOLDER

_TABLES = ("events", "snapshots", "sittings")


def forget_session(session: int, path: Path | None = None) -> None:
    """Erase a session from the journal.

    Raises:
        InputError: there is no such session.
        MachineError: another process plays, or the journal cannot be written.
    """
    path = path or journal_path()
    if not is_there(path):
        raise no_session(session)
    lock = _lock(path)
    try:
        connection = open_database(path)
        try:
            names = connection.execute(
                "SELECT recording FROM sittings WHERE session = ? AND recording IS NOT NULL",
                (session,),
            )
            for (name,) in names.fetchall():
                _shred(path.parent / FOLDER / Path(name).name)
            _delete(connection, session)
            _overwrite(connection)
        except (OSError, sqlite3.Error) as error:
            raise MachineError(
                f"{path}: session {session} is not erased: {reason(error)}."
            ) from error
        finally:
            connection.close()
    finally:
        lock.release()


def _lock(path: Path) -> PlayerLock:
    try:
        return PlayerLock(path)
    except OSError as error:
        raise MachineError(f"Nothing is erased: {reason(error)}.") from error


def _delete(connection: sqlite3.Connection, session: int) -> None:
    with transaction(connection):
        for table in _TABLES:
            connection.execute(f"DELETE FROM {table} WHERE session = ?", (session,))
        gone = connection.execute("DELETE FROM sessions WHERE id = ?", (session,)).rowcount
        if not gone:
            raise no_session(session)
        connection.execute("DELETE FROM scripts WHERE digest NOT IN (SELECT digest FROM sessions)")


def _overwrite(connection: sqlite3.Connection) -> None:
    """Build the file anew from what is left, and empty the log of changes."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def forget_all(path: Path | None = None) -> int:
    """Erase the journal, damaged ones that were kept aside and recordings. Return how many files.

    Raises:
        MachineError: another process plays, or a file cannot be removed.
    """
    path = path or journal_path()
    if not is_there(path.parent):
        return 0
    lock = _lock(path)
    try:
        recordings = path.parent / FOLDER
        files = [*files_of(path), *path.parent.glob(f"{DAMAGED}*"), *recordings.glob("*")]
        for file in files:
            _shred(file)
    except OSError as error:
        raise MachineError(f"Not everything is erased: {reason(error)}.") from error
    finally:
        lock.release()
    return len(files)


def forget_spoken(folder: Path) -> None:
    """Remove the narrator's rendered lines: some say what was answered, or where it hurts.

    Raises:
        MachineError: a file cannot be removed.
    """
    if not folder.exists():
        return
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise MachineError(f"Not everything is erased: {reason(error)}.") from error


def _shred(file: Path) -> None:
    """Overwrite a file with zeros and remove it, if it is there."""
    if not file.exists():
        return
    with file.open("r+b") as stream:
        left = file.stat().st_size
        while left > 0:
            left -= stream.write(bytes(min(left, 1 << 20)))
        stream.flush()
        os.fsync(stream.fileno())
    file.unlink()
