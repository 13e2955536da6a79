"""How a voice is to sound, and how a name that a person typed finds a voice."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from voice_guide.errors import InputError

SLOWEST = 80
FASTEST = 450
"""Words a minute between which every engine still speaks intelligibly."""

NEUTRAL_PITCH = 50
"""The pitch at which a voice was recorded or designed."""


@dataclass(frozen=True)
class VoiceSettings:
    """A voice and how it speaks.

    Raises:
        InputError: a value is out of its range.
    """

    voice: str | None = None
    """Name, id or language tag, such as ``en-gb`` or ``en-us+f3``; None is the engine's choice."""

    rate: int = 160
    """Words a minute, 80 to 450. Calm narration is 120 to 180."""

    pitch: int | None = None
    """0 to 100; 50, or None, is the voice's own. Only espeak-ng heeds it."""

    volume: float = 1.0
    """0 (silent) to 1 (as the engine renders it)."""

    @property
    def language(self) -> str | None:
        """The language that the voice's name tells: ``en`` for ``en-gb+f3``. None: it does not."""
        named = re.match(r"([a-z]{2,3})(?:[-+_]|$)", (self.voice or "").strip().lower())
        return named[1] if named else None

    def __post_init__(self) -> None:
        if self.voice is not None and not self.voice.strip():
            raise InputError("The name of the voice is empty. Leave it out or name a voice.")
        _check_range("rate", self.rate, SLOWEST, FASTEST, "words a minute")
        _check_range("volume", self.volume, 0, 1, "where 1 is full volume")
        if self.pitch is not None:
            _check_range("pitch", self.pitch, 0, 100, "where 50 is the voice's own")


def _check_range(name: str, value: float, least: int, most: int, meaning: str) -> None:
    if not least <= value <= most:
        raise InputError(
            f"The voice's {name} cannot be {value:g}. "
            f"Give a number from {least} to {most}, {meaning}."
        )


@dataclass(frozen=True)
class Voice:
    """A voice that an engine has."""

    id: str
    """What the engine calls it."""

    name: str
    """What a person calls it."""

    language: str
    """Language tag in lower case, such as ``en-gb``; empty where the engine does not say."""

    def answers_to(self) -> tuple[str, ...]:
        """Return the names, in lower case, by which the voice can be asked for; best first."""
        names = (self.language, self.id, self.name, self.id.rpartition("/")[2])
        return tuple(name.lower() for name in names if name)


def find_voice(asked: str, voices: Sequence[Voice]) -> Voice:
    """Return the voice that answers to a name: its language tag, id or name, in any case.

    Raises:
        InputError: there is none; the message names voices near to it.
    """
    wanted = asked.strip().lower().replace("_", "-")
    known: dict[str, Voice] = {}
    for rank in range(4):
        for voice in voices:
            names = voice.answers_to()
            if rank < len(names):
                known.setdefault(names[rank].replace("_", "-"), voice)
    if wanted in known:
        return known[wanted]
    raise InputError(f'There is no voice "{asked}". {suggest(wanted, known)}')


def suggest(wanted: str, names: Iterable[str]) -> str:
    """Return a sentence that says what could have been meant."""
    every = sorted(names)
    near = get_close_matches(wanted, every, n=4, cutoff=0.5)
    near += [name for name in every if name.startswith(wanted[:2]) and name not in near]
    if near:
        return f"Near it: {', '.join(near[:6])}."
    return f"There are: {', '.join(every[:12])}."
