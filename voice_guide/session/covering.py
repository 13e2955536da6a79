"""What somebody has talked over is said again from the start of its sentence, but only once.

People chat, and the narrator, quieter meanwhile, goes on. A cough or a "mm-hm" covers nothing. A
line that was said again for this is not said a third time, so that it never goes round in circles
where somebody talks all the while.
"""

from dataclasses import replace

from voice_guide.session.actions import Hush
from voice_guide.session.state import Kind, Line
from voice_guide.session.turn import Turn

COVERED_FROM = 1.5
"""Seconds of talk, from when it was noticed to when it was taken for over, that cover something."""

_LEFT = (Kind.COUNT, Kind.HALT)
"""What is not said again: a count has moved on, and who has said stop talks to somebody else."""


def begin(turn: Turn) -> None:
    """Somebody begins to speak."""
    turn.set(talked_over=turn.state.sounding, talk_began=turn.at)


def end(turn: Turn, *, person: bool) -> None:
    """The talk is over: go on from the start of the sentence that it has covered.

    Args:
        turn: the turn.
        person: whether it was a person, and not the narrator's own voice.
    """
    line = _covered(turn) if person else None
    if not person and _waits(turn):
        turn.set(talk=turn.state.talk[1:])
    turn.set(talked_over=None)
    if line is not None:
        turn.do(Hush())
        _again(turn, line)


def finish(turn: Turn) -> None:
    """The line that sounds has come to its end. If its end was covered it is not done with."""
    line = _covered(turn)
    if line is None:
        turn.set(sounding=None, talk=turn.state.talk[1:])
    else:
        talked_over = turn.state.talked_over
        _again(turn, line)
        turn.set(talked_over=talked_over)  # it waits; see ``end``


def _waits(turn: Turn) -> bool:
    """Whether a line that has come to its end waits to be said again when the talk is over."""
    state = turn.state
    if state.sounding is not None or state.talked_over is None or not state.talk:
        return False
    return state.talk[0].covered


def _covered(turn: Turn) -> Line | None:
    """Return the line that sounds, if it has been talked over for long enough."""
    state = turn.state
    if state.talked_over is None or state.talked_over != state.sounding or state.ending is not None:
        return None  # A goodbye is not said twice.
    line = state.talk[0]
    done = line.covered or line.kind in _LEFT or turn.at - state.talk_began < COVERED_FROM
    return None if done else line


def _again(turn: Turn, line: Line) -> None:
    line = replace(line, again=True, covered=True)
    turn.set(talk=(line, *turn.state.talk[1:]), sounding=None, talked_over=None)
