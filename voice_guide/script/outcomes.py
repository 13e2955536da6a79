"""What a question can lead to: each answer, and what it does."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from voice_guide.language.templates import expand
from voice_guide.script.conditions import fits
from voice_guide.script.dialogue import Answers, Effect
from voice_guide.script.durations import durations_between, parse_span, short


@dataclass(frozen=True)
class Outcome:
    """One answer to a question."""

    kind: Literal["yes or no", "choice", "number", "duration"]
    answer: str
    """As it is kept: "yes", "just right", "7", "90 s"."""
    effect: Effect
    written: str
    """The answer's phrases as the author wrote them; else as ``answer``."""


def outcomes(answers: Answers) -> Iterator[Outcome]:
    """Yield every answer to a question."""
    if answers.yes is not None or answers.no is not None:
        yield Outcome("yes or no", "yes", answers.yes or Effect(), "yes")
        yield Outcome("yes or no", "no", answers.no or Effect(), "no")
    if answers.number is not None:
        low, high = number_range(answers.number)
        for number in map(str, range(low, high + 1)):
            yield Outcome("number", number, _within(answers, number), number)
    elif answers.duration is not None:
        for seconds in durations_between(*parse_span(answers.duration)):
            length = short(seconds)
            yield Outcome("duration", length, _within(answers, length), length)
    else:
        for written, effect in answers.answers.items():
            yield Outcome("choice", _first_phrase(written), effect, written)


def when_silent(answers: Answers) -> Outcome | None:
    """Return the answer that silence stands for, if there is one."""
    if answers.silence is None:
        return None
    return next((one for one in outcomes(answers) if fits(one.answer, answers.silence)), None)


def number_range(written: str) -> tuple[int, int]:
    """Return the lowest and the highest number of a range such as ``0-10``."""
    low, high = (int(part) for part in written.split("-"))
    return low, high


def _within(answers: Answers, answer: str) -> Effect:
    """Return what a number or a duration does: the first range that it is in counts."""
    ranges = answers.answers.items()
    return next((effect for written, effect in ranges if fits(answer, written)), Effect())


def _first_phrase(written: str) -> str:
    try:
        return expand(written)[0]
    except ValueError:  # told by the check of the phrases
        return written
