"""Where the journal lies, and that nobody else can read it."""

import os
from pathlib import Path

import platformdirs

from voice_guide import private
from voice_guide.settings import APP

DAMAGED = "journal-damaged-"
"""How the names of journals begin that could not be read and were kept aside."""


def journal_path() -> Path:
    """Return where the user's journal is, whether it exists or not."""
    return Path(platformdirs.user_data_dir(APP)) / "journal.db"


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
