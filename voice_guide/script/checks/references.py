"""Names that refer to something: scales, levels, areas."""

import re
from collections.abc import Iterable, Mapping

from voice_guide.script.checks.common import Checked, did_you_mean
from voice_guide.script.codes import names
from voice_guide.script.model import Step
from voice_guide.script.walk import Path, effects

_SCALE_NAME = re.compile(r"[^\W\d_][\w -]*")
_DIRECTIONS = ("up", "down")


def check(checked: Checked) -> None:
    """Check scales, areas, and what turns and names them."""
    script = checked.script
    for name, scale in script.scales.items():
        path: Path = ("scales", name)
        if name in ("side", "round", "answer") or not _SCALE_NAME.fullmatch(name):
            checked.report(
                names.BAD_NAME,
                path,
                f"A scale cannot be called '{name}'. Use plain words.",
                key=True,
            )
        _once(checked, (*path, "levels"), scale.levels)
        if scale.start not in scale.levels:
            known = did_you_mean(scale.start, scale.levels)
            checked.report(
                names.NO_SUCH_NAME,
                (*path, "start"),
                f"'{scale.start}' is not among the levels. {known}",
            )
        for index, level in enumerate(scale.levels):
            if level in _DIRECTIONS:
                checked.report(
                    names.BAD_NAME,
                    (*path, "levels", index),
                    f"'{level}' cannot be a level: in 'turn' it is a direction. Find another word.",
                )
    for number, step in enumerate(script.steps):
        _check_levels(checked, ("steps", number, "with"), step.with_)
        _once(checked, ("steps", number, "each"), step.each)
        for area in _areas(step):
            if area not in script.areas:
                known = did_you_mean(area, script.areas)
                message = f"'{area}' is not among the areas at the top of the script. {known}"
                checked.report(names.NO_SUCH_NAME, ("steps", number, "area"), message)
                break
    _check_effects(checked)


def _check_levels(checked: Checked, path: Path, wanted: Mapping[str, str]) -> None:
    """Check the levels of scales that hold for one step."""
    scales = checked.script.scales
    for name, level in wanted.items():
        if name not in scales:
            message = f"There is no scale '{name}'. {did_you_mean(name, scales)}"
            checked.report(names.NO_SUCH_NAME, (*path, name), message, key=True)
        elif level not in scales[name].levels:
            known = did_you_mean(level, scales[name].levels)
            message = f"'{level}' is not among the levels of '{name}'. {known}"
            checked.report(names.NO_SUCH_NAME, (*path, name), message)


def _check_effects(checked: Checked) -> None:
    script = checked.script
    for caused in effects(script):
        effect = caused.effect
        for name, how in effect.turn.items():
            path = (*caused.path, "turn", name)
            if name not in script.scales:
                message = f"There is no scale '{name}'. {did_you_mean(name, script.scales)}"
                checked.report(names.NO_SUCH_NAME, path, message, key=True)
                continue
            known = (*_DIRECTIONS, *script.scales[name].levels)
            if how not in known:
                message = f"'{name}' cannot be turned to '{how}'. {did_you_mean(how, known)}"
                checked.report(names.NO_SUCH_NAME, path, message)
        if effect.ask_area is not None and not script.areas:
            checked.report(
                names.NO_SUCH_NAME,
                (*caused.path, "ask_area"),
                "There are no areas to ask for. Add 'areas: [...]' to the script.",
                key=True,
            )
        if effect.stop is not None and effect.end is not None:
            message = "This both stops and ends the session. Keep one of the two."
            checked.report(names.STOP_AND_END, (*caused.path, "end"), message, key=True)


def _areas(step: Step) -> list[str]:
    """Return the areas that a step works on, one for each side."""
    if step.area is None:
        return []
    return [step.area.replace("{side}", side) for side in step.each or ("",)]


def _once(checked: Checked, path: Path, texts: Iterable[str]) -> None:
    seen = set()
    for index, text in enumerate(texts):
        if text.lower() in seen:
            checked.report(
                names.NAMED_TWICE, (*path, index), f"'{text}' is there twice. Remove one."
            )
        seen.add(text.lower())
