"""A loaded script: the model, and where everything in it is written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from voice_guide.script.model import Script
from voice_guide.script.positions import Node, PathPart, Position


@dataclass(frozen=True)
class LoadedScript:
    """A script, the file it is from, and where everything in it is written."""

    script: Script
    path: Path
    root: Node = field(repr=False)
    lines: Sequence[str] = field(repr=False)
    """The lines of the file, to show them in messages."""
    source: str = field(default="", repr=False)
    """The text of the script, with those of what it includes. To be kept with a session."""

    def where(self, path: Sequence[PathPart], *, key: bool = False) -> Position:
        """Return where the value at ``path`` is, or its key, e.g. ``("steps", 0, "say")``.

        A path that is not in the file gives the nearest place around it.
        """
        return self.root.where(path, key=key)
