"""What ``voice-guide check`` tells about one script."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from voice_guide.script.findings import Finding
from voice_guide.session.overview import Sayable


@dataclass(frozen=True)
class Checked:
    """What has come of checking one script."""

    path: Path
    findings: tuple[Finding, ...]
    steps: int | None = None
    """How many steps it has, sides and rounds counted; None if the script cannot be read."""
    questions: int | None = None
    seconds: float | None = None
    """How long the session takes; None if that is not known, or if it is more than six hours."""
    rendered: bool = False
    """Whether the time is that of the rendered narration, and not one by the number of words."""
    model: str | None = None
    """The name of the speech model that the phrases were checked against."""
    sayable: tuple[Sayable, ...] | None = None
    """What can be said, if that was asked for."""

    @property
    def errors(self) -> int:
        """How many of the findings are errors."""
        return sum(finding.severity == "error" for finding in self.findings)

    @property
    def warnings(self) -> int:
        """How many of the findings are warnings."""
        return len(self.findings) - self.errors


def tell_json(checked: Checked) -> None:
    """Print one object for each finding, and one for the script."""
    for finding in checked.findings:
        _print(
            {
                "file": str(finding.position.file(checked.path)),
                "line": finding.position.line,
                "column": finding.position.column,
                "severity": finding.severity,
                "code": finding.code.id,
                "message": finding.message,
            }
        )
    summary = {
        "file": str(checked.path),
        "fine": not checked.errors,
        "errors": checked.errors,
        "warnings": checked.warnings,
        "steps": checked.steps,
        "questions": checked.questions,
        "seconds": None if checked.seconds is None else round(checked.seconds, 1),
        "rendered": checked.rendered,
        "model": checked.model,
    }
    if checked.sayable is not None:
        summary["can_be_said"] = [asdict(one) for one in checked.sayable]
    _print(summary)


def tell(checked: Checked) -> None:
    """Print a line about the script, and what can be said where that was asked for."""
    if checked.errors or checked.steps is None:
        click.echo(f"{checked.path}: {checked.errors} to mend.")
        return
    told = [f"{checked.path}: fine{f', {checked.warnings} to look at' * bool(checked.warnings)}."]
    if checked.seconds is not None:
        by_words = "" if checked.rendered else ", counted by its words"
        told.append(f"It takes {_about(checked.seconds)}{by_words}.")
    else:
        told.append("It takes more than six hours.")
    questions = _several(checked.questions or 0, "question")
    told.append(f"{_several(checked.steps, 'step')}, {questions}.")
    click.echo(" ".join(told))
    if checked.sayable is not None:
        _tell_sayable(checked.sayable)


def _tell_sayable(moments: tuple[Sayable, ...]) -> None:
    everywhere = set.intersection(*(set(moment.commands) for moment in moments))
    commands = [intent for intent in moments[0].commands if intent in everywhere]
    click.echo(f"In every step: {', '.join(commands)}.")
    for moment in moments:
        where = {"step": "step", "welcome": "the welcome of"}.get(moment.section, moment.section)
        click.echo(f'In {where} "{moment.name}":')
        for what, phrases in (
            ("answers", moment.answers),
            ("replies of the step", moment.step_replies),
            ("replies", moment.script_replies),
            *((f"{intent} ...", values) for intent, values in moment.naming.items()),
            ("commands besides", tuple(i for i in moment.commands if i not in everywhere)),
        ):
            if phrases:
                click.echo(f"  {what}: {', '.join(phrases)}")


def _about(seconds: float) -> str:
    minutes = round(seconds / 60)
    if minutes == 0:
        return "less than a minute"
    return f"about {_several(minutes, 'minute')}"


def _several(count: int, name: str) -> str:
    return f"{count} {name}{'' if count == 1 else 's'}"


def _print(what: dict[str, Any]) -> None:
    click.echo(json.dumps(what, ensure_ascii=False))
