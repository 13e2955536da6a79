"""What is kept of the answers, and the conditions that ask for it."""

import re
from collections.abc import Mapping, Sequence

from voice_guide.script.checks.common import Checked, did_you_mean
from voice_guide.script.codes import moves as codes
from voice_guide.script.codes import names
from voice_guide.script.conditions import SORE, fits
from voice_guide.script.kept import Kept, kept_answers
from voice_guide.script.walk import Path, asked

_PLAIN = re.compile(r"[^\W\d_][\w -]*")
_TAKEN = ("side", "round", "answer")


def check(checked: Checked) -> None:
    """Check the names of what is kept, and every 'when' and 'unless'."""
    script = checked.script
    kept = kept_answers(script)
    for name, answer in kept.items():
        is_key = answer.path[-1] == name
        if name in _TAKEN or not _PLAIN.fullmatch(name):
            message = f"An answer cannot be kept as '{name}'. Use other plain words."
            checked.report(names.BAD_NAME, answer.path, message, key=is_key)
        elif name in script.scales or name in script.areas:
            what = "a scale" if name in script.scales else "an area"
            message = f"'{name}' is {what}. Keep the answer under another name."
            checked.report(names.BAD_NAME, answer.path, message, key=is_key)
    for question in asked(script):
        sides = question.step.each if question.step is not None else ()
        for key in ("when", "unless"):
            conditions = getattr(question.answers, key)
            _check_conditions(checked, (*question.path, key), conditions, kept, sides)


def _check_conditions(
    checked: Checked,
    path: Path,
    conditions: Mapping[str, Sequence[str]],
    kept: Mapping[str, Kept],
    sides: Sequence[str],
) -> None:
    script = checked.script
    for name, values in conditions.items():
        known: Sequence[str]
        if name in script.areas:
            known = (SORE,)
        elif name in script.scales:
            known = script.scales[name].levels
        elif name in kept:
            known = kept[name].values
        else:
            there = (*script.scales, *kept, *script.areas)
            message = f"Nothing is kept as '{name}'. {did_you_mean(name, there)}"
            checked.report(codes.NOTHING_KEPT, (*path, name), message, key=True)
            continue
        for index, value in enumerate(values):
            for side in sides if "{side}" in value else ("",):
                asked_for = value.replace("{side}", side)
                if not any(fits(answer, asked_for) for answer in known):
                    message = f"'{name}' is never '{asked_for}'. {did_you_mean(asked_for, known)}"
                    checked.report(codes.NOTHING_KEPT, (*path, name, index), message)
