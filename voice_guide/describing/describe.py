"""From a script to the page about it."""

import re
from collections.abc import Iterable, Iterator

from voice_guide.describing.effects import (
    answers_in_words,
    conditions_in_words,
    effect_in_words,
    phrases_in_words,
)
from voice_guide.describing.page import Page
from voice_guide.describing.wording import Wording
from voice_guide.language.pack import SAFETY, Language
from voice_guide.script.counting import counting_of
from voice_guide.script.model import Question, Reply, Script, Step
from voice_guide.script.walk import asked

_ALWAYS = ("stop", "pause", "resume", "repeat", "next", "back", "time left", "help", "end")
_PAUSE = re.compile(r"\s*\[\s*pause[^\]]*\]\s*", re.IGNORECASE)


def describe(script: Script, language: Language, seconds: float | None = None) -> Page:
    """Return the page about a script.

    Args:
        script: the script.
        language: its language, which is that of the page, too.
        seconds: how long the session takes, if that is known.
    """
    page = Page(script.title, script.language)
    wording = Wording(language)

    def heading(name: str) -> None:
        page.heading(2, wording.say("headings", name))

    if script.about:
        page.sentence(script.about)
    page.pairs(*_facts(wording, script, seconds))
    if script.before:
        heading("before")
        for question in script.before:
            _question(page, wording, script, question)
    heading("steps")
    for number, step in enumerate(script.steps, 1):
        _step(page, wording, script, number, step)
    if script.after:
        heading("after")
        for question in script.after:
            _question(page, wording, script, question)
    if script.replies:
        heading("replies")
        page.pairs(*_replies(wording, script.replies))
    heading("everywhere")
    page.pairs(*(_command(wording, intent) for intent in _ALWAYS))
    page.sentence(wording.say("headings", "danger"))
    page.pairs(*(_command(wording, sign) for sign in SAFETY if sign != "stop"))
    return page


def _facts(wording: Wording, script: Script, seconds: float | None) -> list[tuple[str, str]]:
    facts = []

    def tell(name: str, fact: str, **values: str) -> None:
        facts.append((wording.say("facts", name, **values), fact))

    if seconds is not None:
        tell("it takes", wording.about(seconds))
    steps = wording.several(len(script.steps), "step")
    questions = wording.several(sum(q.ask is not None for q in asked(script)), "question")
    both = wording.say("facts", "steps and questions", steps=steps, questions=questions)
    tell("it has", both)
    if script.needs:
        tell("needs", ", ".join(script.needs))
    for name, scale in script.scales.items():
        levels = ", ".join(scale.levels)
        tell("scale", wording.say("facts", "levels", levels=levels, start=scale.start), scale=name)
    if script.areas:
        tell("areas", ", ".join(script.areas))
    limits = script.limits
    if limits is not None and limits.per_day is not None:
        tell("per day", wording.time(limits.per_day))
    if limits is not None and limits.rest_days:
        tell("rest days", str(limits.rest_days))
    if limits is not None and limits.rest_day_if:
        tell("rest day if", limits.rest_day_if)
    if script.sources:
        tell("sources", "; ".join(script.sources))
    return facts


def _question(page: Page, wording: Wording, script: Script, question: Question) -> None:
    page.says(_filled(script, question.ask))
    if only := conditions_in_words(wording, question.when, question.unless):
        page.sentence(only)
    page.pairs(*answers_in_words(wording, question))


def _step(page: Page, wording: Wording, script: Script, number: int, step: Step) -> None:
    page.heading(3, f"{number}. {_filled(script, step.name, step)}")
    if only := conditions_in_words(wording, step.when, step.unless):
        page.sentence(only)
    if step.say is not None:
        page.says(_filled(script, step.say, step))
    if step.ask is not None:
        page.says(_filled(script, step.ask, step))
        page.pairs(*answers_in_words(wording, step))
    cues = (
        (
            wording.say("facts", "after", time=wording.time(cue.at))
            if cue.at is not None
            else wording.say("facts", "every", time=wording.time(cue.every or 0.0)),
            f'"{_filled(script, cue.say, step)}"',
        )
        for cue in step.cues
    )
    page.pairs(*_how_long(wording, step), *cues)
    page.pairs(*_replies(wording, step.replies))


def _how_long(wording: Wording, step: Step) -> list[tuple[str, str]]:
    facts = []

    def tell(name: str, fact: str) -> None:
        facts.append((wording.say("facts", name), fact))

    counting = counting_of(step)
    if counting is not None:
        fact = wording.say(
            "facts",
            "to the words" if counting.words else "counted",
            times=str(counting.reps),
            words=", ".join(counting.words),
            time=wording.time(counting.seconds),
        )
        tell("how often", fact)
    elif step.for_ is not None:
        tell("how long", wording.time(step.for_))
    elif step.for_answer is not None:
        tell("how long", wording.say("facts", "as answered", name=step.for_answer))
    elif step.until is not None:
        tell("how long", wording.say("facts", "until ready"))
    if step.each:
        tell("each", ", ".join(step.each))
    if step.repeat > 1:
        tell("rounds", str(step.repeat))
    if step.area is not None:
        tell("area", wording.say("facts", step.sore, area=step.area))
    return facts


def _filled(script: Script, text: str, step: Step | None = None) -> str:
    """Return a text as it is heard at the start: with the first levels, and all sides."""
    for name, scale in script.scales.items():
        text = text.replace(f"{{{name}}}", scale.start)
    if step is not None and step.each:
        text = text.replace("{side}", " / ".join(step.each))
    text = _PAUSE.sub(" ", text)
    return re.sub(r"\{([^{}]*)\}", r"(\1)", text)


def _replies(wording: Wording, replies: Iterable[Reply]) -> Iterator[tuple[str, str]]:
    for reply in replies:
        yield phrases_in_words(wording, reply.hear), effect_in_words(wording, reply)


def _command(wording: Wording, intent: str) -> tuple[str, str]:
    phrases = wording.language.universals.get(intent, ())
    return wording.say("commands", intent), phrases_in_words(wording, phrases)
