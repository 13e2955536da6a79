"""What is wrong with a dialogue test, or in what it has shown, with its place in the file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from voice_guide.errors import InputError
from voice_guide.script.positions import Position, excerpt


@dataclass(frozen=True)
class Trouble:
    """One thing that is wrong."""

    position: Position
    message: str

    def shown(self, path: Path, lines: Sequence[str]) -> str:
        """Return it as ``file:line:column: message``, with the line and a caret."""
        at = self.position
        told = f"{path}:{at.line}:{at.column}: {self.message}"
        source = excerpt(lines, at)
        return f"{told}\n{source}" if source else told


class DialogueError(InputError):
    """A dialogue test cannot be run. The message shows every error with its place."""

    def __init__(self, path: Path, troubles: Iterable[Trouble], lines: Sequence[str]) -> None:
        """Sort ``troubles`` and write the message; ``lines`` are those of the file."""
        self.troubles = sorted(set(troubles), key=lambda one: (one.position, one.message))
        super().__init__("\n".join(trouble.shown(path, lines) for trouble in self.troubles))
