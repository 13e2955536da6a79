"""A dialogue test as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from voice_guide.script.loaded import LoadedScript
from voice_guide.script.positions import Position


@dataclass(frozen=True)
class Person:
    """The person says something."""

    position: Position
    words: str
    over: bool = False
    """Said over the narrator, not after it has finished."""
    confidence: float = 1.0
    """How sure the recogniser is of it, from 0 to 1."""


@dataclass(frozen=True)
class Press:
    """The person presses a key or a pedal."""

    position: Position
    key: str
    """The key as a terminal sends it."""


@dataclass(frozen=True)
class Wait:
    """Time passes."""

    position: Position
    seconds: float
    silent: bool = False
    """The narrator must say nothing meanwhile."""


@dataclass(frozen=True)
class AllWell:
    """A person with whom all is well answers everything, up to a step or a line."""

    position: Position
    until: str


@dataclass(frozen=True)
class Broken:
    """The program dies, and is started again later."""

    position: Position
    away: float
    """Seconds until then."""


@dataclass(frozen=True)
class Expected:
    """Something that must happen, with fields as in the JSON lines of a session."""

    position: Position
    event: str
    fields: Mapping[str, tuple[str, ...]]
    """What each field must be: one of these texts."""
    later: bool = False
    """Other things of its kind may happen before."""


@dataclass(frozen=True)
class Now:
    """How the session must be at this moment."""

    position: Position
    about: str
    """``stopped``, ``paused``, ``asleep``, ``hold``, ``scale`` or ``saved``."""
    name: str = ""
    value: str = ""


Item = Person | Press | Wait | AllWell | Broken | Expected | Now


@dataclass(frozen=True)
class Dialogue:
    """A situation: how it begins, and what happens in it, in order."""

    path: Path
    title: str
    loaded: LoadedScript
    talk: tuple[Item, ...]
    only_when_called: bool = False
    used_today: float = 0.0
    """Seconds of practice of this script today, before."""
    days_since: int | None = None
    """Days since the last practice. None: never."""
    never_said: tuple[tuple[Position, str], ...] = ()
    """What the narrator must not say in all of the dialogue."""
    lines: Sequence[str] = field(default=(), repr=False)
    """The lines of the file, to show them in messages."""
