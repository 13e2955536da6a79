"""Times, counts, sides and limits in a sentence."""

import re
from dataclasses import dataclass

_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "sixteen": 16,
    "twenty": 20, "thirty": 30, "forty": 40, "forty-five": 45, "fifty": 50, "sixty": 60,
    "ninety": 90, "a few": 3, "a couple of": 2, "several": 3, "half a": 0.5, "half an": 0.5,
}  # fmt: skip
_NUMBER = r"(\d+(?:\.\d+)?|" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r")"
_UNIT = r"(seconds?|secs?|minutes?|mins?|hours?|hrs?|(?<=\d)s|(?<=\d )s|(?<=\d)h|(?<=\d )h)"
_RANGE = rf"{_NUMBER}(?:\s*(?:-|\N{{EN DASH}}|to|or)\s*{_NUMBER})?"
_DURATION = re.compile(rf"\b{_RANGE}(?:[\s-]|(?<=\d)){_UNIT}\b(?!\w)", re.IGNORECASE)
_NOT_HOW_LONG = re.compile(
    r"\b(?:after|within|every|each|last|first|next|per|in|past|under|ago|old|than)\s+"
    r"(?:the\s+|about\s+|around\s+|another\s+)*$",
    re.IGNORECASE,
)
_HOW_LONG = re.compile(
    r"\b(?:for|hold|wait|rest|least|keep|stay|bake|boil|simmer|steep|cook|chill|knead|soak|stand|"
    r"sit|breathe|massage|about|another|approximately|around|up to)\s+"
    r"(?:(?:it|them|there|still|for|about|around|another|at|least|up|to|approximately|the)\s+)*$",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"\b{_RANGE}\s*(?:(?:slow|deep|full|small|more|gentle|long|big|easy)\s+)*"
    r"(?:times|repetitions|repeats|reps|strokes|rounds)\b",
    re.IGNORECASE,
)
_A_DAY = re.compile(
    rf"\b(?:no|not)\s+(?:more|longer)\s+than\s+(?:for\s+)?{_NUMBER}[\s-]?{_UNIT}\s+"
    r"(?:a|per|each|every)\s+day\b|"
    r"\b(?:every day|daily|each day)\b.*\b(?:no|not)\s+(?:more|longer)\s+than\s+"
    rf"{_NUMBER}[\s-]?{_UNIT}\b|"
    rf"\b(?:at most|up to|a maximum of)\s+{_NUMBER}[\s-]?{_UNIT}\s+(?:a|per|each|every)\s+day\b",
    re.IGNORECASE,
)
_OFTEN = re.compile(
    rf"\b(?:once|twice|{_NUMBER}\s+times|{_NUMBER}\s+sessions)\s+"
    r"(?:a|per|each|every)\s+(?:day|week)\b",
    re.IGNORECASE,
)
_REST_DAY = re.compile(
    r"\bstill\s+((?:very\s+)?[a-z]+(?:(?:,| or| and)\s+[a-z]+)*)\s+(?:on\s+)?"
    r"(?:the\s+(?:next|following)\s+day|"
    r"tomorrow|the day after)",
    re.IGNORECASE,
)
_LIMB = "arm|leg|hand|foot|knee|shoulder|hip|ankle|wrist|elbow"
_SIDES = re.compile(
    rf"\b(?:each|the other|the opposite|other|opposite)\s+(?:side|{_LIMB})s?\b(?!\s+of\b)|"
    r"\b(?:on|with)\s+both\s+sides\b(?!\s+of\b)|"
    r"\bswitch\s+(?:sides|legs|arms|hands|feet)\b",
    re.IGNORECASE,
)
_BREATHS = re.compile(rf"\bfor\s+{_RANGE}\s+(?:(?:slow|deep|long)\s+)*breaths\b", re.IGNORECASE)
_BREATH = 5.0
_SECONDS = {"s": 1.0, "m": 60.0, "h": 3600.0}


@dataclass(frozen=True)
class Amount:
    """A number that the text gives, which may be a range."""

    low: float
    high: float
    text: str
    """As it is written."""


def duration(sentence: str) -> Amount | None:
    """Return how many seconds the sentence says that something goes on; None if it does not say."""
    for found in _DURATION.finditer(sentence):
        before = sentence[: found.start()]
        if _NOT_HOW_LONG.search(before) or not (_HOW_LONG.search(before) or not before.strip()):
            continue
        unit = _SECONDS[found[3][0].lower()]
        low = _number(found[1]) * unit
        high = _number(found[2]) * unit if found[2] else low
        if 0 < low <= high <= 24 * 3600:
            return Amount(low, high, found[0])
    breaths = _BREATHS.search(sentence)
    if breaths is not None:
        low = _number(breaths[1]) * _BREATH
        return Amount(low, _number(breaths[2] or breaths[1]) * _BREATH + 1.0, breaths[0])
    return None


def count(sentence: str) -> Amount | None:
    """Return how often something is done, as in "repeat ten times"; None if that is not said."""
    if _OFTEN.search(sentence):
        return None
    found = _COUNT.search(sentence)
    if found is None:
        return None
    low = _number(found[1])
    high = _number(found[2]) if found[2] else low
    return Amount(low, high, found[0]) if 1 < low <= high <= 100 else None


def limit_a_day(sentence: str) -> float | None:
    """Return the seconds that are enough for a day, as in "no more than five minutes a day"."""
    found = _A_DAY.search(sentence)
    if found is None:
        return None
    groups = [group for group in found.groups() if group]
    seconds = _number(groups[0]) * _SECONDS[groups[1][0].lower()]
    return seconds if 0 < seconds <= 24 * 3600 else None


def how_often(sentence: str) -> str | None:
    """Return words such as "three times a week"."""
    found = _OFTEN.search(sentence)
    return found[0] if found else None


def rest_day(sentence: str) -> str | None:
    """Return the sign of a day of rest: "still stiff or sore" of "... the next day"."""
    found = _REST_DAY.search(sentence)
    return f"still {found[1]}" if found else None


def sides(sentence: str) -> bool:
    """Whether the sentence is about both sides of a body."""
    return _SIDES.search(sentence) is not None


def spoken_duration(seconds: float) -> str:
    """Return seconds as a script writes them: "90 s", "5 min", "1 h"."""
    for unit, length in (("h", 3600.0), ("min", 60.0)):
        if seconds >= length and seconds % length == 0:
            return f"{seconds / length:g} {unit}"
    return f"{seconds:g} s"


def _number(text: str) -> float:
    lowered = text.lower()
    return _WORDS[lowered] if lowered in _WORDS else float(lowered)
