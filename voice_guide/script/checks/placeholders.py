"""What is written in braces: {pressure}, {side}."""

import re
from collections.abc import Mapping

from voice_guide.script.checks.common import Checked, did_you_mean
from voice_guide.script.codes import moves, times
from voice_guide.script.codes import names as codes
from voice_guide.script.kept import Kept, kept_answers
from voice_guide.script.model import Step
from voice_guide.script.walk import Path, Spoken, names, spoken

_BRACKETS = re.compile(r"\[[^\]]*\]?")
_BRACES = re.compile(r"\{([^{}]*)\}")


def check(checked: Checked) -> None:
    """Check that everything in braces has a value, and that {side} is used."""
    script = checked.script
    kept = kept_answers(script)
    _check_unanswered(checked, kept)
    filled = (*script.scales, *kept)
    for text in spoken(script):
        if text.path == ("about",):
            continue  # nothing is filled in there
        _check_brackets(checked, text)
        own = ("answer",) if text.path[-1] == "confirm" else ()
        _check_text(checked, text.path, text.text, (*filled, *own, *_of_step(text.step)))
    for number, step in enumerate(script.steps):
        _check_text(checked, ("steps", number, "name"), step.name, _of_step(step))
    for path, name in names(script):
        if "{" in name or "}" in name:
            checked.report(
                codes.NOTHING_FILLED_IN, path, "Nothing is filled in here. Remove the braces."
            )
    _check_sides(checked)


def _of_step(step: Step | None) -> tuple[str, ...]:
    """Return what is filled in beside scales and answers."""
    if step is None:
        return ()
    return (*(["side"] if step.each else []), *(["round"] if step.repeat > 1 else []))


def _check_text(checked: Checked, path: Path, text: str, allowed: tuple[str, ...]) -> None:
    for found in _BRACES.finditer(text):
        name = found.group(1)
        if name in allowed:
            continue
        if name == "side":
            message = "{side} has no value here. Add 'each: [left, right]' to the step."
        elif name == "round":
            message = "{round} has no value here. Add 'repeat:' to the step, and how often."
        elif allowed:
            known = did_you_mean(name, allowed)
            message = f"{{{name}}} has no value here. {known}"
        else:
            message = f"{{{name}}} has no value here. Remove the braces."
        checked.report(codes.NO_VALUE, path, message)
    rest = _BRACES.sub("", text)
    if "{" in rest or "}" in rest:
        checked.report(
            codes.NO_VALUE,
            path,
            'There is a single brace here. Write "{name}" or no braces at all.',
        )


def _check_unanswered(checked: Checked, kept: Mapping[str, Kept]) -> None:
    """Check that what is filled in is there even if nobody has answered."""
    for text in spoken(checked.script):
        for name in _BRACES.findall(text.text):
            if name in kept and kept[name].usual is None:
                where = checked.loaded.where(kept[name].path)
                message = (
                    f"{{{name}}} has no value if nobody answers. Add 'silence:' to the question in "
                    f"{where.words}."
                )
                checked.report(moves.NO_ANSWER_YET, text.path, message)


def _check_brackets(checked: Checked, text: Spoken) -> None:
    """Check that what is in brackets is a pause. Pauses are not in the text any more."""
    found = _BRACKETS.search(text.text)
    if found is not None:
        message = (
            f"'{found.group()}' is no pause. Write [pause], [pause 2 s] or [2 s], or no brackets."
        )
        checked.report(times.NO_PAUSE, text.path, message)


def _check_sides(checked: Checked) -> None:
    sided = {
        text.path[1]
        for text in spoken(checked.script)
        if text.step is not None and "{side}" in text.text
    }
    for number, step in enumerate(checked.script.steps):
        if step.each and number not in sided and "{side}" not in step.name:
            checked.report(
                codes.SIDE_NOT_USED,
                ("steps", number, "each"),
                "The step is done once for each of these, but no text says which: there is no "
                "{side} in it.",
                key=True,
            )
