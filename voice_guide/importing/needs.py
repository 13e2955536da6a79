"""What has to be at hand."""

import re

from voice_guide.importing.words import THINGS

_LIST = re.compile(
    r"^(?:you(?:'ll| will)? need|gather|have ready|get ready|what you need is|"
    r"you can massage \w+ with|"
    r"for this you need)\s*:?\s+(.+?)[.]?$",
    re.IGNORECASE,
)
_LONGEST = 80
_BETWEEN = re.compile(r",\s*(?:and\s+)?|\s+and\s+(?=(?:a|an|some|the|two|three|\d)\b)|;\s*")


def needs_in(text: str, *, only_if_told: bool = False) -> list[str]:
    """Return what a text lists as needed.

    Args:
        text: an item of a list, or a sentence such as "You will need a towel and a bowl."
        only_if_told: only where the sentence says that it is such a list.
    """
    found = _LIST.match(text)
    if found is not None:
        listed = found[1]
        if re.search(r",?\s+or\s+", listed):
            return [_short(re.sub(r",\s+or\s+", " or ", listed))]
        parts = _BETWEEN.split(listed)
        if len(parts) > 2:  # the "and" before the last one of a list is no part of a thing
            parts += parts.pop().split(" and ", 1)
        return [_short(part) for part in parts if part.strip()]
    return [] if only_if_told else [_short(text)]


def things_in(text: str) -> list[str]:
    """Return the things that a text speaks of, as far as they are known."""
    lowered = text.lower()
    found = [thing for thing in THINGS if re.search(rf"\b{thing}\b", lowered)]
    return [t for t in found if not any(t != other and t in other.split() for other in found)]


def _short(text: str) -> str:
    plain = re.sub(r"\s*\([^)]*\)", "", text).strip(" .;,")
    while len(plain) > _LONGEST:
        plain = plain.rpartition(",")[0] or plain[:_LONGEST].rpartition(" ")[0] or plain[:_LONGEST]
    return plain[:1].lower() + plain[1:] if plain[1:2].islower() else plain
