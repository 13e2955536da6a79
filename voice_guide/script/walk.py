"""Everything in a script of one kind, in the order of the file, with the path to it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from voice_guide.language.pauses import MARK
from voice_guide.script.model import Answers, Effect, Reply, Script, Step
from voice_guide.script.positions import PathPart

Path = tuple[PathPart, ...]


@dataclass(frozen=True)
class Spoken:
    """A text that the narrator says."""

    path: Path
    text: str
    step: Step | None = None
    """The step that it belongs to, if any."""
    own_phrases: tuple[str, ...] = ()
    """For a question: its answers, which may of course be spoken in it."""


@dataclass(frozen=True)
class Asked:
    """A question, or the keys of one in a step."""

    path: Path
    answers: Answers
    ask: str | None
    step: Step | None = None


@dataclass(frozen=True)
class Caused:
    """What an answer or a reply does."""

    path: Path
    effect: Effect
    step: Step | None = None


def asked(script: Script) -> Iterator[Asked]:
    """Return the questions, and the steps, which may be questions."""
    for number, question in enumerate(script.before):
        yield Asked(("before", number), question, question.ask)
    for number, step in enumerate(script.steps):
        yield Asked(("steps", number), step, step.ask, step)
    for number, question in enumerate(script.after):
        yield Asked(("after", number), question, question.ask)


def replies(script: Script) -> Iterator[tuple[Path, Reply, Step | None]]:
    """Return the replies of the steps and of the script."""
    for number, step in enumerate(script.steps):
        for index, reply in enumerate(step.replies):
            yield ("steps", number, "replies", index), reply, step
    for index, reply in enumerate(script.replies):
        yield ("replies", index), reply, None


def effects(script: Script) -> Iterator[Caused]:
    """Return what the answers and the replies do."""
    for question in asked(script):
        answers = question.answers
        for key, effect in (("yes", answers.yes), ("no", answers.no)):
            if effect is not None:
                yield Caused((*question.path, key), effect, question.step)
        for key, effect in answers.answers.items():
            yield Caused((*question.path, "answers", key), effect, question.step)
    for path, reply, step in replies(script):
        yield Caused(path, reply, step)


def spoken(script: Script) -> Iterator[Spoken]:
    """Return every text that the narrator says, but for names of steps and of levels.

    A pause in a text is a comma here.
    """
    for text in _spoken(script):
        yield replace(text, text=MARK.sub(", ", text.text)) if "[" in text.text else text


def _spoken(script: Script) -> Iterator[Spoken]:
    if script.about is not None:
        yield Spoken(("about",), script.about)
    for question in asked(script):
        yield from _spoken_in(question)
    for caused in effects(script):
        for key in ("say", "stop", "end"):
            text = getattr(caused.effect, key)
            if text is not None:
                yield Spoken((*caused.path, key), text, caused.step)


def _spoken_in(question: Asked) -> Iterator[Spoken]:
    step, answers = question.step, question.answers
    if step is not None and step.say is not None:
        yield Spoken((*question.path, "say"), step.say, step)
    if question.ask is not None:
        yield Spoken((*question.path, "ask"), question.ask, step, _own_phrases(answers))
    for key in ("confirm", "why"):
        text = getattr(answers, key)
        if text is not None:
            yield Spoken((*question.path, key), text, step)
    if step is not None and step.tempo:
        yield Spoken((*question.path, "tempo"), ", ".join(step.tempo), step)
    for index, cue in enumerate(step.cues if step is not None else ()):
        yield Spoken((*question.path, "cues", index, "say"), cue.say, step)


def _words(script: Script) -> Iterator[tuple[Path, str]]:
    for area, others in script.areas.items():
        yield ("areas", area), area
        for index, text in enumerate(others):
            yield ("areas", area, index), text
    for written, sounds in script.pronounce.items():
        yield ("pronounce", written), written
        yield ("pronounce", written), sounds


def names(script: Script) -> Iterator[tuple[Path, str]]:
    """Return the names and short texts in which nothing is filled in."""
    yield ("title",), script.title
    if script.about is not None:
        yield ("about",), script.about
    for index, text in enumerate(script.needs):
        yield ("needs", index), text
    for name, scale in script.scales.items():
        for index, text in enumerate(scale.levels):
            yield ("scales", name, "levels", index), text
    yield from _words(script)
    for number, step in enumerate(script.steps):
        for index, text in enumerate(step.each):
            yield ("steps", number, "each", index), text
    for question in asked(script):
        if question.answers.save is not None:
            yield (*question.path, "save"), question.answers.save


def _own_phrases(answers: Answers) -> tuple[str, ...]:
    yes_no = [key for key in ("yes", "no") if getattr(answers, key) is not None]
    return (*yes_no, *answers.answers)
