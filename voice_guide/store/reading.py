"""Reading the journal while nobody or somebody plays."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from voice_guide.errors import MachineError
from voice_guide.store.database import open_database
from voice_guide.store.place import is_there, journal_path


@contextlib.contextmanager
def reading(path: Path | None = None) -> Iterator[sqlite3.Connection | None]:
    """Give the journal to read from, or None where nothing was ever played.

    Raises:
        InputError: a newer program has made it.
        MachineError: it cannot be read, or is damaged.
    """
    path = path or journal_path()
    if not is_there(path):
        yield None
        return
    connection = open_database(path)
    try:
        yield connection
    except sqlite3.Error as error:
        raise MachineError(f"{path}: the journal cannot be read: {error}.") from error
    finally:
        connection.close()
