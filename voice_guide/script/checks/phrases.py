"""What people can say: collisions, phrases that hide others, and words that are never heard."""

from voice_guide.language.pack import SAFETY
from voice_guide.script.checks import self_hearing, sound_alike
from voice_guide.script.checks.common import Checked
from voice_guide.script.checks.said import AREAS, SCRIPT, Said, said_in
from voice_guide.script.codes import phrases as codes
from voice_guide.script.walk import Path

PROTECTED = (*SAFETY, "pause", "end")
"""The universals that no script may take over: they keep people safe, or end the session."""


def check(checked: Checked) -> None:
    """Check every phrase that can be said in this script."""
    intents = {
        phrase: intent for intent, phrases in checked.universals.items() for phrase in phrases
    }
    said = list(said_in(checked))
    _check_same_words(checked, said)
    _check_hidden(checked, said)
    unheard: set[tuple[Path, str]] = set()
    for phrase in said:
        _check_takes_over(checked, phrase, intents.get(phrase.text))
        _check_hearable(checked, phrase, unheard)
    sound_alike.check(checked, said, intents)
    self_hearing.check(checked, said, intents)


def _check_same_words(checked: Checked, said: list[Said]) -> None:
    """Report two phrases of one scope with the same words; answers are a scope of their own."""
    first: dict[tuple[Path, bool, str], Said] = {}
    for phrase in said:
        other = first.setdefault((phrase.scope, phrase.is_answer, phrase.text), phrase)
        if other.owner != phrase.owner:
            place = checked.loaded.where(other.path, key=other.is_key).words
            checked.report(
                codes.SAME_WORDS,
                phrase.path,
                f'"{phrase.text}" already means something else in {place}. Choose other words.',
                key=phrase.is_key,
            )


def _check_hidden(checked: Checked, said: list[Said]) -> None:
    """Report phrases of an inner scope that hide those of an outer one."""
    outer = {phrase.text: phrase for phrase in said if phrase.scope == SCRIPT}
    in_step = {(p.scope, p.text): p for p in said if not p.is_answer and p.scope != SCRIPT}
    for phrase in said:
        if phrase.scope in (SCRIPT, AREAS):
            continue
        hidden = in_step.get((phrase.scope, phrase.text)) if phrase.is_answer else None
        hidden = hidden or outer.get(phrase.text)
        if hidden is None:
            continue
        place = checked.loaded.where(hidden.path).words
        if hidden.stops:
            code, then = codes.HIDES_STOP_SIGN, "A stop sign is never hidden. Choose other words."
        else:
            code, then = codes.HIDES_REPLY, "Choose other words, unless that is meant."
        message = f'"{phrase.text}" hides the reply in {place} here. {then}'
        checked.report(code, phrase.path, message, key=phrase.is_key)


def _check_takes_over(checked: Checked, phrase: Said, intent: str | None) -> None:
    if intent in PROTECTED:
        checked.report(
            codes.TAKES_OVER_SAFETY,
            phrase.path,
            f'"{phrase.text}" always means "{intent}", so that everybody can rely on it. '
            "Choose other words.",
            key=phrase.is_key,
        )
    elif intent is not None and not phrase.is_answer:
        checked.report(
            codes.TAKES_OVER_COMMAND,
            phrase.path,
            f'"{phrase.text}" usually means "{intent}"; with this reply it no longer does.',
            key=phrase.is_key,
        )


def _check_hearable(checked: Checked, phrase: Said, told: set[tuple[Path, str]]) -> None:
    if checked.vocabulary is None:
        return
    for word in phrase.text.split():
        if (phrase.path, word) not in told and not checked.vocabulary(word):
            told.add((phrase.path, word))
            checked.report(
                codes.NOT_HEARD,
                phrase.path,
                f'The speech model does not know the word "{word}" (in "{phrase.text}") and would '
                "never hear it. Say it in other words, or use another speech model.",
                key=phrase.is_key,
            )
