"""Narration that the narrator could hear as a command."""

import re
from collections.abc import Mapping

from voice_guide.language.templates import normalise
from voice_guide.script.checks.common import Checked
from voice_guide.script.codes import phrases as codes
from voice_guide.script.walk import Spoken, spoken

URGENT = ("stop", "pause")
"""The universals that act on a partial result: anywhere in a sentence they may be heard."""

_CLAUSE_END = re.compile(r"[.,;:!?()\n]+|\s[-\N{EN DASH}\N{EM DASH}]\s")


def check(checked: Checked, intents: Mapping[str, str]) -> None:
    """Warn where a narrated text contains a command phrase.

    Args:
        checked: the script under check.
        intents: the intent of each universal phrase.
    """
    urgent = [phrase for phrase, intent in intents.items() if intent in URGENT]
    for text in spoken(checked.script):
        if phrase := _heard(text, intents, urgent):
            checked.report(
                codes.HEARS_ITSELF,
                text.path,
                f'The narrator says "{phrase}" here, which is a command ("{intents[phrase]}"), and '
                "could hear itself. Say it in other words.",
            )


def _heard(text: Spoken, intents: Mapping[str, str], urgent: list[str]) -> str | None:
    words = f" {normalise(text.text)} "
    for phrase in sorted(urgent, key=len, reverse=True):
        if f" {phrase} " in words:
            return phrase
    own = {normalise(phrase) for phrase in text.own_phrases}
    for clause in _CLAUSE_END.split(text.text):
        phrase = normalise(clause)
        if phrase in intents and phrase not in own:
            return phrase
    return None
