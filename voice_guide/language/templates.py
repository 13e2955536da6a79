"""Phrases with optional words and alternatives: ``[a bit] more (lotion|oil|cream)``.

The notation is Home Assistant's; hassil, its library, expands it.
"""

import re
from functools import lru_cache

from hassil import parse_sentence
from hassil.parser import ParseError
from hassil.sample import sample_expression

MOST_PHRASES = 200
"""More phrases than this from one template are taken for a mistake."""


@lru_cache(maxsize=4096)
def expand(template: str) -> tuple[str, ...]:
    """Return every phrase that a template stands for, in lower case and single-spaced.

    Raises:
        ValueError: the template's brackets do not match, it uses slots or lists, or it stands
            for nothing or for more than ``MOST_PHRASES`` phrases.
    """
    if "{" in template or "<" in template:
        raise ValueError(f'"{template}" uses a list or a rule; phrases have neither.')
    try:
        parsed = parse_sentence(template)
        found: dict[str, None] = {}
        for text in sample_expression(parsed.expression):
            found.setdefault(normalise(text))
            if len(found) > MOST_PHRASES:
                raise ValueError(
                    f'"{template}" stands for more than {MOST_PHRASES} phrases. Make it simpler.'
                )
    except (ParseError, IndexError, AssertionError) as error:  # hassil asserts on "()"
        raise ValueError(f'"{template}" is no phrase: look at its brackets.') from error
    phrases = tuple(phrase for phrase in found if phrase)
    if not phrases:
        raise ValueError(f'"{template}" stands for no phrase.')
    return phrases


def normalise(phrase: str) -> str:
    """Return a phrase as a recogniser writes it: lower case, no punctuation, single spaces."""
    lowered = phrase.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return " ".join(re.sub(r"[^\w' ]+", " ", lowered).split())
