"""The script as a flat row of moments, which the session goes through one after another."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import merge
from itertools import count, islice, product
from typing import Literal

from voice_guide.language.pack import Language
from voice_guide.script.counting import Counting, counting_of
from voice_guide.script.kept import usual_seconds
from voice_guide.script.model import Cue, Question, Reply, Script, Step

Section = Literal["welcome", "before", "step", "after", "goodbye"]


@dataclass(frozen=True)
class Moment:
    """One thing to say, ask and wait for."""

    section: Section
    name: str
    say: str | None = None
    question: Question | None = None
    seconds: float | None = None
    """How long to wait, or None for no time limit."""
    seconds_of: str | None = None
    """The saved answer that is the length of the wait; ``seconds`` is the usual one."""
    until_ready: bool = False
    """Whether "ready" ends the wait."""
    cues: tuple[Cue, ...] = ()
    counting: Counting | None = None
    """How the movement is repeated, if it is."""
    area: str | None = None
    sore: Literal["avoid", "gentle"] = "avoid"
    side: str | None = None
    """What {side} stands for."""
    round: int | None = None
    """What {round} stands for."""
    levels: Mapping[str, int] = field(default_factory=dict)
    """The index of the level of those scales that have another level in this step."""
    slowly: bool = False
    """Whether the narrator speaks slower than usual."""
    remind: float | None = None
    """Seconds until somebody who has to say "ready" is reminded, if not as usual."""
    hands_stay: bool = False
    """Whether the hands must stay where they are until the wait is over."""
    replies: tuple[Reply, ...] = ()
    when: Mapping[str, Sequence[str]] = field(default_factory=dict)
    unless: Mapping[str, Sequence[str]] = field(default_factory=dict)
    written: str = ""
    """The name of the step as its author wrote it, with {side}."""
    number: int = 0
    """Which step this is, from 1; 0 outside the steps."""

    @property
    def waits(self) -> bool:
        """Whether there is anything to wait for."""
        return self.seconds is not None or self.until_ready

    @property
    def asks_later(self) -> bool:
        """Whether the question comes after the wait, as nobody is asked whose hands must stay."""
        return self.hands_stay and self.question is not None and self.waits

    @property
    def ends_on_ready(self) -> bool:
        """Whether "ready" goes on: where it is waited for, and where a movement is repeated."""
        return self.until_ready or self.counting is not None

    def cue(self, number: int) -> tuple[float, str] | None:
        """Return when a cue is said, in seconds, and its words. They count from 0, in time."""
        if not self.cues:
            return None
        return next(islice(merge(*map(_times, self.cues)), number, None), None)


def _times(cue: Cue) -> Iterator[tuple[float, str]]:
    if cue.every is None:
        return iter([(cue.at or 0.0, cue.say)])
    return ((cue.every * times, cue.say) for times in count(1))


def compile_program(script: Script, language: Language) -> tuple[Moment, ...]:
    """Return the moments of a whole session, from the welcome to the goodbye."""
    steps = _steps(script)
    return (
        _welcome(script, language),
        *(_asking("before", question) for question in script.before),
        *(replace(step, number=number) for number, step in enumerate(steps, 1)),
        *(_asking("after", question) for question in script.after),
        Moment("goodbye", "", say=language.prompt("goodbye")),
    )


def _welcome(script: Script, language: Language) -> Moment:
    said = [language.prompt("welcome", title=script.title)]
    if script.about:
        said.append(script.about)
    said.append(language.prompt("how it works"))
    if script.needs:
        said.append(language.prompt("needs", needs=language.listing(script.needs, "and")))
        said.append(language.prompt("get ready"))
    return Moment("welcome", script.title, " ".join(said), until_ready=bool(script.needs))


def _asking(section: Section, question: Question) -> Moment:
    return Moment(section, "", question=question, when=question.when, unless=question.unless)


def closing(program: Sequence[Moment]) -> int:
    """Return the index of the moment after the last step."""
    return next(i for i, moment in enumerate(program) if moment.section in ("after", "goodbye"))


def _steps(script: Script) -> list[Moment]:
    return [
        _moment(script, step, side, round)
        for step in script.steps
        for side, round in product(step.each or (None,), range(1, step.repeat + 1))
    ]


def _moment(script: Script, step: Step, side: str | None, round: int) -> Moment:
    counting = counting_of(step)
    seconds = step.for_ if counting is None else counting.seconds
    if step.for_answer is not None:
        seconds = usual_seconds(script, step.for_answer)
    return Moment(
        "step",
        step.name.replace("{side}", side or "").replace("{round}", str(round)),
        say=step.say,
        question=step.question,
        seconds=seconds,
        seconds_of=step.for_answer,
        until_ready=step.until is not None,
        cues=step.cues,
        counting=counting,
        area=None if step.area is None else step.area.replace("{side}", side or ""),
        sore=step.sore,
        side=side,
        round=round,
        levels={
            name: script.scales[name].levels.index(level) for name, level in step.with_.items()
        },
        slowly=step.speak == "slowly",
        remind=step.remind,
        hands_stay=step.hands is not None,
        replies=step.replies,
        when=_of_side(step.when, side),
        unless=_of_side(step.unless, side),
        written=step.name,
    )


def _of_side(
    conditions: Mapping[str, Sequence[str]], side: str | None
) -> Mapping[str, Sequence[str]]:
    return {
        name: [value.replace("{side}", side or "") for value in values]
        for name, values in conditions.items()
    }
