"""Durations as authors write them: "90 s", "5 min", "1 min 30 s"."""

import re

_UNITS = {
    "s": 1.0,
    "sec": 1.0,
    "second": 1.0,
    "seconds": 1.0,
    "min": 60.0,
    "minute": 60.0,
    "minutes": 60.0,
    "h": 3600.0,
    "hour": 3600.0,
    "hours": 3600.0,
}
_PART = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*")


def parse_duration(text: str) -> float:
    """Return the seconds in a duration such as ``"90 s"`` or ``"1 min 30 s"``.

    Raises:
        ValueError: the text is no duration; the message says how to write one.
    """
    total, at = 0.0, 0
    lowered = text.strip().lower()
    while at < len(lowered):
        part = _PART.match(lowered, at)
        if part is None or part.group(2) not in _UNITS:
            break
        total += float(part.group(1)) * _UNITS[part.group(2)]
        at = part.end()
    if at == 0 or at < len(lowered) or not 0 < total <= 24 * 3600:
        raise ValueError(
            f'"{text[:60]}" is not a duration. Write a number with a unit, such as "90 s", '
            '"5 min" or "1 min 30 s".'
        )
    return total
