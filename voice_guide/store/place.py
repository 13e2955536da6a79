"""Where the journal lies, and that nobody else can read it."""

import os
from pathlib import Path

from voice_guide import private
from voice_guide.errors import MachineError, reason
from voice_guide.folders import data_folder

DAMAGED = "journal-damaged-"
"""How the names of journals begin that could not be read and were kept aside."""


def journal_path() -> Path:
    """Return where the user's journal is, whether it exists or not."""
    return data_folder() / "journal.db"


def is_there(path: Path) -> bool:
    """Return whether there is a journal.

    Raises:
        MachineError: its folder is none, or cannot be looked into.
    """
    try:
        path.stat()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise MachineError(f"The journal cannot be read: {reason(error)}.") from error
    return True


def require_writable(path: Path) -> None:
    """Find out whether the journal can be made or written.

    Raises:
        MachineError: it cannot.
    """
    is_there(path)
    nearest = next(place for place in (path, *path.parents) if place.exists())
    if not os.access(nearest, os.W_OK):
        raise MachineError(
            f"{nearest} cannot be written, so no notes are taken: what is broken off cannot be "
            "picked up, and limits are not kept. Make it yours, and writable."
        )


def make_private(path: Path) -> None:
    """Make the file and its folder, or take from others the right to read them.

    Raises:
        OSError: the folder cannot be made or written.
    """
    private.make_folder(path.parent)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, private.FILE))
    for file in files_of(path):
        private.tighten(file, private.FILE)


def files_of(path: Path) -> list[Path]:
    """Return the files that SQLite keeps for a database, those that exist."""
    files = (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm"))
    return [file for file in files if file.exists()]
