"""From a script to the page about it."""

import re

from voice_guide.describing.effects import (
    answers_in_words,
    conditions_in_words,
    effect_in_words,
    phrases_in_words,
)
from voice_guide.describing.page import Page
from voice_guide.language.pack import SAFETY, Language
from voice_guide.script.counting import counting_of
from voice_guide.script.model import Question, Script, Step
from voice_guide.script.walk import asked

_ALWAYS = ("stop", "pause", "resume", "repeat", "next", "back", "time left", "help", "end")
_PAUSE = re.compile(r"\s*\[\s*pause[^\]]*\]\s*", re.IGNORECASE)


def describe(script: Script, language: Language, seconds: float | None = None) -> Page:
    """Return the page about a script.

    Args:
        script: the script.
        language: its language.
        seconds: how long the session takes, if that is known.
    """
    page = Page(script.title, script.language)
    if script.about:
        page.sentence(script.about)
    page.pairs(*_facts(script, seconds))
    if script.before:
        page.heading(2, "Before it begins")
        for question in script.before:
            _question(page, script, question)
    page.heading(2, "Steps")
    for number, step in enumerate(script.steps, 1):
        _step(page, script, number, step)
    if script.after:
        page.heading(2, "Afterwards")
        for question in script.after:
            _question(page, script, question)
    if script.replies:
        page.heading(2, "What can be said at any time")
        page.pairs(*((phrases_in_words(r.hear), effect_in_words(r)) for r in script.replies))
    page.heading(2, "What can be said in every session")
    page.pairs(*((intent, _some(language, intent)) for intent in _ALWAYS))
    page.sentence("For pain and other signs of danger, in every session:")
    signs = [sign for sign in SAFETY if sign != "stop"]
    page.pairs(*((sign, _some(language, sign)) for sign in signs))
    return page


def _facts(script: Script, seconds: float | None) -> list[tuple[str, str]]:
    questions = sum(question.ask is not None for question in asked(script))
    facts = []
    if seconds is not None:
        facts.append(("It takes", _about(seconds)))
    facts.append(
        ("It has", f"{_several(len(script.steps), 'step')} and {_several(questions, 'question')}")
    )
    if script.needs:
        facts.append(("You need", ", ".join(script.needs)))
    for name, scale in script.scales.items():
        levels = ", ".join(scale.levels)
        facts.append((f"The {name} can be", f"{levels}. It begins with {scale.start}"))
    if script.areas:
        facts.append(("Parts that can be named as sore", ", ".join(script.areas)))
    limits = script.limits
    if limits is not None and limits.per_day is not None:
        facts.append(("At most on one day", _time(limits.per_day)))
    if limits is not None and limits.rest_days:
        facts.append(("Days of rest after it", str(limits.rest_days)))
    if limits is not None and limits.rest_day_if:
        facts.append(("A day of rest if", limits.rest_day_if))
    if script.sources:
        facts.append(("Sources", "; ".join(script.sources)))
    return facts


def _question(page: Page, script: Script, question: Question) -> None:
    page.says(_filled(script, question.ask))
    if only := conditions_in_words(question.when, question.unless):
        page.sentence(only)
    page.pairs(*answers_in_words(question))


def _step(page: Page, script: Script, number: int, step: Step) -> None:
    page.heading(3, f"{number}. {_filled(script, step.name, step)}")
    if only := conditions_in_words(step.when, step.unless):
        page.sentence(only)
    if step.say is not None:
        page.says(_filled(script, step.say, step))
    if step.ask is not None:
        page.says(_filled(script, step.ask, step))
        page.pairs(*answers_in_words(step))
    cues = (
        (
            f"After {_time(cue.at)}" if cue.at is not None else f"Every {_time(cue.every or 0.0)}",
            f'"{_filled(script, cue.say, step)}"',
        )
        for cue in step.cues
    )
    page.pairs(*_how_long(step), *cues)
    page.pairs(*((phrases_in_words(r.hear), effect_in_words(r)) for r in step.replies))


def _how_long(step: Step) -> list[tuple[str, str]]:
    facts = []
    counting = counting_of(step)
    if counting is not None:
        words = (
            f", to the words {', '.join(counting.words)}" if counting.words else ", counted aloud"
        )
        facts.append(
            ("How often", f"{counting.reps} times{words}, {_time(counting.seconds)} in all")
        )
    elif step.for_ is not None:
        facts.append(("How long", _time(step.for_)))
    elif step.for_answer is not None:
        facts.append(("How long", f"as was answered: {step.for_answer}"))
    elif step.until is not None:
        facts.append(("How long", 'until somebody says "ready"'))
    if step.each:
        facts.append(("Done for each of", ", ".join(step.each)))
    if step.repeat > 1:
        facts.append(("Rounds", str(step.repeat)))
    if step.area is not None:
        then = "is left out" if step.sore == "avoid" else "is done gently"
        facts.append(("Part of the body", f"{step.area}. If it is sore, the step {then}"))
    return facts


def _filled(script: Script, text: str, step: Step | None = None) -> str:
    """Return a text as it is heard at the start: with the first levels, and all sides."""
    for name, scale in script.scales.items():
        text = text.replace(f"{{{name}}}", scale.start)
    if step is not None and step.each:
        text = text.replace("{side}", " / ".join(step.each))
    text = _PAUSE.sub(" ", text)
    return re.sub(r"\{([^{}]*)\}", r"(\1)", text)


def _some(language: Language, intent: str) -> str:
    return phrases_in_words(language.universals.get(intent, ()))


def _time(seconds: float) -> str:
    if seconds >= 60 and seconds % 60 == 0:
        return _several(round(seconds / 60), "minute")
    if seconds > 90:
        return f"{_several(int(seconds // 60), 'minute')} {_several(round(seconds % 60), 'second')}"
    return _several(round(seconds, 1), "second")


def _about(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"about {_several(minutes, 'minute')}" if minutes else "less than a minute"


def _several(count: float, name: str) -> str:
    return f"{count:g} {name}{'' if count == 1 else 's'}"
