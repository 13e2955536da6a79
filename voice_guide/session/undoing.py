"""Taking back the last change of a scale, a step, an answer or a sore area."""

from voice_guide.session import flow
from voice_guide.session.actions import ScaleTurned
from voice_guide.session.events import Heard
from voice_guide.session.state import UNDOABLE, Stage, State, Undo
from voice_guide.session.turn import Turn

MOST = 10
"""How many changes can be taken back."""


def remember(turn: Turn, before: State) -> None:
    """Keep how it was before something was said, if that has changed anything."""
    after = turn.state
    left = before.stage is Stage.ASK and after.stage is not Stage.ASK
    moved = left or before.position != after.position or before.answers != after.answers
    turned = before.scales != after.scales or before.sore != after.sore
    if before.position >= 0 and (moved or turned):
        kept = Undo(
            before.position if moved else None,
            before.scales,
            before.sore,
            before.answers,
            before.turned,
        )
        turn.set(undo=(*after.undo, kept)[-MOST:])


def undo(turn: Turn, heard: Heard) -> None:
    """Take the last change back, and be where it was made."""
    del heard
    if not turn.state.undo:
        turn.respond(turn.prompt("nothing to undo"))
        return
    *rest, last = turn.state.undo
    state = turn.state
    turned = [name for name in last.scales if last.scales[name] != state.scales[name]]
    turn.set(
        undo=tuple(rest),
        scales=last.scales,
        turned=last.turned,
        here={},
        sore=last.sore,
        answers=last.answers,
    )
    said = turn.prompt("undone")
    for name in turned:
        level = turn.setting.script.scales[name].levels[last.scales[name]]
        turn.do(ScaleTurned(name, level))
        said = turn.prompt("scale back", scale=name, level=level)
    if last.position is not None:
        flow.enter(turn, last.position, said)
    else:
        turn.respond(said)


def undo_the_end(turn: Turn, heard: Heard) -> None:
    """While it says goodbye: take back what has just led there, an answer or a "next"."""
    state = turn.state
    if state.ending in UNDOABLE and state.undo and _has_led_here(turn, state.undo[-1].position):
        turn.set(ending=None)
        undo(turn, heard)


def _has_led_here(turn: Turn, position: int | None) -> bool:
    """Whether what was said in a moment, and nothing since, has led to the end.

    Where the script ends the session amid it, that may have been a stop sign, which stays. It was
    the answer to a question before the first step, as nothing else is left there.
    """
    if position is None:
        return False
    if turn.state.ending == "script":
        answered = position == turn.state.position and turn.state.stage is not Stage.ASK
        return answered and turn.moment.section == "before"
    between = turn.setting.program[position + 1 : turn.state.position]
    return all(turn.leaves_out(moment) for moment in between)
