"""Which phrases can be said in a state: the scopes, from the inside out."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from voice_guide.language.phrases import Phrase, Scope
from voice_guide.language.templates import expand, normalise
from voice_guide.script.model import Reply
from voice_guide.session.commands import WHILE_ASLEEP, WHILE_HALTED, WHILE_HELD
from voice_guide.session.questions import open_choices
from voice_guide.session.safety import SAFETY
from voice_guide.session.turn import Turn

MINUTES = (1, 2, 3, 4, 5, 10)
"""How many more minutes can be asked for."""


AFTER_QUESTIONS = frozenset(
    {
        "area hurts",
        "faster",
        "more time",
        "skip to",
        "sleep",
        "slower",
        "speak faster",
        "speak slower",
        "where",
    }
)
"""What is not listened for while a question is open, so that its answers are heard better."""


def phrases(turn: Turn) -> tuple[Phrase, ...]:
    """Return the phrases that can be said now. Of two with the same words the first wins.

    Stop and the signs of danger come first, so that nothing shadows them. Universals that would
    do nothing now are left out: what is not listened for cannot be heard by mistake.
    """
    universals = turn.setting.language.phrases
    only = _only(turn)
    if only is not None:
        return tuple(_called(phrase, turn) for phrase in universals if phrase.intent in only)
    useful = _useful(turn)
    found: dict[str, Phrase] = {}
    for phrase in (
        *(phrase for phrase in universals if phrase.intent in SAFETY),
        *_answers(turn),
        *_replies("step", turn.moment.replies),
        *_replies("script", turn.setting.script.replies),
        *(phrase for phrase in universals if useful(phrase.intent)),
        *(phrase for phrase in _naming(turn) if useful(phrase.intent)),
    ):
        called = _called(phrase, turn)
        found.setdefault(called.text, called)
    return tuple(found.values())


def _only(turn: Turn) -> frozenset[str] | None:
    """Return the few universals that are heard while the session stands still, or None."""
    if turn.state.halted == "asleep":
        return WHILE_ASLEEP
    if turn.state.halted is not None:
        return WHILE_HALTED - {"wake", "area hurts"}
    if turn.state.held and turn.state.aside is None:
        return WHILE_HELD
    return None


def _useful(turn: Turn) -> Callable[[str], bool]:
    """Return what tells whether a universal would do anything now."""
    state = turn.state
    asked = bool(open_choices(turn))
    useless = {"wake"}
    if asked:
        useless |= AFTER_QUESTIONS
    else:
        useless |= {"yes", "no", "don't know", "why"}
    if not turn.moment.until_ready:
        useless.add("ready")
    if state.suspended is None:
        useless.add("resume")
    return lambda intent: intent not in useless


def _called(phrase: Phrase, turn: Turn) -> Phrase:
    """Put the narrator's name before a phrase that is only taken with it."""
    free = phrase.intent in SAFETY or phrase.scope == "question"
    if free or not turn.setting.only_when_called or phrase.intent in ("yes", "no"):
        return phrase
    return replace(phrase, text=f"{turn.setting.language.address} {phrase.text}")


def _naming(turn: Turn) -> Iterator[Phrase]:
    """Yield the universals that name something: minutes, a part of the body, a step."""
    language = turn.setting.language
    yield from language.naming("minutes", {language.number(n): str(n) for n in MINUTES})
    areas = {form: area for area in turn.setting.script.areas for form in language.forms(area)}
    yield from language.naming("area", areas)
    steps = [moment for moment in turn.setting.program if moment.section == "step"]
    names = {normalise(step.name): step.name for step in steps if step.name}
    on_areas = {normalise(step.area): step.area for step in steps if step.area is not None}
    yield from language.naming("step", on_areas | names)


def _answers(turn: Turn) -> Iterator[Phrase]:
    for choice in open_choices(turn):
        for text in choice.phrases:
            yield Phrase(text, choice.answer, "question")


def _replies(scope: Scope, replies: tuple[Reply, ...]) -> Iterator[Phrase]:
    for reply in replies:
        for template in reply.hear:
            for text in expand(template):
                yield Phrase(text, reply_intent(reply), scope)


def reply_intent(reply: Reply) -> str:
    """Return the name of a reply: its first phrase."""
    return expand(reply.hear[0])[0]
