"""Repetitions and their tempo, and steps that are as long as somebody has answered."""

from collections.abc import Mapping

from voice_guide.script.checks.common import Checked, did_you_mean
from voice_guide.script.codes import moves
from voice_guide.script.codes import times as codes
from voice_guide.script.conditions import as_seconds
from voice_guide.script.counting import counting_of
from voice_guide.script.kept import Kept, kept_answers
from voice_guide.script.model import Step
from voice_guide.script.walk import Path


def check(checked: Checked) -> None:
    """Check how movements are repeated, and the times that are answers."""
    kept = kept_answers(checked.script)
    for number, step in enumerate(checked.script.steps):
        _check_tempo(checked, number, step)
        if step.for_answer is not None:
            _check_answered_time(checked, number, step, kept)


def _check_tempo(checked: Checked, number: int, step: Step) -> None:
    path: Path = ("steps", number)
    counting = counting_of(step)
    if counting is None:
        for key in ("tempo", "beat", "rest"):
            if getattr(step, key):
                message = f"'{key}' belongs to a movement that is repeated. Add 'reps:'."
                checked.report(codes.TEMPO_WITHOUT_REPS, (*path, key), message, key=True)
        return
    others = ("for", step.for_), ("for_answer", step.for_answer), ("until", step.until)
    for key, value in (*others, ("cues", step.cues)):
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


def _check_answered_time(
    checked: Checked, number: int, step: Step, kept: Mapping[str, Kept]
) -> None:
    name = step.for_answer or ""
    path: Path = ("steps", number, "for_answer")
    answer = kept.get(name)
    if answer is None or not any(map(as_seconds, answer.values)):
        lengths = [other for other, one in kept.items() if any(map(as_seconds, one.values))]
        message = f"No duration is kept as '{name}'. {did_you_mean(name, lengths)}"
        checked.report(moves.NOTHING_KEPT, path, message)
    elif answer.usual is None:
        place = checked.loaded.where(answer.path).words
        message = f"Nobody may answer. Add 'silence:' to the question in {place}."
        checked.report(moves.NO_ANSWER_YET, path, message)
    if step.for_ is not None:
        message = "A step goes on for a time, or as long as was answered. Keep one of them."
        checked.report(codes.REPS_AND_TIME, path, message, key=True)
