"""Where each step can lead: the script as a graph."""

from collections.abc import Mapping
from dataclasses import dataclass

from voice_guide.script.dialogue import THE_END, Answers, Effect
from voice_guide.script.model import Script
from voice_guide.script.outcomes import outcomes, when_silent
from voice_guide.script.positions import PathPart


@dataclass(frozen=True)
class Place:
    """A step, or a question after the last one, and where it leads."""

    path: tuple[PathPart, ...]
    answers: Answers
    leads_to: frozenset[int]
    """The places that follow, by any answer or none. One more than there are: the end."""
    silence_leads_to: int
    """The place that follows when nobody says anything."""
    silent: Effect | None
    """What silence does."""


def places(script: Script) -> tuple[Place, ...]:
    """Return the steps and the questions after them, in order."""
    asked: list[tuple[tuple[PathPart, ...], Answers, bool]] = [
        (("steps", number), step, step.ask is not None) for number, step in enumerate(script.steps)
    ]
    asked += [(("after", number), question, True) for number, question in enumerate(script.after)]
    targets = step_numbers(script)
    found = []
    for number, (path, answers, asks) in enumerate(asked):
        following = [number + 1]
        silent: Effect | None = None
        if asks:
            following = [
                _target(one.effect, number, targets, len(asked)) for one in outcomes(answers)
            ]
            silence = when_silent(answers)
            silent = silence.effect if silence is not None else None
            if answers.silence is None:
                following.append(number + 1)
        if answers.when or answers.unless:
            following.append(number + 1)
        alone = _target(silent or Effect(), number, targets, len(asked))
        found.append(Place(path, answers, frozenset(following), alone, silent))
    return tuple(found)


def step_numbers(script: Script) -> dict[str, int]:
    """Return where 'go to' leads, by the names that it can have. Of two the first counts."""
    found: dict[str, int] = {}
    for number, step in enumerate(script.steps):
        for name in (step.name, *(step.name.replace("{side}", side) for side in step.each)):
            found.setdefault(name, number)
    found.setdefault(THE_END, len(script.steps))
    return found


def _target(effect: Effect, number: int, targets: Mapping[str, int], end: int) -> int:
    if effect.end is not None:
        return end
    if effect.go_to is not None:
        return targets.get(effect.go_to, number + 1)
    return number + 1
