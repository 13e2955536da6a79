"""One process at a time. The operating system frees the lock when its holder dies."""

import contextlib
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
            holder = _words(self._file)[:1]
            os.close(self._file)
            raise LockedError("".join(holder))
        self._write(str(os.getpid()))

    def _write(self, text: str) -> None:
        if sys.platform != "win32":  # there a locked file cannot be read by others
            os.ftruncate(self._file, 0)
            os.pwrite(self._file, text.encode(), 0)

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
            super().__init__(_beside(journal))
        except LockedError as error:
            raise AnotherPlayerError(
                f"Another voice-guide is playing{error.process}. End it first; "
                "its session and this one would be mixed up."
            ) from error

    def tell(self, session: int) -> None:
        """Let others know which session is played. A disk that is full keeps it from them."""
        with contextlib.suppress(OSError):
            self._write(f"{os.getpid()} {session}")


def playing(journal: Path) -> int | None:
    """Return the number of the session that another process, or this one, plays just now.

    None: nobody plays, or it cannot be told, as on Windows.
    """
    try:
        file = os.open(_beside(journal), os.O_RDONLY)
    except OSError:
        return None
    try:
        process, session = map(int, _words(file))
        return session if _holds(file, process) else None
    except (OSError, ValueError, OverflowError):
        return None
    finally:
        os.close(file)


def _beside(journal: Path) -> Path:
    return journal.with_name("player.lock")


def _words(file: int) -> list[str]:
    return os.read(file, 40).decode("ascii", "replace").split()


if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: int) -> bool:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _holds(file: int, process: int) -> bool:
        del file, process
        return False

else:
    import fcntl

    def _try_lock(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _holds(file: int, process: int) -> bool:
        """Whether a process holds a lock. One that has died is found out without touching it."""
        with contextlib.suppress(PermissionError):  # it is there, and somebody else's
            os.kill(process, 0)
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False
