"""What a rehearsed person says, and when: ``12s: too hard``, ``after 'Glide up': more oil``."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voice_guide.errors import InputError
from voice_guide.script.durations import parse_duration
from voice_guide.script.positions import Position, excerpt, split_lines
from voice_guide.script.tree import TreeReader

_WHEN = re.compile(
    r"""(?:
        (?P<time>\d[\w.\s]*)
        | (?P<order>after|during)\s+(?P<quote>['"])(?P<line>.+?)(?P=quote)
          (?:\s*\+\s*(?P<delay>\d[\w.\s]*))?
    )$""",
    re.VERBOSE,
)
_CUE = re.compile(
    r"(?P<when>\d[\w.\s]*|(?:after|during)\s+(?:'[^']*'|\"[^\"]*\")\s*(?:\+[\w.\s]+)?):(?P<what>.*)$"
)
_HOW = (
    'Write it as "12s: too hard", "after \'Glide up the back\': more lotion", '
    "\"after 'Glide up the back' + 3s: stop\" or \"during 'Glide up the back': stop\"."
)
_HOW_IN_A_FILE = (
    'Write each on a line of its own, as "- 12s: too hard", '
    '"- after \'Glide up the back\' + 3s: stop" or "- 30s: {wav: clip.wav}".'
)
_LARGEST = 1_000_000


@dataclass(frozen=True)
class Cue:
    """One thing that the person says."""

    at: float | None
    """Session time in seconds, or None: it follows a line of the narrator's."""

    line: str = ""
    """The line, or the name of the step, that it follows: any part of it will do."""

    during: bool = False
    """Said over that line instead of after it."""

    delay: float = 0.0
    """Seconds to wait after that."""

    words: str = ""
    """What is said."""

    wav: Path | None = None
    """A recording that is played instead."""

    @property
    def said(self) -> str:
        """What is said, for people."""
        return self.words or str(self.wav)

    @property
    def when(self) -> str:
        """When it is said, for people."""
        if self.at is not None:
            return f"at {self.at:g} s"
        later = f" + {self.delay:g} s" if self.delay else ""
        return f"{'during' if self.during else 'after'} '{self.line}'{later}"


def parse_cue(text: str, *, wav: bool = False) -> Cue:
    """Return the cue that a line such as ``12s: too hard`` stands for.

    Args:
        text: when, a colon, and what is said.
        wav: what follows the colon is the name of a recording.

    Raises:
        InputError: it cannot be read; the message says how to write it.
    """
    try:
        return _line(text, wav=wav)
    except ValueError as error:
        raise InputError(f"{error} {_HOW}") from error


def _line(text: str, *, wav: bool = False) -> Cue:
    parts = _CUE.match(text.strip())
    what = parts.group("what").strip() if parts else ""
    if parts is None or not what:
        raise ValueError(f"This cue cannot be read: {text!r}.")
    return _cue(parts.group("when"), what, wav=wav)


def _cue(when: str, what: str, *, wav: bool) -> Cue:
    words, recording = ("", Path(what)) if wav else (what, None)
    found = _WHEN.match(when.strip())
    if found is None:
        raise ValueError(f"This time cannot be read: {when!r}.")
    if found["time"]:
        return Cue(parse_duration(found["time"]), words=words, wav=recording)
    delay = parse_duration(found["delay"]) if found["delay"] else 0.0
    during = found["order"] == "during"
    return Cue(None, found["line"], during, delay, words, recording)


def load_cues(path: Path) -> tuple[Cue, ...]:
    """Return the cues in a YAML file: a list of ``when: what``.

    What is said is words, or ``{wav: file}`` with the name relative to the YAML file.

    Raises:
        InputError: the file cannot be read; the message says why.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError(f"{path}: the file is too large for a list of cues.")
        text = path.read_text("utf-8")
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: this is not UTF-8 text. Save it as UTF-8.") from error
    tree, lines = TreeReader(text), split_lines(text)
    for wrong in tree.errors:
        raise _refused(path, lines, wrong.position, f"This is not YAML. {wrong.message}")
    if not isinstance(tree.data, list):
        raise _refused(path, lines, tree.root.position, f"This is no list. {_HOW_IN_A_FILE}")
    cues = []
    for number, item in enumerate(tree.data):
        try:
            cues.append(_from_yaml(item, path.parent))
        except ValueError as error:
            at = tree.root.where((number,))
            raise _refused(path, lines, at, f"{error} {_HOW_IN_A_FILE}") from error
    return tuple(cues)


def _refused(path: Path, lines: Sequence[str], at: Position, message: str) -> InputError:
    """Return an error with its place in the file and the line that is there."""
    told = f"{path}:{at.line}:{at.column}: {message}"
    return InputError(f"{told}\n{excerpt(lines, at)}".rstrip())


def _from_yaml(item: Any, folder: Path) -> Cue:
    if isinstance(item, str):
        return _line(item)
    if not isinstance(item, Mapping) or len(item) != 1:
        raise ValueError("This is not a time and what is said then.")
    ((when, what),) = item.items()
    wav = isinstance(what, Mapping) and set(what) == {"wav"}
    said = what["wav"] if wav else what
    if not isinstance(said, str) or not said:
        raise ValueError(f"What is said at {when!r} must be words or a recording.")
    return _cue(when, str(folder / said) if wav else said, wav=wav)
