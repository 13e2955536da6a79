"""The answers that a script keeps: their names, what they can be, and what silence means."""

from dataclasses import dataclass, field

from voice_guide.script.conditions import as_seconds
from voice_guide.script.model import Script
from voice_guide.script.outcomes import outcomes
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
            kept.values.extend(one.answer for one in outcomes(question.answers))
            kept.usual = kept.usual or question.answers.silence
    for caused in effects(script):
        for name, value in caused.effect.set_.items():
            found.setdefault(name, Kept((*caused.path, "set", name))).values.append(value)
    return found


UNANSWERED = 60.0
"""Seconds of a step whose time nobody has answered, where its author has forgotten silence."""


def usual_seconds(script: Script, name: str) -> float:
    """Return how long a step goes on, in seconds, whose time is an answer that nobody gives."""
    usual = (q.answers.silence for q in asked(script) if q.answers.save == name)
    return next((seconds for text in usual if text and (seconds := as_seconds(text))), UNANSWERED)
