"""Telling what has happened to the program: between two lines, and never over a goodbye."""

from voice_guide.session import flow, questions
from voice_guide.session.events import Noticed
from voice_guide.session.state import Kind, Line
from voice_guide.session.turn import Turn

_ANSWERS = (Kind.RESPONSE, Kind.HALT)
"""What is not cut off by a notice, as it would not be said again."""


def take(turn: Turn, event: Noticed) -> None:
    """Say a notice; stand paused if that is safer than to go on."""
    if turn.state.ending is not None:
        return
    values = {}
    if event.lasted is not None:
        values["time"] = turn.setting.language.duration(event.lasted)
    text = turn.prompt(event.notice, **values)
    if event.pause and turn.state.halted is None:
        flow.halt(turn, "paused", text, turn.prompt("paused"))
        return
    if event.pause:
        turn.set(interrupted=False)  # what is lost and comes back does not end this pause
    tell(turn, text)


def tell(turn: Turn, text: str) -> None:
    """Say something about the machine, and go on with what was going on.

    Instructions and questions are cut off for it, as they are said again. Anything else is not.
    """
    kind = Kind.RESPONSE if turn.state.halted is None else Kind.HALT
    talk = turn.state.talk
    first = next((i for i, line in enumerate(talk) if line.kind not in _ANSWERS), len(talk))
    if first == 0:
        turn.respond(text, kind=kind)
    else:
        turn.set(talk=(*talk[:first], Line(text, kind), *talk[first:]))
    questions.ask_again(turn)
