"""The pauses in a text, such as ``Breathe in. [pause 2 s] Breathe out.``."""

import re

PAUSE = 0.7
"""Seconds of a plain ``[pause]``."""

LONGEST_PAUSE = 60.0
"""Seconds. Longer waits belong to a session's steps, which can be interrupted."""

MARK = re.compile(
    r"\[\s*(?:pause(?:\s+(\d+(?:\.\d+)?)\s*(?:s|sec|secs|seconds?)?)?"
    r"|(\d+(?:\.\d+)?)\s*(?:s|sec|secs|seconds?))\s*\]",
    re.IGNORECASE,
)
"""``[pause]``, ``[pause 2 s]`` or ``[2 s]``."""


def length(mark: re.Match[str]) -> float:
    """Return the seconds of a pause that ``MARK`` has found."""
    written = mark[1] or mark[2]
    return min(float(written), LONGEST_PAUSE) if written else PAUSE


def without_pauses(text: str) -> str:
    """Return a text to be read: with no pauses in it."""
    return re.sub(r"\s+", " ", MARK.sub(" ", text)).strip() if "[" in text else text


def seconds_of_pauses(text: str) -> float:
    """Return how long all the pauses in a text are."""
    return sum(length(mark) for mark in MARK.finditer(text)) if "[" in text else 0.0
