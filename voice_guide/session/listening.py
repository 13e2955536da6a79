"""Which phrases can be said in a state: the scopes, from the inside out."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from voice_guide.language.pack import SAFETY
from voice_guide.language.phrases import Phrase, Scope
from voice_guide.language.templates import expand, normalise
from voice_guide.script.model import Reply
from voice_guide.session.commands import WHILE_ASLEEP, WHILE_HALTED, WHILE_HELD
from voice_guide.session.questions import open_choices
from voice_guide.session.turn import Turn

MINUTES = (1, 2, 3, 4, 5, 10)
"""How many more minutes can be asked for."""


AFTER_QUESTIONS = frozenset(
    {
        "faster",
        "headphones",
        "more time",
        "push",
        "room",
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

    Stop, the signs of danger and the script's own stop signs come first, so that nothing shadows
    them. Universals that would do nothing now are left out: what is not listened for cannot be
    heard by mistake.
    """
    only = _only(turn)
    wanted = _useful(turn) if only is None else only.__contains__
    everywhere = (*turn.setting.language.phrases, *_naming(turn))
    universals = [phrase for phrase in everywhere if wanted(phrase.intent)]
    replies = [] if turn.state.halted == "asleep" else list(_replies(turn))
    free = [
        *(phrase for phrase in universals if phrase.intent in SAFETY),
        *(phrase for phrase, reply in replies if reply.stop is not None),
        *(_answers(turn) if only is None else ()),
    ]
    scopes = [*((phrase for phrase, _ in replies) if only is None else ()), *universals]
    found: dict[str, Phrase] = {}
    for phrase in (*free, *(_called(phrase, turn) for phrase in scopes)):
        found.setdefault(phrase.text, phrase)
    return tuple(found.values())


def _only(turn: Turn) -> frozenset[str] | None:
    """Return the few universals that are heard while the session stands still, or None."""
    if turn.state.halted == "asleep":
        return WHILE_ASLEEP
    if turn.state.halted is not None:
        return WHILE_HALTED - {"wake"}
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
    if not turn.moment.ends_on_ready:
        useless.add("ready")
    if state.suspended is None:
        useless.add("resume")
    return lambda intent: intent not in useless


def _called(phrase: Phrase, turn: Turn) -> Phrase:
    """Put the narrator's name before a phrase that is only taken with it.

    What the narrator has just asked for is taken without it: an answer, "ready", "resume".
    """
    halted = turn.state.halted in ("stopped", "paused")
    asked_for = ("yes", "no", "ready", "resume", "end") if halted else ("yes", "no", "ready")
    if not turn.setting.only_when_called or phrase.intent in (*SAFETY, *asked_for):
        return phrase
    return replace(phrase, text=f"{turn.setting.language.address} {phrase.text}")


def _naming(turn: Turn) -> Iterator[Phrase]:
    """Yield the universals that name something: minutes, a part of the body, a step."""
    language = turn.setting.language
    yield from language.naming("minutes", {language.number(n): str(n) for n in MINUTES})
    areas = turn.setting.area_words
    yield from language.naming("area", areas)
    steps = [moment for moment in turn.setting.program if moment.section == "step"]
    names = {normalise(step.name): step.name for step in steps if step.name}
    worked_on = {step.area for step in steps}
    on_areas = {words: area for words, area in areas.items() if area in worked_on}
    yield from language.naming("step", on_areas | names)


def _answers(turn: Turn) -> Iterator[Phrase]:
    for choice in open_choices(turn):
        for text in choice.phrases:
            yield Phrase(text, choice.answer, "question")


def _replies(turn: Turn) -> Iterator[tuple[Phrase, Reply]]:
    """Yield what can be said to the step and to the script, and the reply that it gets."""
    scopes: tuple[tuple[Scope, tuple[Reply, ...]], ...] = (
        ("step", turn.moment.replies),
        ("script", turn.script_replies),
    )
    for scope, replies in scopes:
        for reply in replies:
            for template in reply.hear:
                for text in expand(template):
                    yield Phrase(text, reply_intent(reply), scope), reply


def reply_intent(reply: Reply) -> str:
    """Return the name of a reply: its first phrase."""
    return expand(reply.hear[0])[0]
