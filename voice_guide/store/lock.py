"""One player at a time. The operating system frees the lock when its holder dies."""

import os
import sys
from pathlib import Path

from voice_guide import private
from voice_guide.errors import MachineError


class AnotherPlayerError(MachineError):
    """Another process plays just now."""


class PlayerLock:
    """Held by the process that writes to the journal.

    Raises:
        AnotherPlayerError: another process holds it; the message names the process.
        OSError: the lock file cannot be made.
    """

    def __init__(self, journal: Path) -> None:
        path = journal.with_name("player.lock")
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, private.FILE)
        if not _try_lock(self._file):
            holder = os.read(self._file, 20).decode("ascii", "replace").strip()
            os.close(self._file)
            process = f" (process {holder})" if holder else ""
            raise AnotherPlayerError(
                f"Another voice-guide is playing{process}. End it first; "
                "its session and this one would be mixed up."
            )
        if sys.platform != "win32":  # there a locked file cannot be read by others
            os.ftruncate(self._file, 0)
            os.pwrite(self._file, str(os.getpid()).encode(), 0)

    def release(self) -> None:
        """Let others play."""
        os.close(self._file)


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
