"""Going through the steps out of turn: next, back, to a step by name, from the beginning.

Nothing here passes a question that keeps people safe: only an answer does.
"""

from voice_guide.session import flow, questions, resuming
from voice_guide.session.effects import area_not_named, close_aside, open_aside
from voice_guide.session.events import Heard
from voice_guide.session.state import Aside
from voice_guide.session.turn import Turn

BEFORE_STEPS = ("welcome", "before")
"""The sections in which it is found out whether the session is good for the person."""


def next_(turn: Turn, heard: Heard) -> None:
    """Go to the next step."""
    del heard
    if _must_stay(turn):
        return
    here = turn.state.position
    aside = turn.state.aside
    if aside is not None and aside.about == "area":
        close_aside(turn)
        area_not_named(turn, aside)
        if turn.state.position != here:
            return
    flow.enter(turn, here + 1, *turn.unsaid())


def back(turn: Turn, heard: Heard) -> None:
    """Go to the step before, or to the start of the first one."""
    del heard
    if turn.state.aside is not None and _must_stay(turn):
        return
    flow.enter(turn, flow.previous(turn))


def skip_to(turn: Turn, heard: Heard) -> None:
    """Go to the next step of this name or on this area; if none is to come, to an earlier one."""
    name = dict(heard.slots).get("step")
    program = turn.setting.program
    here = turn.state.position
    if _must_stay(turn):
        return
    first = questions.to_be_answered(turn)
    if first is not None:
        flow.enter(turn, first, turn.prompt("answer needed"))
        return
    order = (*range(here + 1, len(program)), *range(here + 1))
    for position in order:
        moment = program[position]
        named = name in (moment.name, moment.area)
        if moment.section == "step" and named and not turn.leaves_out(moment):
            flow.enter(turn, position)
            return
    turn.respond(turn.prompt("no such step"))


def _must_stay(turn: Turn) -> bool:
    """Whether there is a question here that only an answer passes. If so, ask it again."""
    aside = turn.state.aside
    if aside is not None and aside.about == "rest":
        turn.respond(turn.prompt("answer needed"))
    elif questions.to_be_answered(turn) != turn.state.position:
        return False
    elif turn.state.suspended is not None:
        resuming.carry_on(turn)
        return True
    else:
        if aside is not None:
            close_aside(turn)
        turn.respond(turn.prompt("answer needed"))
    questions.ask_again(turn)
    return True


def start_over(turn: Turn, heard: Heard) -> None:
    """Begin again with the first step, after a yes."""
    del heard
    if turn.state.aside is not None:
        if _must_stay(turn):
            return
        close_aside(turn)
    turn.respond()
    open_aside(turn, Aside("from the top", turn.prompt("confirm start over")))


def from_the_top(turn: Turn) -> None:
    """Begin again with the first step. The questions before it stay answered, if they are."""
    before = turn.moment.section in BEFORE_STEPS
    sections = ("before", "step") if before else ("step",)
    program = turn.setting.program
    first = next(i for i, moment in enumerate(program) if moment.section in sections)
    flow.enter(turn, first, turn.prompt("started over"))
