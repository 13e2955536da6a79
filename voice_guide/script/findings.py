"""What is wrong in a script, said so that its author can mend it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from voice_guide.errors import InputError
from voice_guide.script.codes.code import Code
from voice_guide.script.positions import Position, excerpt

MOST_SHOWN = 25
"""More findings than this are counted, not shown."""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, or that may be."""

    code: Code
    """What kind of finding it is."""

    position: Position
    """Where it is."""

    message: str
    """What is wrong, and what to do, in one line."""

    def __post_init__(self) -> None:
        """Bring the message into one line: it may quote a text that has several."""
        object.__setattr__(self, "message", " ".join(self.message.split()))

    @property
    def severity(self) -> Literal["error", "warning"]:
        """An error keeps the script from being played; a warning does not."""
        return self.code.severity


class ScriptError(InputError):
    """A script cannot be played. The message shows every error with its place in the file."""

    def __init__(self, path: Path, findings: Iterable[Finding], lines: Sequence[str] = ()) -> None:
        """Sort ``findings`` and write the message; ``lines`` are those of the file."""
        self.path = path
        self.findings = tuple(sorted(set(findings), key=_order))
        super().__init__(describe(path, self.findings, lines))


def describe(path: Path, findings: Sequence[Finding], lines: Sequence[str] = ()) -> str:
    """Return findings as ``file:line:column: message [code]`` lines, each with its source line."""
    shown = []
    for finding in findings[:MOST_SHOWN]:
        at = finding.position
        kind = "warning: " if finding.severity == "warning" else ""
        told = f"{kind}{finding.message} [{finding.code.id}]"
        file = at.file(path)
        place = f"{file}:{at.line}:{at.column}" if lines or _is_file(file) else file
        shown.append(f"{place}: {told}")
        if source := excerpt(lines, at):
            shown.append(source)
    if len(findings) > MOST_SHOWN:
        shown.append(f"... and {len(findings) - MOST_SHOWN} more.")
    return "\n".join(shown)


def _is_file(path: Path) -> bool:
    """Return whether there is a file, in which there are places. No path is too odd for this."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _order(finding: Finding) -> tuple[Position, str, str]:
    return finding.position, finding.code.id, finding.message
