"""How long is left, as far as it can be known."""

from dataclasses import replace

from voice_guide.session.counting import seconds_left
from voice_guide.session.program import Moment
from voice_guide.session.turn import Turn

WORDS_PER_SECOND = 160 / 60
"""The narrator's usual pace; times are only told as "about two minutes"."""

ANSWER_SECONDS = 5.0
"""What answering a question usually takes."""

READY_SECONDS = 20.0
"""What a person usually takes to say "ready"."""


def moment_seconds(moment: Moment, pace: float = 1.0) -> float:
    """Return about how long a whole moment takes when its waits are stretched by ``pace``."""
    words = len((moment.say or "").split())
    seconds = words / WORDS_PER_SECOND
    if moment.question is not None:
        seconds += len(moment.question.ask.split()) / WORDS_PER_SECOND + ANSWER_SECONDS
    return seconds + _wait(moment) * pace


def _wait(moment: Moment) -> float:
    if moment.seconds is not None:
        return moment.seconds
    return READY_SECONDS if moment.until_ready else 0.0


def step_left(turn: Turn) -> float | None:
    """Return the seconds left of this step's time, or None when it has no time limit."""
    if turn.seconds is None:
        return None
    if turn.moment.counting is not None:
        return seconds_left(turn)
    return max(0.0, turn.seconds - turn.state.waited_until(turn.at))


def total_left(turn: Turn) -> float:
    """Return about how many seconds are left of the whole session."""
    here = step_left(turn)
    if here is None:
        here = max(0.0, _wait(turn.moment) - turn.state.waited_until(turn.at))
    later = turn.setting.program[turn.state.position + 1 :]
    return here + sum(
        moment_seconds(replace(moment, seconds=turn.length(moment)), turn.state.pace)
        for moment in later
        if not turn.leaves_out(moment)
    )
