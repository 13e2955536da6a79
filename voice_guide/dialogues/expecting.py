"""Whether what has happened is what was expected, and how to say that it is not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from voice_guide.dialogues.model import Expected
from voice_guide.dialogues.words import difference, says
from voice_guide.language.templates import normalise
from voice_guide.script.positions import Position

_TEXTS = frozenset({("say", "text"), ("question", "text"), ("step", "name")})
"""What need only begin as it is written."""

_NOTHING = ("nothing", "none")
_YES = ("yes", "true")


@dataclass(frozen=True)
class Failure:
    """Something that was not as it is written."""

    position: Position
    message: str
    """What is wrong, in a sentence."""

    wanted: str = ""
    """What is written."""

    got: str = ""
    """What there was instead."""

    difference: str = ""
    """How the two differ, in words."""


def fulfils(happening: Mapping[str, Any], expected: Expected) -> bool:
    """Return whether a happening is what was expected."""
    return all(
        any(_is(happening, expected.event, field, wanted) for wanted in choices)
        for field, choices in expected.fields.items()
    )


def _is(happening: Mapping[str, Any], event: str, field: str, wanted: str) -> bool:
    value = happening.get(field)
    if value is None:
        return wanted in _NOTHING
    if isinstance(value, bool):
        return value is (wanted in _YES)
    if (event, field) in _TEXTS:
        return says(str(value), wanted)
    if isinstance(value, int | float):
        return _number(wanted) == value
    return normalise(str(value)) == normalise(wanted)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def instead(expected: Expected, happening: Mapping[str, Any]) -> Failure:
    """Return the failure that something else of its kind has happened."""
    wanted = _written(expected)
    got = ", ".join(_shown(happening.get(field)) for field in expected.fields)
    message = f"There was another {expected.event}."
    differs = ""
    if expected.event == "say":
        message = "The narrator said something else."
        differs = difference(got, wanted) if len(expected.fields) == 1 else ""
    elif expected.event == "heard":
        message = "It was understood differently."
        got += f' (from "{happening.get("text", "")}")'
    return Failure(expected.position, message, wanted, got, differs)


def missing(expected: Expected, *, ended: bool, waited: str) -> Failure:
    """Return the failure that nothing of its kind has happened."""
    wanted = _written(expected)
    when = "before the session was over" if ended else f"within {waited}"
    what = "The narrator did not say this" if expected.event == "say" else "This did not happen"
    return Failure(expected.position, f"{what} {when}.", wanted or expected.event)


def _written(expected: Expected) -> str:
    return ", ".join(" or ".join(choices) for choices in expected.fields.values())


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
