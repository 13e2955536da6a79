"""One process at a time. The operating system frees the lock when its holder dies."""

import os
import sys
from pathlib import Path

from voice_guide import private
from voice_guide.errors import MachineError


class AnotherPlayerError(MachineError):
    """Another process plays just now."""


class LockedError(Exception):
    """Another process holds a lock."""

    def __init__(self, holder: str) -> None:
        super().__init__(holder)
        self.process = f" (process {holder})" if holder else ""
        """What to call the process, in brackets; nothing where it is not known."""


class FileLock:
    """A file that one process at a time holds; it has the number of that process in it.

    Raises:
        LockedError: another process holds it.
        OSError: the file cannot be made.
    """

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, private.FILE)
        if not _try_lock(self._file):
            holder = os.read(self._file, 20).decode("ascii", "replace").strip()
            os.close(self._file)
            raise LockedError(holder)
        if sys.platform != "win32":  # there a locked file cannot be read by others
            os.ftruncate(self._file, 0)
            os.pwrite(self._file, str(os.getpid()).encode(), 0)

    def release(self) -> None:
        """Let others have it."""
        os.close(self._file)


class PlayerLock(FileLock):
    """Held by the process that writes to the journal.

    Raises:
        AnotherPlayerError: another process holds it; the message names the process.
        OSError: the lock file cannot be made.
    """

    def __init__(self, journal: Path) -> None:
        try:
            super().__init__(journal.with_name("player.lock"))
        except LockedError as error:
            raise AnotherPlayerError(
                f"Another voice-guide is playing{error.process}. End it first; "
                "its session and this one would be mixed up."
            ) from error


if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: int) -> bool:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
