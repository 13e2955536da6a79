"""Questions and how they can be answered; steps and what they do."""

from collections.abc import Sequence

from voice_guide.script.checks.common import Checked, did_you_mean
from voice_guide.script.codes import questions as codes
from voice_guide.script.conditions import fits
from voice_guide.script.outcomes import number_range, outcomes, when_silent
from voice_guide.script.walk import Asked, asked

_ANSWER_KEYS = (
    *("yes", "no", "answers", "number", "duration"),
    *("silence", "save", "confirm", "answer_within"),
)


def check(checked: Checked) -> None:
    """Check that every question can be answered, and that every step says or asks."""
    saved: dict[str, str] = {}
    for question in asked(checked.script):
        if question.ask is not None:
            _check_question(checked, question)
        else:
            _check_no_question(checked, question)
        _check_save(checked, question, saved)


def _check_question(checked: Checked, question: Asked) -> None:
    answers = question.answers
    path = question.path
    words = answers.yes is not None or answers.no is not None
    kinds = [key for key in ("number", "duration") if getattr(answers, key) is not None]
    if not words and not kinds and not answers.answers:
        checked.report(
            codes.NO_ANSWER,
            (*path, "ask"),
            "This question cannot be answered. Add 'yes:' and 'no:', 'answers:', 'number:' or "
            "'duration:'.",
            key=True,
        )
        return
    if len(kinds) + words > 1:
        message = (
            "Yes or no, a number, or a duration: a question has one of them, not both. Split it."
        )
        checked.report(codes.TWO_WAYS_TO_ANSWER, (*path, kinds[-1]), message, key=True)
    if answers.number is not None:
        low, high = number_range(answers.number)
        if low >= high:
            message = f'"{answers.number}" is no range. Put the lower number first, as in "0-10".'
            checked.report(codes.BAD_RANGE, (*path, "number"), message)
            return
    possible = [one.answer for one in outcomes(answers)]
    if kinds:
        _check_ranges(checked, question, possible, kinds[0])
    if answers.silence is not None and when_silent(answers) is None:
        known = did_you_mean(answers.silence, possible)
        message = f"'{answers.silence}' is no answer to this question. {known}"
        checked.report(codes.SILENCE_IS_NO_ANSWER, (*path, "silence"), message)


def _check_ranges(checked: Checked, question: Asked, possible: Sequence[str], kind: str) -> None:
    """Check what single numbers or durations do."""
    taken: set[str] = set()
    for written in question.answers.answers:
        meant = {answer for answer in possible if fits(answer, written)}
        path = (*question.path, "answers", written)
        if not meant:
            message = (
                f"'{written}' is none of the answers that '{kind}' allows, nor a range of them."
            )
            checked.report(codes.BAD_RANGE, path, message, key=True)
        elif meant <= taken:
            message = f"'{written}' is never used: a range above has all of it."
            checked.report(codes.BAD_RANGE, path, message, key=True)
        taken |= meant


def _check_no_question(checked: Checked, step: Asked) -> None:
    for key in _ANSWER_KEYS:
        if getattr(step.answers, key):
            checked.report(
                codes.ANSWERS_WITHOUT_QUESTION,
                (*step.path, key),
                f"'{key}' belongs to a question, and this step asks none. Add 'ask:'.",
                key=True,
            )
    if step.step is not None and step.step.say is None:
        message = "This step neither says nor asks anything. Add 'say:' or 'ask:'."
        checked.report(codes.EMPTY_STEP, (*step.path, "name"), message)


def _check_save(checked: Checked, question: Asked, saved: dict[str, str]) -> None:
    name = question.answers.save
    if name is None:
        return
    path = (*question.path, "save")
    if name in saved:
        message = f"'{name}' is saved in {saved[name]} too, and the later answer replaces it."
        checked.report(codes.SAVED_TWICE, path, message)
    saved.setdefault(name, checked.loaded.where(path).words)
