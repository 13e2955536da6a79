"""The answers that a script keeps: their names, what they can be, and what silence means."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from voice_guide.language.templates import expand
from voice_guide.script.model import Answers, Script
from voice_guide.script.positions import PathPart
from voice_guide.script.walk import asked, effects


@dataclass
class Kept:
    """One name under which answers are kept."""

    path: tuple[PathPart, ...]
    """Where it is kept first."""
    values: list[str] = field(default_factory=list)
    """What the answer can be, as it is kept."""
    usual: str | None = None
    """What silence means."""


def kept_answers(script: Script) -> dict[str, Kept]:
    """Return what a script keeps, by name, in the order of the file."""
    found: dict[str, Kept] = {}
    for question in asked(script):
        name = question.answers.save
        if name is not None:
            kept = found.setdefault(name, Kept((*question.path, "save")))
            kept.values.extend(possible_answers(question.answers))
            kept.usual = kept.usual or question.answers.silence
    for caused in effects(script):
        for name, value in caused.effect.set_.items():
            found.setdefault(name, Kept((*caused.path, "set", name))).values.append(value)
    return found


def possible_answers(answers: Answers) -> list[str]:
    """Return the answers of a question under the names that the session knows them by."""
    return list(_possible(answers))


def _possible(answers: Answers) -> Iterator[str]:
    if answers.yes is not None or answers.no is not None:
        yield from ("yes", "no")
    for written in answers.answers:
        try:
            yield expand(written)[0]
        except ValueError:  # told by the check of the phrases
            yield written
    if answers.number is not None:
        low, high = number_range(answers.number)
        yield from (str(number) for number in range(low, high + 1))


def number_range(written: str) -> tuple[int, int]:
    """Return the lowest and the highest number of a range such as ``0-10``."""
    low, high = (int(part) for part in written.split("-"))
    return low, high
