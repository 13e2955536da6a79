"""Getting the journal onto the disk itself without making the session wait for the disk.

A disk may stall for seconds: an SD card that is busy, a drive that spins up. So the thread that
plays only hands its events to the operating system, which is quick and outlives the death of this
process. This thread does what waits for the disk: fsync, and SQLite's checkpoints.
"""

import contextlib
import os
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

LOG_AT_MOST = 128_000_000
"""Bytes of SQLite's log of changes after which they are moved into the journal's file, amid a
session. SQLite does so at 4 MB by itself, but in the thread that happens to write; and the next
write after a move waits for the disk once, whoever moves. An hour of a session is about 10 MB, so
all but the strangest sessions are moved when they are over."""


class Syncer:
    """A thread that syncs a journal to the disk when it is asked to."""

    def __init__(self, journal: Path, on_trouble: Callable[[str], None]) -> None:
        """Start the thread. The journal must be open, and in WAL mode.

        Args:
            journal: the journal's file.
            on_trouble: called in this thread, once, with the reason when the disk fails.
        """
        self._journal = journal
        self._log = journal.with_name(journal.name + "-wal")
        self._on_trouble = on_trouble
        self._wanted = threading.Event()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="voice-guide journal", daemon=True)
        self._thread.start()

    def request(self) -> None:
        """Bring all that is written so far onto the disk, soon. Returns at once."""
        self._wanted.set()

    def close(self) -> None:
        """Bring everything onto the disk and end. This waits for the disk."""
        self._closing = True
        self._wanted.set()
        self._thread.join()

    def _run(self) -> None:
        trouble: str | None = None
        while not self._closing:
            self._wanted.wait()
            self._wanted.clear()
            try:
                self._bring()
            except (OSError, sqlite3.Error) as error:
                if trouble is None:
                    trouble = str(error)
                    self._on_trouble(trouble)

    def _bring(self) -> None:
        with contextlib.suppress(FileNotFoundError), self._log.open("r+b") as log:
            os.fsync(log.fileno())
            size = os.fstat(log.fileno()).st_size
            if size < LOG_AT_MOST:
                return
            with contextlib.closing(sqlite3.connect(self._journal)) as connection:
                connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
