"""Unpacking an archive that may be damaged, or made to do harm."""

import os
import re
import shutil
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from voice_guide import private
from voice_guide.errors import InputError, MachineError, reason

MOST_FILES = 1000
"""Entries of an archive. Vosk's models have 10 to 40."""

MOST_BYTES = 6_000_000_000
"""Bytes that an archive unpacks to. The largest published model has 5 GB."""

MOST_SQUEEZED = 200
"""How many times smaller than itself a file may be packed. Networks are packed to about a half."""

_CHUNK = 1 << 20
_ENCRYPTED = 0x1
_ODD = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')
"""What names of files cannot have on one system or another."""
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def unpack(archive: Path, folder: Path) -> None:
    """Unpack a ZIP archive into a new folder: plain files and folders only, none outside.

    Rights, owners and links in the archive are not taken over. What was unpacked before an error
    is left in the folder.

    Raises:
        InputError: it is no ZIP archive, is damaged, or has in it what has no place in a model.
        MachineError: the disk has no room for it, or cannot be written.
    """
    try:
        with zipfile.ZipFile(archive) as packed:
            entries = packed.infolist()
            _check(archive, entries)
            _require_room(folder, sum(entry.file_size for entry in entries))
            folder.mkdir(mode=private.FOLDER)
            for entry in entries:
                _unpack_one(archive, packed, entry, folder)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise InputError(f"{archive}: this is no ZIP archive, or it is damaged: {error}") from error
    except OSError as error:
        raise MachineError(f"{archive} cannot be unpacked: {reason(error)}.") from error


def _check(archive: Path, entries: list[zipfile.ZipInfo]) -> None:
    """Raise InputError for what has no place in a model."""
    fault = None
    if len(entries) > MOST_FILES:
        fault = f"it has {len(entries)} files in it, and a model has a few dozen"
    elif sum(entry.file_size for entry in entries) > MOST_BYTES:
        fault = f"it unpacks to more than {MOST_BYTES // 10**9} GB"
    else:
        places: dict[str, bool] = {}
        found = (_fault_of(entry) or _clash(entry, places) for entry in entries)
        fault = next((fault for fault in found if fault is not None), None)
    if fault is not None:
        raise InputError(f"{archive}: {fault}. It is not unpacked; take a model from elsewhere.")


def _fault_of(entry: zipfile.ZipInfo) -> str | None:
    """Return what is wrong with an entry by itself."""
    name = entry.orig_filename
    parts = PurePosixPath(name).parts
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if not parts or name.startswith("/") or ".." in parts:
        return f"a file in it would lie outside its folder: {name!a:.80}"
    if _ODD.search(name) or any(_bad_part(part) for part in parts):
        return f"a file in it has a name that not every system can have: {name!a:.80}"
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return f"there is a link or a device in it: {name!a:.80}"
    if entry.flag_bits & _ENCRYPTED:
        return "it is locked with a password"
    if entry.file_size > MOST_SQUEEZED * max(entry.compress_size, 1) + _CHUNK:
        return f"a file in it is packed beyond belief: {name!a:.80}"
    return None


def _clash(entry: zipfile.ZipInfo, places: dict[str, bool]) -> str | None:
    """Return what is wrong with an entry beside those before it, and add its places.

    Args:
        entry: the entry.
        places: whether each name, in lower case, is a folder.
    """
    parts = PurePosixPath(entry.orig_filename).parts
    key = "/".join(parts).casefold()
    above = {"/".join(parts[:end]).casefold() for end in range(1, len(parts))}
    both_folders = entry.is_dir() and places.get(key) is True
    if key in places and not both_folders:
        return f"the same name is in it twice: {entry.orig_filename!a:.80}"
    if any(places.get(folder) is False for folder in above):
        return f"a file in it is a folder too: {entry.orig_filename!a:.80}"
    places[key] = entry.is_dir()
    places.update(dict.fromkeys(above, True))
    return None


def _bad_part(part: str) -> bool:
    return len(part) > 200 or part.endswith((" ", ".")) or bool(_RESERVED.match(part))


def _unpack_one(
    archive: Path, packed: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path
) -> None:
    target = folder.joinpath(*PurePosixPath(entry.orig_filename).parts)
    if entry.is_dir():
        target.mkdir(mode=private.FOLDER, parents=True, exist_ok=True)
        return
    target.parent.mkdir(mode=private.FOLDER, parents=True, exist_ok=True)
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, private.FILE)
    with os.fdopen(handle, "wb") as file, packed.open(entry) as source:
        left = entry.file_size
        while chunk := source.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise InputError(f"{archive}: {entry.filename} is larger than it says.")
            file.write(chunk)


def _require_room(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder.parent).free
    if free < needed * 1.05:
        raise MachineError(
            f"There is no room for the model in {folder.parent}: it needs {needed // 10**6} MB, "
            f"and {free // 10**6} MB are free."
        )
