"""The parts of the body that a draft works on."""

import re

from voice_guide.importing.draft import Draft, DraftStep
from voice_guide.importing.signs import HearablePhrases
from voice_guide.importing.words import BODY_PARTS, SINGULAR

_LEAST_STEPS = 2
_WORK = (
    r"\b(?:massage|massaging|rub|stroke|knead|press|glide|stretch|bend|lift|raise|roll|turn|circle|"
    r"straighten|move|rotate|push|lower|cross|wash|dry|work)\b"
    r"(?:\W+(?!by|as|while|with|so|until)\w+){0,6}?\W+"
)


def find_areas(draft: Draft, phrases: HearablePhrases) -> None:
    """Give the draft areas, and its steps an area each, where it works on a body."""
    by_step = [(step, _area(step)) for step in draft.steps]
    worked = [(step, area) for step, area in by_step if area is not None]
    if len(worked) < _LEAST_STEPS:
        return
    areas = phrases.choose(dict.fromkeys(area for _, area in worked))
    draft.areas = areas
    for step, area in worked:
        if area in areas:
            step.area = area
    draft.notes.append(
        "which part of the body does each step work on? When it is sore, the step is left out"
    )
    if not draft.before:
        draft.notes.append(
            "what speaks against this session, such as broken skin, a fever or an injury? Ask for "
            "it in 'before:'"
        )


def _area(step: DraftStep) -> str | None:
    """Return the part of the body that a step works on; not the hands of who works."""
    for sentence in step.say:
        for part in BODY_PARTS:
            singular = SINGULAR.get(part, part.removesuffix("s"))
            own = r"(?<!your )" if part in ("hands", "fingers") else ""
            if re.search(rf"{_WORK}{own}(?:{part}|{singular})\b(?! and forth)", sentence, re.I):
                return part
    return None
