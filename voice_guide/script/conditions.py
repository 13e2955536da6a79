"""Whether what ``when`` and ``unless`` ask for is so. There are no expressions: only values."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from voice_guide.script.durations import parse_duration

SORE = "sore"
"""What an area can be asked for: whether it was named as sore."""

_NUMBERS = re.compile(r"(\d+)\s*-\s*(\d+)")
_DURATIONS = re.compile(r"(\d.*?[a-z])\s*-\s*(\d.*[a-z])")


@dataclass(frozen=True)
class Facts:
    """What is known when a condition is looked at."""

    answers: Mapping[str, str]
    """The saved answers."""
    levels: Mapping[str, str]
    """The level of each scale."""
    sore: Collection[str]
    """The areas that were named as sore."""


def fulfilled(
    when: Mapping[str, Sequence[str]], unless: Mapping[str, Sequence[str]], facts: Facts
) -> bool:
    """Return whether all of ``when`` is so and nothing of ``unless``.

    What was never answered is nothing: it fulfils no condition.
    """
    return all(_is_so(name, values, facts) for name, values in when.items()) and not any(
        _is_so(name, values, facts) for name, values in unless.items()
    )


def fits(answer: str, value: str) -> bool:
    """Return whether an answer is what a condition asks for.

    Args:
        answer: a saved answer, such as ``yes``, ``7`` or ``5 min``.
        value: the same, or a range of numbers or durations: ``5-10``, ``2 min - 5 min``.
    """
    if answer.lower() == value.lower():
        return True
    if (numbers := _NUMBERS.fullmatch(value)) and answer.isdecimal():
        return int(numbers[1]) <= int(answer) <= int(numbers[2])
    length = as_seconds(answer)
    if length is None:
        return False
    if span := _DURATIONS.fullmatch(value.lower()):
        low, high = as_seconds(span[1]), as_seconds(span[2])
        return low is not None and high is not None and low <= length <= high
    return length == as_seconds(value)


def as_seconds(text: str) -> float | None:
    """Return the seconds of a duration, or None if the text is none."""
    try:
        return parse_duration(text)
    except ValueError:
        return None


def _is_so(name: str, values: Sequence[str], facts: Facts) -> bool:
    if name in facts.levels:
        return facts.levels[name] in values
    answer = facts.answers.get(name)
    if answer is None:
        return name in facts.sore and SORE in values
    return any(fits(answer, value) for value in values)
