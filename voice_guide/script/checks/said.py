"""What people can say in a script: answers, replies and areas, with their templates expanded."""

from collections.abc import Iterator
from dataclasses import dataclass

from voice_guide.language.templates import expand, normalise
from voice_guide.script.checks.common import Checked
from voice_guide.script.codes import phrases as codes
from voice_guide.script.walk import Path, asked, replies

SCRIPT: Path = ()
"""The scope of the script's own replies."""

AREAS: Path = ("areas",)
"""The scope of the areas, which are listened for when it is asked where it hurts."""


@dataclass(frozen=True)
class Said:
    """A phrase that can be said."""

    text: str
    path: Path
    is_key: bool
    owner: Path
    """The reply or answer that the phrase belongs to."""
    scope: Path
    """The question, the step or the script that listens for it."""
    is_answer: bool
    stops: bool = False
    """Whether saying it stops or ends the session."""


def said_in(checked: Checked) -> Iterator[Said]:
    """Yield every phrase of a script in the order of the file; report templates that are wrong."""
    script = checked.script
    for question in asked(script):
        path, answers = question.path, question.answers
        for key in ("yes", "no"):
            if getattr(answers, key) is not None:
                owner = (*path, key)
                yield Said(key, owner, True, owner, path, True)
        ranges = answers.number is not None or answers.duration is not None
        for key in () if ranges else answers.answers:
            owner = (*path, "answers", key)
            for text in _expand(checked, key, owner, is_key=True):
                yield Said(text, owner, True, owner, path, True)
    for path, reply, step in replies(script):
        scope = SCRIPT if step is None else path[:2]
        stops = reply.stop is not None or reply.end is not None
        for index, template in enumerate(reply.hear):
            where = (*path, "hear", index)
            for text in _expand(checked, template, where, is_key=False):
                yield Said(text, where, False, path, scope, False, stops)
    yield from _areas(checked)


def _areas(checked: Checked) -> Iterator[Said]:
    for area, others in checked.script.areas.items():
        where = (*AREAS, area)
        yield Said(normalise(area), where, True, where, AREAS, True)
        for index, other in enumerate(others):
            yield Said(normalise(other), (*where, index), False, where, AREAS, True)


def _expand(checked: Checked, template: str, path: Path, *, is_key: bool) -> tuple[str, ...]:
    try:
        return expand(template)
    except ValueError as error:
        checked.report(codes.BAD_TEMPLATE, path, str(error), key=is_key)
        return ()
