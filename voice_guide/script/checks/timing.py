"""Times, cues, and how long narration takes."""

from collections.abc import Iterator

from voice_guide.script.checks.common import Checked
from voice_guide.script.codes import times as codes
from voice_guide.script.estimate import step_seconds
from voice_guide.script.model import Step

LATE = 0.5
"""Seconds that a cue may run into what comes behind it."""

MOST_TIMES = 20
"""Of a cue that comes again and again, so many times are looked at."""


def check(checked: Checked) -> None:
    """Check the times of the steps against their texts and against the limits."""
    for number, step in enumerate(checked.script.steps):
        _check_cues(checked, number, step)
        if step.say is not None and step.for_ is not None:
            takes = checked.measures.seconds(step.say)
            if step.for_ < takes:
                checked.report(
                    codes.TOO_SHORT,
                    ("steps", number, "for"),
                    f"Saying the instruction takes about {takes:.0f} s, and then the step goes on "
                    f"for only {step.for_:g} s. Say less, or give more time.",
                )
    _check_limits(checked)


def _check_cues(checked: Checked, number: int, step: Step) -> None:
    if not step.cues:
        return
    if not any((step.for_, step.until, step.reps, step.for_answer)):
        message = "A step with cues needs a time to say them in. Add 'for:' or 'until: ready'."
        checked.report(codes.CUES_WITHOUT_TIME, ("steps", number, "cues"), message, key=True)
        return
    for index, cue in enumerate(step.cues):
        at, key = (cue.at, "at") if cue.at is not None else (cue.every or 0.0, "every")
        if step.for_ is not None and at >= step.for_:
            checked.report(
                codes.CUE_TOO_LATE,
                ("steps", number, "cues", index, key),
                f"This cue comes after {at:g} s, when the step is over: it goes on for "
                f"{step.for_:g} s. Say it earlier, or make the step longer.",
            )
    _check_room(checked, number, step)


def _check_room(checked: Checked, number: int, step: Step) -> None:
    """Warn of cues that are not over when the next one, or the end of the step, comes."""
    times = sorted(_times(step))
    told: set[int] = set()
    for place, (at, index) in enumerate(times):
        later = next((other for other, _ in times[place + 1 :] if other > at), None)
        following = step.for_ if later is None else later
        takes = checked.measures.seconds(step.cues[index].say)
        if following is None or at >= following or at + takes <= following + LATE or index in told:
            continue
        told.add(index)
        what = "the step is over" if later is None else "the next cue comes"
        checked.report(
            codes.CUE_WITHOUT_ROOM,
            ("steps", number, "cues", index, "say"),
            f"Saying this cue takes about {takes:.0f} s, and {what} after {following - at:g} s. "
            "Say less, or make room.",
        )


def _times(step: Step) -> Iterator[tuple[float, int]]:
    """Yield when each cue is said, with its index; of those that come again, the first times."""
    for index, cue in enumerate(step.cues):
        if cue.at is not None:
            yield cue.at, index
        elif cue.every is not None:
            end = MOST_TIMES * cue.every if step.for_ is None else step.for_
            for time in range(1, MOST_TIMES + 1):
                if time * cue.every < end:
                    yield time * cue.every, index


def _check_limits(checked: Checked) -> None:
    limits = checked.script.limits
    if limits is None or limits.per_day is None:
        return
    spent = 0.0
    for number, step in enumerate(checked.script.steps):
        spent += step_seconds(checked.script, step, checked.measures.seconds)
        if spent > limits.per_day + LATE:
            checked.report(
                codes.OVER_LIMIT,
                ("steps", number, "name"),
                f"The limit of {limits.per_day:g} s a day is used up in this step, which ends "
                f"{spent:.0f} s after the first one began. What follows is never reached. Make "
                "the steps shorter, or the limit longer.",
            )
            return
