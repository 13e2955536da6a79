"""Files and folders that only their owner can read."""

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

FOLDER = 0o700
FILE = 0o600


def make_folder(path: Path) -> None:
    """Make a folder, or take from others the right to look into it.

    Raises:
        OSError: it cannot be made, or is not ours.
    """
    path.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    tighten(path, FOLDER)


def make_file(path: Path) -> None:
    """Make a file for others to write into, or take from others the right to read it.

    Raises:
        OSError: it cannot be made, or is not ours.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT, FILE)
    regular = stat.S_ISREG(os.fstat(handle).st_mode)  # and not /dev/stdout
    os.close(handle)
    if regular:
        tighten(path, FILE)


def tighten(path: Path, mode: int) -> None:
    """Take from a file or folder all rights that ``mode`` does not have.

    Raises:
        OSError: it is not there, or not ours.
    """
    if path.stat().st_mode & 0o777 & ~mode:
        path.chmod(mode)


@contextmanager
def writing(path: Path) -> Iterator[TextIO]:
    """Give a text file to write anew, private also where others could read what was there.

    Raises:
        OSError: it cannot be written.
    """
    make_file(path)
    with path.open("w", encoding="utf-8") as stream:
        yield stream


def replace(path: Path, text: str) -> None:
    """Write a private file all at once: whoever reads it sees the old text or the new one.

    Raises:
        OSError: it cannot be written.
    """
    target = path.resolve()  # a link stays a link
    handle, part = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(handle)
        Path(part).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(part).unlink()
        raise
