"""A phrase that can be said, and what saying it means."""

from dataclasses import dataclass
from typing import Literal

Scope = Literal["question", "step", "script", "universal"]
"""Where a phrase comes from, from the inside out. An inner scope wins."""


@dataclass(frozen=True)
class Phrase:
    """Words that the recogniser listens for."""

    text: str
    """The words, lower case and single-spaced, as the recogniser writes them."""

    intent: str
    """What saying them means: a universal's name, an answer, or a reply's first phrase."""

    scope: Scope
    """Where the phrase comes from."""

    urgent: bool = False
    """Acted on before the utterance has ended: stop and pause."""

    slots: tuple[tuple[str, str], ...] = ()
    """What the words name, such as ``("minutes", "2")`` in "two more minutes"."""
