"""Durations as authors write them: "90 s", "5 min", "1 min 30 s", and spans: "1 min - 10 min"."""

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


LONGEST_ANSWER = 3600.0
"""Seconds of the longest duration that can be answered."""

_GRID = (
    *(float(seconds) for seconds in range(5, 60, 5)),
    *(30.0 * halves for halves in range(2, 20)),
    *(60.0 * minutes for minutes in range(10, 61)),
)
_SPAN = re.compile(r"([^-]+?)\s*-\s*([^-]+)")
_BARE = re.compile(r"[\d.]+")


def parse_span(text: str) -> tuple[float, float]:
    """Return the seconds of both ends of ``1 min - 10 min``, ``1-10 min`` or ``30 s - 5 min``.

    Raises:
        ValueError: the text is no span of durations; the message says how to write one.
    """
    span = _SPAN.fullmatch(text.strip())
    if span is None:
        raise ValueError(f'"{text[:60]}" is no span of time. Write one such as "1 min - 10 min".')
    first, last = span[1].strip(), span[2].strip()
    if _BARE.fullmatch(first):
        first += last.lstrip("0123456789.")
    low, high = parse_duration(first), parse_duration(last)
    if low >= high or high > LONGEST_ANSWER or not any(low <= one <= high for one in _GRID):
        raise ValueError(
            f'"{text[:60]}" cannot be answered. Put the shorter time first; the longest is an hour.'
        )
    return low, high


def durations_between(low: float, high: float) -> tuple[float, ...]:
    """Return the durations that people name, from ``low`` to ``high`` seconds.

    Every five seconds up to a minute, every half minute up to ten, and every minute up to an hour.
    """
    return tuple(seconds for seconds in _GRID if low <= seconds <= high)


def short(seconds: float) -> str:
    """Return a duration as it is kept: ``90 s``, ``2 min``."""
    return f"{seconds:g} s" if seconds % 60 else f"{seconds / 60:g} min"
