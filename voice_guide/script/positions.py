"""Where things stand in a script file, and how a place in it is shown to a person."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PathPart = str | int
"""A key of a mapping, or the index of an item of a list, counted from 0."""

_LINE_END = re.compile("\r\n|[\r\n\x85\u2028\u2029]")  # what YAML 1.1 takes for a line's end
_WIDTH = 100


@dataclass(frozen=True, order=True)
class Position:
    """A place in a text file. Lines and columns are counted from 1, columns in characters."""

    part: str = field(default="", kw_only=True)
    """The included file that it is in, as the script names it. Empty: the script itself."""
    line: int
    column: int

    @property
    def words(self) -> str:
        """The line, to be named in a sentence."""
        return f"line {self.line} of {self.part}" if self.part else f"line {self.line}"

    def file(self, script: Path) -> Path:
        """Return the file that it is in, from the path of the script."""
        return script.parent / self.part if self.part else script


class SourceLines(tuple[str, ...]):
    """The lines of a script, and those of the parts that it includes."""

    parts: Mapping[str, Sequence[str]] = {}

    def of(self, part: str) -> Sequence[str]:
        """Return the lines of an included file; those of the script if there is no such file."""
        return self.parts.get(part, self)


@dataclass
class Node:
    """One value of the file: where it begins, and its parts by key or index."""

    position: Position
    items: dict[PathPart, "Node"] = field(default_factory=dict)
    keys: dict[str, Position] = field(default_factory=dict)
    """Where the keys of a mapping are written."""

    def where(self, path: Sequence[PathPart], *, key: bool = False) -> Position:
        """Return where the value at ``path`` begins, or its key when ``key`` is true.

        A path that leads nowhere gives the place of the nearest value around it.
        """
        node, position = self, self.position
        for part in path:
            if part not in node.items:
                return node.position
            at_key = key and isinstance(part, str)
            position = node.keys[str(part)] if at_key else node.items[part].position
            node = node.items[part]
        return position


def split_lines(text: str) -> list[str]:
    """Return the lines of a text as YAML counts them, without their ends."""
    return _LINE_END.split(text)


def excerpt(lines: Sequence[str], position: Position) -> str:
    """Return the source line at a position with a caret under the column, as two lines."""
    if isinstance(lines, SourceLines):
        lines = lines.of(position.part)
    if position.line > len(lines):
        return ""
    line = lines[position.line - 1].replace("\t", " ")
    at = min(position.column - 1, len(line))
    start = max(0, at - _WIDTH // 2) if len(line) > _WIDTH else 0
    shown = line[start : start + _WIDTH]
    return f"    {shown}\n    {' ' * (at - start)}^"
