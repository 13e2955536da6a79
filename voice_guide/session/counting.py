"""Counting repetitions aloud, in their tempo.

Whatever is said in between interrupts the count. Afterwards the repetition that was under way
begins anew, so that nobody has to come in at half of it.
"""

import math

from voice_guide.session.state import Kind, Line, Stage
from voice_guide.session.turn import Turn

LEAD = 1.3
"""Seconds that the words before the last repetition take."""

_TOLD_FROM = 3
"""Of so many repetitions the last one is told beforehand."""


def repetitions(turn: Turn) -> int:
    """Return how many repetitions there are in this moment, with those that were asked for."""
    counting = turn.moment.counting
    if counting is None:
        return 0
    return counting.reps + math.ceil(turn.state.extra / (counting.repetition * turn.state.pace))


def count(turn: Turn) -> None:
    """Say the next word of the tempo, rest, or come to the end. Called when all is quiet."""
    counting = turn.moment.counting
    if counting is None:
        return
    pace = turn.state.pace
    if turn.state.counted == counting.beats:
        turn.set(reps_done=turn.state.reps_done + 1, counted=0)
        if counting.rest > 0 and turn.state.reps_done < repetitions(turn):
            turn.start_timer("wait", counting.rest * pace)
            return
    done, counted = turn.state.reps_done, turn.state.counted
    if done >= repetitions(turn):
        turn.set(due=True)
        return
    seconds = counting.beat * pace
    if counting.words:
        word = counting.words[counted]
        if counted == 0 and done == repetitions(turn) - 1 and done + 1 >= _TOLD_FROM:
            turn.queue([Line(turn.prompt("last repetition"), Kind.COUNT)])
            seconds += LEAD
    else:
        word = turn.setting.language.number(done + 1)
    turn.queue([Line(word, Kind.COUNT)])
    turn.set(counted=counted + 1)
    turn.start_timer("wait", seconds)


def break_off(turn: Turn) -> None:
    """Leave the repetition under way if something else is to be said, or all stands still."""
    state = turn.state
    if state.position < 0 or turn.moment.counting is None or state.stage is not Stage.WAIT:
        return
    others = any(line.kind is not Kind.COUNT for line in state.talk)
    if not others and not turn.blocked:
        return
    complete = state.counted == turn.moment.counting.beats
    turn.cancel_timer("wait")
    turn.set(
        reps_done=state.reps_done + complete,
        counted=0,
        talk=tuple(
            line
            for line in state.talk
            if line.kind is not Kind.COUNT or (line is state.talk[0] and state.sounding)
        ),
    )


def seconds_left(turn: Turn) -> float:
    """Return how long the repetitions of this moment still go on."""
    counting = turn.moment.counting
    if counting is None:
        return 0.0
    left = repetitions(turn) - turn.state.reps_done
    spent = turn.state.counted * counting.beat + counting.rest
    return max(0.0, (left * counting.repetition - spent) * turn.state.pace)
