"""Narration that the narrator could hear as a command."""

import re
from collections.abc import Iterator, Mapping, Sequence

from voice_guide.language.templates import normalise
from voice_guide.script.checks.common import Checked
from voice_guide.script.checks.said import SCRIPT, Said
from voice_guide.script.codes import phrases as codes
from voice_guide.script.walk import Path, Spoken, spoken

URGENT = ("stop", "pause")
"""The universals that act on a partial result: anywhere in a sentence they may be heard."""

_CLAUSE_END = re.compile(r"[.,;:!?()\n]+|\s[-\N{EN DASH}\N{EM DASH}]\s")
_TOLD_TO_SAY = re.compile(r"\bsay$")


def check(checked: Checked, said: Sequence[Said], intents: Mapping[str, str]) -> None:
    """Warn where a narrated text contains a command phrase or a whole reply.

    Args:
        checked: the script under check.
        said: the phrases of the script.
        intents: the intent of each universal phrase.
    """
    urgent = [phrase for phrase, intent in intents.items() if intent in URGENT]
    urgent.sort(key=len, reverse=True)
    replies: dict[Path, dict[str, Said]] = {}
    for phrase in said:
        if not phrase.is_answer:
            replies.setdefault(phrase.scope, {}).setdefault(phrase.text, phrase)
    for text in spoken(checked.script):
        if command := _command(text, intents, urgent):
            what = f'"{command}" here, which is a command ("{intents[command]}")'
        elif reply := _reply(text, replies):
            place = checked.loaded.where(reply.path).words
            what = f'"{reply.text}" here, which is a reply in {place}'
        else:
            continue
        message = f"The narrator says {what}, and could hear itself. Say it in other words."
        checked.report(codes.HEARS_ITSELF, text.path, message)


def _command(text: Spoken, intents: Mapping[str, str], urgent: list[str]) -> str | None:
    words = f" {normalise(text.text)} "
    for phrase in urgent:
        if f" {phrase} " in words:
            return phrase
    own = {normalise(phrase) for phrase in text.own_phrases}
    return next((c for c, _ in _clauses(text.text) if c in intents and c not in own), None)


def _reply(text: Spoken, replies: Mapping[Path, Mapping[str, Said]]) -> Said | None:
    """Return the reply that a whole clause is, but for what people are told to say."""
    heard = (replies.get(text.path[:2], {}), replies.get(SCRIPT, {}))
    for clause, before in _clauses(text.text):
        for phrases in heard:
            if clause in phrases and not _TOLD_TO_SAY.search(before):
                return phrases[clause]
    return None


def _clauses(text: str) -> Iterator[tuple[str, str]]:
    """Yield each clause as a recogniser writes it, and the one before it."""
    before = ""
    for clause in _CLAUSE_END.split(text):
        plain = normalise(clause)
        if plain:
            yield plain, before
        before = plain
