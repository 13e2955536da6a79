"""Going through the steps out of turn: next, back, to a step by name, from the beginning."""

from voice_guide.session import flow
from voice_guide.session.effects import close_aside, open_aside
from voice_guide.session.events import Heard
from voice_guide.session.state import Aside
from voice_guide.session.turn import Turn


def next_(turn: Turn, heard: Heard) -> None:
    """Go to the next step."""
    del heard
    flow.enter(turn, turn.state.position + 1)


def back(turn: Turn, heard: Heard) -> None:
    """Go to the step before, or to the start of the first one."""
    del heard
    flow.enter(turn, flow.previous(turn))


def skip_to(turn: Turn, heard: Heard) -> None:
    """Go to the next step of this name or on this area; if none is to come, to an earlier one."""
    name = dict(heard.slots).get("step")
    program = turn.setting.program
    here = turn.state.position
    order = (*range(here + 1, len(program)), *range(here + 1))
    for position in order:
        moment = program[position]
        named = name in (moment.name, moment.area)
        if moment.section == "step" and named and turn.policy(moment) != "avoid":
            flow.enter(turn, position)
            return
    turn.respond(turn.prompt("no such step"))


def start_over(turn: Turn, heard: Heard) -> None:
    """Begin again with the first step, after a yes."""
    del heard
    if turn.state.aside is not None:
        close_aside(turn)
    turn.respond()
    open_aside(turn, Aside("from the top", turn.prompt("confirm start over")))


def from_the_top(turn: Turn) -> None:
    """Begin again with the first step. The questions before it stay answered."""
    program = turn.setting.program
    first = next(i for i, moment in enumerate(program) if moment.section == "step")
    flow.enter(turn, first, turn.prompt("started over"))
