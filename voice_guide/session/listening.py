"""Which phrases can be said in a state: the scopes, from the inside out."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

from voice_guide.language.pack import SAFETY
from voice_guide.language.phrases import Phrase, Scope
from voice_guide.language.templates import expand
from voice_guide.script.model import Reply
from voice_guide.session.commands import WHILE_ASLEEP, WHILE_HALTED, WHILE_HELD
from voice_guide.session.questions import open_choices
from voice_guide.session.turn import Turn

AFTER_QUESTIONS = frozenset(
    {
        "faster",
        "headphones",
        "more time",
        "push",
        "room",
        "skip to",
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
    universals = [phrase for phrase in turn.setting.universals if wanted(phrase.intent)]
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


def _answers(turn: Turn) -> Iterator[Phrase]:
    no = turn.setting.language.words["no"]
    aside = turn.state.aside
    corrects = aside is not None and aside.about == "confirm"
    for choice in open_choices(turn):
        for text in choice.phrases:
            yield Phrase(text, choice.answer, "question")
            if corrects and choice.answer not in ("yes", "no"):
                yield Phrase(f"{no} {text}", choice.answer, "question")


def _replies(turn: Turn) -> Iterator[tuple[Phrase, Reply]]:
    """Yield what can be said to the step and to the script, and the reply that it gets."""
    scopes: tuple[tuple[Scope, tuple[Reply, ...]], ...] = (
        ("step", turn.moment.replies),
        ("script", turn.script_replies),
    )
    for scope, replies in scopes:
        for reply in replies:
            for phrase in _ways_to_say(reply.hear, scope):
                yield phrase, reply


@lru_cache(maxsize=1024)
def _ways_to_say(templates: tuple[str, ...], scope: Scope) -> tuple[Phrase, ...]:
    """Return the phrases of a reply. They are the same objects in every state."""
    intent = expand(templates[0])[0]
    texts = (text for template in templates for text in expand(template))
    return tuple(Phrase(text, intent, scope) for text in texts)


def reply_intent(reply: Reply) -> str:
    """Return the name of a reply: its first phrase."""
    return expand(reply.hear[0])[0]
