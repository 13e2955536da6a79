"""Reading a script file as text, and refusing what cannot be one."""

import difflib
import re
import stat
from pathlib import Path

from voice_guide.script.codes import form
from voice_guide.script.findings import Finding, ScriptError
from voice_guide.script.positions import Position, split_lines

LARGEST = 1_000_000
"""The size of the largest script that is read, in bytes."""

UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_START = Position(1, 1)


def read_script_text(path: Path) -> str:
    """Return the text of a script file.

    Raises:
        ScriptError: it is missing, no plain file, too large, empty, or not UTF-8 text.
    """
    try:
        data = _read(path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise refuse(path, f"The file cannot be read: {reason}.") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", "replace")
        message = "This is not UTF-8 text. Save the script as UTF-8 in your editor."
        raise ScriptError(path, [Finding(form.FILE, end_of(before), message)]) from error
    if bad := UNPRINTABLE.search(text):
        message = (
            f"There is a character that a script cannot have (U+{ord(bad.group()):04X}). Remove it."
        )
        raise ScriptError(
            path, [Finding(form.FILE, end_of(text[: bad.start()]), message)], split_lines(text)
        )
    if not text.strip():
        raise refuse(path, 'The file is empty. A script begins with "format: 1" and a title.')
    return text


def missing(path: Path) -> ScriptError:
    """Return the error for a file that is not there, with the nearest names in its folder."""
    return refuse(path, f"There is no such file.{_near_files(path)}")


def refuse(path: Path, message: str) -> ScriptError:
    """Return the error for a file that is refused as a whole."""
    return ScriptError(path, [Finding(form.FILE, _START, message)])


def near_names(name: str, among: list[str]) -> str:
    """Return " Did you mean ...?" with the names nearest to ``name``, or an empty text."""
    near = difflib.get_close_matches(name, among, n=3, cutoff=0.6)
    return f" Did you mean {' or '.join(near)}?" if near else ""


def end_of(text: str) -> Position:
    """Return the position right after a text."""
    lines = split_lines(text)
    return Position(len(lines), len(lines[-1]) + 1)


def _read(path: Path) -> bytes:
    try:
        status = path.stat()
    except FileNotFoundError as error:
        raise missing(path) from error
    if stat.S_ISDIR(status.st_mode):
        raise refuse(path, "This is a folder. Give the script file in it.")
    if not stat.S_ISREG(status.st_mode):
        raise refuse(path, "This is a device or a pipe, not a file. Give a script file.")
    too_large = f"The file is too large for a script: the most is {LARGEST // 1_000_000} MB."
    if status.st_size > LARGEST:
        raise refuse(path, too_large)
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise refuse(path, too_large)
    return data


def _near_files(path: Path) -> str:
    if not path.parent.is_dir():
        return f" There is no folder {path.parent} either."
    there = sorted(p.name for p in path.parent.glob("*.y*ml") if p.is_file())
    near = near_names(path.name, there)
    if near or not there:
        return near
    shown = ", ".join(there[:12]) + (", ..." if len(there) > 12 else "")
    return f" In that folder there is: {shown}."
