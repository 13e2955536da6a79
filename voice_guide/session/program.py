"""The script as a flat row of moments, which the session goes through one after another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from voice_guide.language.pack import Language
from voice_guide.script.model import Cue, Question, Reply, Script

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
    until_ready: bool = False
    """Whether "ready" ends the wait."""
    cues: tuple[Cue, ...] = ()
    area: str | None = None
    sore: Literal["avoid", "gentle"] = "avoid"
    side: str | None = None
    """What {side} stands for."""
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
    moments = []
    for step in script.steps:
        for side in step.each or (None,):
            moments.append(
                Moment(
                    "step",
                    step.name.replace("{side}", side or ""),
                    say=step.say,
                    question=step.question,
                    seconds=step.for_,
                    until_ready=step.until is not None,
                    cues=tuple(sorted(step.cues, key=lambda cue: cue.at)),
                    area=step.area,
                    sore=step.sore,
                    side=side,
                    replies=step.replies,
                    when=_of_side(step.when, side),
                    unless=_of_side(step.unless, side),
                    written=step.name,
                )
            )
    return moments


def _of_side(
    conditions: Mapping[str, Sequence[str]], side: str | None
) -> Mapping[str, Sequence[str]]:
    return {
        name: [value.replace("{side}", side or "") for value in values]
        for name, values in conditions.items()
    }
