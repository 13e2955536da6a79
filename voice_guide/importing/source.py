"""Reading the text that is to become a script, and telling what kind of text it is."""

import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from voice_guide.errors import InputError

Kind = Literal["text", "markdown", "html"]

LARGEST = 2_000_000
"""Bytes of the largest file that is read: a long book."""

_SUFFIXES: dict[str, Kind] = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
}
_OTHER_FORMATS = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a document or an archive",
    b"\xd0\xcf\x11\xe0": "an old Word document",
    b"{\\rtf": "an RTF document",
}
_HTML = re.compile(r"<(?:!doctype html|html|head|body|article|div|p|ul|ol|li|h[1-6])\b", re.I)
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|```|\[[^\]]+\]: )", re.MULTILINE)
_SCRIPT = re.compile(r"^format: *1\s*$", re.MULTILINE)
_HOW = "Save it as plain text, Markdown or HTML, and import that."


@dataclass(frozen=True)
class Source:
    """A text to import."""

    name: str
    """The file's name without its ending."""
    kind: Kind
    text: str


def read_source(path: Path) -> Source:
    """Return the text of a file.

    Raises:
        InputError: it is missing, no plain file, too large, empty, or no text.
    """
    data = _read(path)
    for beginning, name in _OTHER_FORMATS.items():
        if data.startswith(beginning):
            raise InputError(f"{path}: this is {name}, not a text. {_HOW}")
    text = _decode(path, data)
    if _SCRIPT.search(text):
        raise InputError(
            f"{path}: this is a session script already. Look at it with: voice-guide check {path}"
        )
    if not text.strip():
        raise InputError(f"{path}: the file is empty. Give a text with instructions in it.")
    return Source(path.stem, _kind(path, text), text)


def _read(path: Path) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError(f"{path}: this is a folder. Give the file in it.")
        if not stat.S_ISREG(status.st_mode):
            raise InputError(f"{path}: this is a device or a pipe. Give a file.")
        if status.st_size > LARGEST:
            raise InputError(
                f"{path}: the file has {status.st_size / 1e6:.0f} MB, and {LARGEST // 10**6} MB is "
                "the most. Cut out the part with the instructions."
            )
        with path.open("rb") as file:
            return file.read(LARGEST)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{path}: the file cannot be read: {reason}.") from error


def _decode(path: Path, data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\0" in data:
        raise InputError(f"{path}: this is no text: there are zero bytes in it. {_HOW}")
    else:
        encoding = "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    odd = sum(not char.isprintable() and not char.isspace() for char in text)
    if odd > len(text) / 100:
        raise InputError(f"{path}: this is no text. {_HOW}")
    return text


def _kind(path: Path, text: str) -> Kind:
    if path.suffix.lower() in _SUFFIXES:
        return _SUFFIXES[path.suffix.lower()]
    if len(_HTML.findall(text[:20_000])) > 2:
        return "html"
    return "markdown" if _MARKDOWN.search(text) else "text"
