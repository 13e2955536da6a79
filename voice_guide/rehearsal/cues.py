"""What a rehearsed person says, and when: ``12s: too hard``, ``after 'Glide up': more oil``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from voice_guide.errors import InputError
from voice_guide.script.durations import parse_duration

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
    parts = _CUE.match(text.strip())
    what = parts.group("what").strip() if parts else ""
    if parts is None or not what:
        raise InputError(f"This cue cannot be read: {text!r}. {_HOW}")
    return _cue(parts.group("when"), what, wav=wav)


def _cue(when: str, what: str, *, wav: bool) -> Cue:
    words, recording = ("", Path(what)) if wav else (what, None)
    found = _WHEN.match(when.strip())
    if found is None:
        raise InputError(f"This time cannot be read: {when!r}. {_HOW}")
    try:
        if found["time"]:
            return Cue(parse_duration(found["time"]), words=words, wav=recording)
        delay = parse_duration(found["delay"]) if found["delay"] else 0.0
    except ValueError as error:
        raise InputError(f"{error} {_HOW}") from error
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
        items = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # makes text only
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}.") from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise InputError(f"{path}: this is not YAML: {reason}") from error
    if not isinstance(items, list):
        raise InputError(f'{path}: a list is expected, each line as "- 12s: too hard".')
    return tuple(_from_yaml(item, path) for item in items)


def _from_yaml(item: Any, path: Path) -> Cue:
    try:
        if isinstance(item, str):
            return parse_cue(item)
        if not isinstance(item, Mapping) or len(item) != 1:
            raise InputError(f"This cue cannot be read: {item!r}. {_HOW}")
        ((when, what),) = item.items()
        if isinstance(what, Mapping) and set(what) == {"wav"}:
            return _cue(when, str(path.parent / what["wav"]), wav=True)
        return _cue(str(when), str(what), wav=False)
    except InputError as error:
        raise InputError(f"{path}: {error}") from error
