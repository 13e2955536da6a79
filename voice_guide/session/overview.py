"""What can be said in each part of a session, without playing it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from voice_guide.language.phrases import Phrase, Scope
from voice_guide.session.engine import Engine
from voice_guide.session.state import Stage


@dataclass(frozen=True)
class Sayable:
    """What can be said in one moment of a session."""

    section: str
    """``welcome``, ``before``, ``step`` or ``after``."""

    name: str
    """The name of the step, or the question."""

    answers: tuple[str, ...]
    step_replies: tuple[str, ...]
    script_replies: tuple[str, ...]
    naming: Mapping[str, tuple[str, ...]]
    """What the commands that name something can name: steps, areas, minutes. By their intents."""
    commands: tuple[str, ...]
    """The intents of the other commands, such as ``more time``."""


def sayable(engine: Engine) -> Iterator[Sayable]:
    """Yield what can be said in each moment, in order."""
    for position, moment in enumerate(engine.setting.program):
        if moment.section == "goodbye":
            continue
        found: dict[str, Phrase] = {}
        for stage in Stage:
            state = replace(engine.begin(), position=position, stage=stage)
            for phrase in engine.phrases(state):
                found.setdefault(phrase.text, phrase)
        phrases = tuple(found.values())
        question = moment.question.ask if moment.question is not None else ""
        universals = [phrase for phrase in phrases if phrase.scope == "universal"]
        yield Sayable(
            moment.section,
            moment.name or question,
            _texts(phrases, "question"),
            _texts(phrases, "step"),
            _texts(phrases, "script"),
            _named(universals),
            tuple(dict.fromkeys(phrase.intent for phrase in universals if not phrase.slots)),
        )


def _named(universals: list[Phrase]) -> dict[str, tuple[str, ...]]:
    named: dict[str, dict[str, None]] = {}
    for phrase in universals:
        for _, value in phrase.slots:
            named.setdefault(phrase.intent, {}).setdefault(value)
    return {intent: tuple(values) for intent, values in named.items()}


def _texts(phrases: tuple[Phrase, ...], scope: Scope) -> tuple[str, ...]:
    return tuple(phrase.text for phrase in phrases if phrase.scope == scope)
