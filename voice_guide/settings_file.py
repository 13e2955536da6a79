"""The file of the user's settings: one YAML mapping, whose lines are read and changed here."""

import contextlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from voice_guide import private
from voice_guide.errors import InputError

if TYPE_CHECKING:
    from voice_guide.script.positions import Node

_LARGEST = 100_000
"""Bytes of a settings file; more is a mistake."""

_NOTHING = ("", "~", "null")
"""How YAML writes that there is no value."""

_HOW = 'Write each setting on a line of its own, as "rate: 150".'


def read(path: Path) -> dict[str, str]:
    """Return what is set in the file; nothing where there is none.

    Raises:
        InputError: it cannot be read, or is not a mapping in YAML.
    """
    return _parsed(_text_of(path), path)


def places(path: Path) -> tuple[list[str], "Node"]:
    """Return the lines of the file, and where in them each setting stands.

    Raises:
        InputError: it cannot be read.
    """
    from voice_guide.script.positions import split_lines  # noqa: PLC0415 -- only for errors
    from voice_guide.script.tree import TreeReader  # noqa: PLC0415

    text = _text_of(path)
    return split_lines(text), TreeReader(text).root


def choose(path: Path, name: str, value: str | None) -> None:
    """Set one value, or with None take it out. All other lines stay as they are.

    Raises:
        InputError: the file cannot be read or written, or has no line where this can be done.
    """
    before = _text_of(path)
    wanted = {key: was for key, was in _parsed(before, path).items() if key != name}
    line = f"{name}: {json.dumps(value, ensure_ascii=False)}\n" if value is not None else ""
    text = re.sub(rf"^{name}[ \t]*:.*(\n|\Z)", "", before, flags=re.MULTILINE)
    if text and line and not text.endswith("\n"):
        text += "\n"
    text += line
    if text == before:
        return
    try:
        fits = _parsed(text, path) == (wanted if value is None else wanted | {name: value})
    except InputError:
        fits = False
    if not fits:
        task = f"write this line: {line.strip()}" if line else f"take out the setting {name!r}"
        raise InputError(f"{path}: this file is written in its own way. In it, {task}")
    try:
        private.make_folder(path.parent)
        private.replace(path, text)
    except OSError as error:
        raise InputError(f"{path}: the settings cannot be written: {error.strerror}.") from error


def keep_private(path: Path) -> None:
    """Take from others the right to read the file and its folder, where they are ours."""
    with contextlib.suppress(OSError):
        private.tighten(path.parent, private.FOLDER)
        private.tighten(path, private.FILE)


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError(f"{path}: the file is too large for settings.")
        return path.read_text("utf-8")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise InputError(f"{path}: the settings cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: this is not UTF-8 text. Save it as UTF-8.") from error


def _parsed(text: str, path: Path) -> dict[str, str]:
    """Return what is set in a text. Values are texts: "no" is a language, not a falsehood."""
    try:
        given: Any = yaml.load(text, Loader=yaml.BaseLoader)  # makes text only
    except (yaml.YAMLError, RecursionError) as error:
        place = getattr(error, "problem_mark", None)
        line = "" if place is None else f":{place.line + 1}:{place.column + 1}"
        raise InputError(f"{path}{line}: this is not YAML. {_HOW}") from error
    if given in (None, ""):
        return {}
    if not isinstance(given, dict) or not all(isinstance(name, str) for name in given):
        raise InputError(f"{path}: these are no settings. {_HOW}")
    return {name: value for name, value in given.items() if value not in _NOTHING}
