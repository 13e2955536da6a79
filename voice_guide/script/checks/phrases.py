"""What people can say: templates, collisions, and words that the speech model cannot hear."""

from collections.abc import Iterator
from dataclasses import dataclass

from voice_guide.language.pack import SAFETY
from voice_guide.language.templates import expand, normalise
from voice_guide.script.checks import self_hearing
from voice_guide.script.checks.common import Checked
from voice_guide.script.codes import phrases as codes
from voice_guide.script.walk import Path, asked, replies

PROTECTED = (*SAFETY, "pause", "end")
"""The universals that no script may take over: they keep people safe, or end the session."""


@dataclass(frozen=True)
class _Phrase:
    text: str
    path: Path
    is_key: bool
    owner: Path
    """The reply or answer that the phrase belongs to."""
    scope: Path
    """Where two phrases must not be the same."""
    is_answer: bool


def check(checked: Checked) -> None:
    """Check every phrase that can be said in this script."""
    intents = {
        phrase: intent for intent, phrases in checked.universals.items() for phrase in phrases
    }
    first: dict[tuple[Path, str], _Phrase] = {}
    unheard: set[tuple[Path, str]] = set()
    for phrase in _phrases(checked):
        other = first.setdefault((phrase.scope, phrase.text), phrase)
        if other.owner != phrase.owner:
            line = checked.loaded.where(other.path, key=other.is_key).line
            checked.report(
                codes.SAME_WORDS,
                phrase.path,
                f'"{phrase.text}" already means something else in line {line}. Choose other words.',
                key=phrase.is_key,
            )
        _check_shadow(checked, phrase, intents.get(phrase.text))
        _check_hearable(checked, phrase, unheard)
    self_hearing.check(checked, intents)


def _check_shadow(checked: Checked, phrase: _Phrase, intent: str | None) -> None:
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


def _check_hearable(checked: Checked, phrase: _Phrase, told: set[tuple[Path, str]]) -> None:
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


def _phrases(checked: Checked) -> Iterator[_Phrase]:
    script = checked.script
    for question in asked(script):
        path, answers = question.path, question.answers
        for key in ("yes", "no"):
            if getattr(answers, key) is not None:
                owner = (*path, key)
                yield _Phrase(key, owner, True, owner, path, True)
        for key in answers.answers:
            owner = (*path, "answers", key)
            for text in _expand(checked, key, owner, is_key=True):
                yield _Phrase(text, owner, True, owner, path, True)
    for path, reply, _ in replies(script):
        for index, template in enumerate(reply.hear):
            where = (*path, "hear", index)
            for text in _expand(checked, template, where, is_key=False):
                yield _Phrase(text, where, False, path, path[:-1], False)
    for index, area in enumerate(script.areas):
        where = ("areas", index)
        yield _Phrase(normalise(area), where, False, where, ("areas",), True)


def _expand(checked: Checked, template: str, path: Path, *, is_key: bool) -> tuple[str, ...]:
    try:
        return expand(template)
    except ValueError as error:
        checked.report(codes.BAD_TEMPLATE, path, str(error), key=is_key)
        return ()
