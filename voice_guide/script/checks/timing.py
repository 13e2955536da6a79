"""Times, cues, and how long narration takes."""

from collections.abc import Iterator

from voice_guide.script.checks.common import Checked
from voice_guide.script.codes import times as codes
from voice_guide.script.counting import counting_of
from voice_guide.script.estimate import step_seconds
from voice_guide.script.model import Step
from voice_guide.script.walk import Path

LATE = 0.5
"""Seconds that a cue may run into what comes behind it."""

MOST_TIMES = 20
"""Of a cue that comes again and again, so many times are looked at."""


def check(checked: Checked) -> None:
    """Check the times of the steps against their texts and against the limits."""
    for number, step in enumerate(checked.script.steps):
        _check_cues(checked, number, step)
        _check_tempo(checked, number, step)
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
    if step.for_ is None and step.until is None and step.reps is None:
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


def _check_tempo(checked: Checked, number: int, step: Step) -> None:
    path: Path = ("steps", number)
    counting = counting_of(step)
    if counting is None:
        for key in ("tempo", "beat", "rest"):
            if getattr(step, key):
                message = f"'{key}' belongs to a movement that is repeated. Add 'reps:'."
                checked.report(codes.TEMPO_WITHOUT_REPS, (*path, key), message, key=True)
        return
    for key, value in (("for", step.for_), ("until", step.until), ("cues", step.cues)):
        if value:
            message = f"'reps' fill the time of the step, so there is no room for '{key}'."
            checked.report(codes.REPS_AND_TIME, (*path, key), message, key=True)
    longest = max((checked.measures.seconds(word) for word in counting.words), default=0.0)
    if longest > counting.beat:
        message = (
            f"A beat is {counting.beat:g} s, and one of the words takes about {longest:.1f} s. "
            "Use shorter words, or a longer beat."
        )
        checked.report(codes.SHORT_BEAT, (*path, "tempo"), message)


def _check_limits(checked: Checked) -> None:
    limits = checked.script.limits
    if limits is None or limits.per_day is None:
        return
    spent = 0.0
    for number, step in enumerate(checked.script.steps):
        spent += step_seconds(step, checked.measures.seconds)
        if spent > limits.per_day + LATE:
            checked.report(
                codes.OVER_LIMIT,
                ("steps", number, "name"),
                f"The limit of {limits.per_day:g} s a day is used up in this step, which ends "
                f"{spent:.0f} s after the first one began. What follows is never reached. Make "
                "the steps shorter, or the limit longer.",
            )
            return
