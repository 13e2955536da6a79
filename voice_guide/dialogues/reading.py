"""From a ``*.dialogue.yaml`` file to a dialogue, with the place of everything in it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from voice_guide.dialogues.items import TALK, Place, Reader, plain
from voice_guide.dialogues.model import Dialogue, Item
from voice_guide.dialogues.playing import playable
from voice_guide.dialogues.trouble import DialogueError, Trouble
from voice_guide.script.positions import Position, split_lines
from voice_guide.script.reading import read_script_text
from voice_guide.script.tree import TreeReader

SUFFIX = ".dialogue.yaml"
"""What the names of dialogue tests end in."""

KEYS = ("title", "script", "talk", "never said", "only when called", "used today", "days since")
"""What can stand in a dialogue test."""

_HOW = 'A dialogue begins with "title: ..." and "talk:".'

Value = TypeVar("Value")


def read_dialogue(path: Path) -> Dialogue:
    """Read a dialogue test and load its script.

    Raises:
        InputError: the dialogue or its script has errors, or there is no script for it; the
            message shows all errors with their places.
    """
    text = read_script_text(path)
    lines = split_lines(text)
    tree = TreeReader(text)
    if tree.errors or not isinstance(tree.data, dict):
        found = [Trouble(error.position, error.message) for error in tree.errors]
        raise DialogueError(path, found or [_no_mapping()], lines)
    return _File(path, tree, lines).dialogue()


def _no_mapping() -> Trouble:
    return Trouble(Position(1, 1), f"{_HOW} {TALK}")


class _File:
    """One file on its way to a dialogue."""

    def __init__(self, path: Path, tree: TreeReader, lines: Sequence[str]) -> None:
        self.path = path
        self.tree = tree
        self.lines = lines
        self.read = Reader(tree.root)

    def dialogue(self) -> Dialogue:
        self.read.only(self.tree.data, KEYS, ())
        title = self._value("title", self.read.text)
        talk = self._value("talk", self._talk)
        called = self._value("only when called", self.read.yes_or_no)
        used = self._value("used today", self.read.seconds)
        days = self._value("days since", self._days)
        never = self._value("never said", self._lines)
        self._require_fine()
        loaded = playable(self.path, self._value("script", _as_it_is), self.read.root, self.lines)
        self.read.check_names(loaded.script, talk or ())
        self._require_fine()
        return Dialogue(
            self.path,
            title or "",
            loaded,
            talk or (),
            only_when_called=bool(called),
            used_today=used or 0.0,
            days_since=days,
            never_said=never or (),
            lines=self.lines,
        )

    def _require_fine(self) -> None:
        if self.read.troubles:
            raise DialogueError(self.path, self.read.troubles, self.lines)

    def _value(self, name: str, parse: Callable[[Any, Place], Value]) -> Value | None:
        """Return what stands at a key, or None where it is left out and may be."""
        for key, value in self.tree.data.items():
            if plain(key) == name:
                return parse(value, (key,))
        if name in ("title", "talk"):
            self.read.error((), f'"{name}" is missing. {_HOW}')
        return None

    def _talk(self, talk: Any, place: Place) -> tuple[Item, ...]:
        if not isinstance(talk, list) or not talk:
            self.read.error(place, f'"talk" is a list of what happens. {TALK}')
            return ()
        return tuple(
            item
            for number, value in enumerate(talk)
            for item in self.read.items(value, (*place, number))
        )

    def _days(self, value: Any, place: Place) -> int:
        if not isinstance(value, str) or not value.isdecimal():
            self.read.error(place, "Write a number of days here, such as 1.")
            return 0
        return int(value)

    def _lines(self, value: Any, place: Place) -> tuple[tuple[Position, str], ...]:
        lines = value if isinstance(value, list) else [value]
        places = [
            (*place, number) if isinstance(value, list) else place for number in range(len(lines))
        ]
        return tuple(
            (self.read.where(at), self.read.text(line, at))
            for at, line in zip(places, lines, strict=True)
        )


def _as_it_is(value: Any, place: Place) -> Any:
    del place
    return value
