"""The lines of a dialogue test: how each is written, and what is wrong with it."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from voice_guide.dialogues.model import (
    AllWell,
    Broken,
    Expected,
    Item,
    Now,
    Person,
    Press,
    Wait,
)
from voice_guide.dialogues.trouble import Trouble
from voice_guide.script.checks.common import did_you_mean
from voice_guide.script.durations import parse_duration
from voice_guide.script.model import Script
from voice_guide.script.positions import Node, PathPart, Position

Place = tuple[PathPart, ...]
"""Where something is in a file: keys, and indices in lists."""

EVENTS: Mapping[str, str | None] = {
    "say": "text",
    "heard": "intent",
    "step": "name",
    "question": "text",
    "answer": "answer",
    "area": None,
    "released": None,
    "resumed": None,
    "ended": "reason",
    "earcon": "sound",
    "volume": "decibels",
    "rate": "factor",
    "mode": "mode",
}
"""What can be expected to happen, by its name in the JSON lines of a session, and the field that
is meant where only a value is written."""

STATES = ("stopped", "paused", "asleep", "hold")
"""How a session can stand still."""

KEYS = {
    "space": " ",
    "escape": "\x1b",
    "enter": "\r",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "up": "\x1b[A",
    "down": "\x1b[B",
    **{key: key for key in "rpq?yn"},
}
"""The keys that can be pressed, by their names, as a terminal sends them."""

TALK = 'Each of its lines is such as "- person: too hard", "- say: Now light" or "- wait: 30 s".'
_LATER = "later "
_SPEECH = ("person", "interrupts")
_ACTIONS = ("wait", "silent", "press", "all well until", "broken off")
_ALL = (*_SPEECH, *_ACTIONS, *EVENTS, *STATES, "scale", "saved")


class Reader:
    """Makes items of plain values, and notes what is wrong with them."""

    def __init__(self, root: Node) -> None:
        self.root = root
        self.troubles: list[Trouble] = []

    # What is wrong, and where

    def where(self, path: Place, *, key: bool = False) -> Position:
        """Return where the value at ``path`` is written, or its key."""
        return self.root.where(path, key=key)

    def error(self, path: Place, message: str, *, key: bool = False) -> None:
        """Note what is wrong at a place."""
        self.troubles.append(Trouble(self.where(path, key=key), message))

    def only(self, data: Mapping[str, Any], known: Sequence[str], path: Place) -> None:
        """Note the keys that are not known."""
        names = [plain(key) for key in known]
        for key in data:
            if plain(key) not in names:
                near = difflib.get_close_matches(plain(key), names, n=1, cutoff=0.6)
                hint = f"Did you mean '{near[0]}'?" if near else f"There is: {', '.join(names)}."
                self.error((*path, key), f"'{key}' is not known here. {hint}", key=True)

    def text(self, value: Any, path: Place) -> str:
        """Return a text that is not empty, or note that it is none."""
        if isinstance(value, str) and value.strip():
            return value
        name = next(str(part) for part in reversed(path) if isinstance(part, str))
        self.error(path, f'"{name}" needs some words here.')
        return ""

    def yes_or_no(self, value: Any, path: Place) -> bool:
        """Return whether a value says yes, or note that it says neither."""
        if value not in ("yes", "no", "true", "false"):
            self.error(path, "Write yes or no here.")
        return value in ("yes", "true")

    # Items

    def items(self, value: Any, path: Place) -> Iterator[Item]:
        """Yield what one line of the talk stands for."""
        if isinstance(value, str):
            value = {value: ""}
        if not isinstance(value, dict) or not value:
            self.error(path, f"This is no line of a dialogue. {TALK}")
            return
        main = next((key for key in value if plain(key).removeprefix(_LATER) in _ALL), None)
        if main is None:
            self.only(value, _ALL, path)
            return
        kind = plain(main).removeprefix(_LATER)
        self.only(value, (main, "confidence") if kind in _SPEECH else (main,), path)
        place = (*path, main)
        if plain(main).startswith(_LATER):
            yield from self._later(kind, value[main], place)
        elif kind in _SPEECH:
            words = self.text(value[main], place)
            confidence = self._number(value.get("confidence", "1"), (*path, "confidence"))
            yield Person(self.where(place), words, kind == "interrupts", confidence)
        elif kind in _ACTIONS:
            yield self._action(kind, value[main], place)
        else:
            yield from self._expected(kind, value[main], place)

    def _action(self, kind: str, value: Any, path: Place) -> Item:
        position = self.where(path)
        if kind == "press":
            if value not in KEYS:
                self.error(path, f'There is no key "{value}". There is: {", ".join(KEYS)}.')
            return Press(position, KEYS.get(value, ""))
        if kind == "all well until":
            return AllWell(position, self.text(value, path))
        seconds = self.seconds(value, path)
        if kind == "broken off":
            return Broken(position, seconds)
        return Wait(position, seconds, kind == "silent")

    def _later(self, kind: str, value: Any, path: Place) -> Iterator[Item]:
        if kind in STATES:
            yield Expected(self.where(path, key=True), kind, {}, later=True)
            return
        for item in self._expected(kind, value, path) if kind in EVENTS else ():
            if isinstance(item, Expected):
                yield replace(item, later=True)
                return
        self.error(path, f'"{kind}" cannot come later.', key=True)

    def _expected(self, kind: str, value: Any, path: Place) -> Iterator[Item]:
        if kind in STATES:
            yield Now(self.where(path, key=True), kind)
        elif kind in ("scale", "saved"):
            for name, wanted in self._pairs(value, path):
                yield Now(self.where((*path, name)), kind, name, wanted)
        elif kind == "area":
            for name, wanted in self._pairs(value, path):
                fields = {"area": (name,), "policy": (wanted,)}
                yield Expected(self.where((*path, name)), "area", fields)
        else:
            written = value != ""
            position = self.where(path, key=not written)
            yield Expected(position, kind, self._fields(kind, value, path) if written else {})

    def _fields(self, event: str, value: Any, path: Place) -> dict[str, tuple[str, ...]]:
        if isinstance(value, dict):
            return {name: self._values(value[name], (*path, name)) for name in value}
        main = EVENTS[event]
        if main is None:
            self.error(path, f'"{event}" stands alone: write "- {event}".')
            return {}
        return {main: self._values(value, path)}

    def _values(self, value: Any, path: Place) -> tuple[str, ...]:
        values = value if isinstance(value, list) else [value]
        return tuple(self.text(one, path) for one in values)

    def _pairs(self, value: Any, path: Place) -> Iterator[tuple[str, str]]:
        if not isinstance(value, dict):
            self.error(path, f'Write a name and a value, such as "{path[-1]}: {{name: value}}".')
            return
        for name, wanted in value.items():
            yield name, self.text(wanted, (*path, name))

    def seconds(self, value: Any, path: Place) -> float:
        """Return the seconds of a duration, or note that it is none."""
        try:
            return parse_duration(value)
        except (ValueError, AttributeError):
            self.error(path, 'Write a time with its unit here, such as "30 s" or "2 min".')
            return 0.0

    def _number(self, value: Any, path: Place) -> float:
        try:
            return float(value)
        except (ValueError, TypeError):
            self.error(path, "Write a number from 0 to 1 here.")
            return 0.0

    # Names

    def check_names(self, script: Script, talk: Sequence[Item]) -> None:
        """Note the scales, levels and saved answers that the script does not have."""
        for item in talk:
            if not isinstance(item, Now) or item.about != "scale":
                continue
            scale = script.scales.get(item.name)
            known = scale.levels if scale else script.scales
            wrong = item.name if scale is None else item.value
            if wrong not in known:
                message = f"The script has no '{wrong}' here. {did_you_mean(wrong, known)}"
                self.troubles.append(Trouble(item.position, message))


def plain(key: str) -> str:
    """Return a key as it is meant: "All_well until" is "all well until"."""
    return " ".join(key.lower().replace("_", " ").split())
