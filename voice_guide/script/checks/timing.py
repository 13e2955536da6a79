"""Times, cues, and how long narration takes."""

import re

from voice_guide.script.checks.common import Checked, seconds_to_say
from voice_guide.script.codes import times as codes
from voice_guide.script.counting import counting_of
from voice_guide.script.model import Step
from voice_guide.script.walk import Path, spoken

LONGEST_SENTENCE = 30
"""Words in a sentence that a listener can still hold in the head."""

_SENTENCE_END = re.compile(r"[.!?]+(?:\s|$)")


def check(checked: Checked) -> None:
    """Check the times of the steps and the length of the sentences."""
    for number, step in enumerate(checked.script.steps):
        _check_cues(checked, number, step)
        _check_tempo(checked, number, step)
        if step.say is not None and step.for_ is not None:
            takes = seconds_to_say(step.say)
            if step.for_ < takes:
                checked.report(
                    codes.TOO_SHORT,
                    ("steps", number, "for"),
                    f"Saying the instruction takes about {takes:.0f} s, and then the step goes on "
                    f"for only {step.for_:g} s. Say less, or give more time.",
                )
    for text in spoken(checked.script):
        longest = max(len(sentence.split()) for sentence in _SENTENCE_END.split(text.text))
        if longest > LONGEST_SENTENCE:
            checked.report(
                codes.LONG_SENTENCE,
                text.path,
                f"A sentence here has {longest} words; more than {LONGEST_SENTENCE} are hard to "
                "follow by ear. Split it.",
            )


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
    longest = max((seconds_to_say(word) for word in counting.words), default=0.0)
    if longest > counting.beat:
        message = (
            f"A beat is {counting.beat:g} s, and one of the words takes about {longest:.1f} s. "
            "Use shorter words, or a longer beat."
        )
        checked.report(codes.SHORT_BEAT, (*path, "tempo"), message)
