"""``voice-guide new``: a script to begin with, made by a few questions."""

import re
from pathlib import Path
from typing import Any

import click

from voice_guide.cli.writing import output_option, write_new
from voice_guide.errors import InputError
from voice_guide.script.checker import check
from voice_guide.script.loader import parse_script
from voice_guide.script.starting import NewScript, NewStep, checked_time, new_script, step_of

_TITLE = "A new session"


@click.command()
@click.option("--title", help="The name of the session.")
@click.option("--about", help="What it is, in a sentence.")
@click.option(
    "--need", "needs", multiple=True, help="Something that has to be at hand. Again and again."
)
@click.option(
    "--step",
    "steps",
    multiple=True,
    metavar="'NAME | TEXT | TIME'",
    help='A step: its name, what is said, and "90 s" or "ready".',
)
@click.option(
    "--body/--no-body", default=None, help="Whether it works on a body: then it asks before."
)
@click.option("--area", "areas", multiple=True, help="A part of the body that can be sore.")
@click.option("--no-questions", is_flag=True, help="Ask nothing; what is not given is left open.")
@output_option
def new(no_questions: bool, output: Path | None, **given: Any) -> None:
    """Make a script with comments that explain it. It asks for what the options do not say.

    --need, --step and --area can be given several times.

    \b
    Examples:
      voice-guide new
      voice-guide new --no-questions --title "Warm hands" --step "Rub | Rub your hands. | 20 s"
    """
    asks = not no_questions
    title = given["title"] or (asks and _ask("What is the session called?")) or _TITLE
    path = output or Path(f"{_file_name(title)}.yaml")
    if str(path) != "-" and path.exists():
        raise InputError(
            f"{path} is there already, and is not written over. Give another name with --output."
        )
    script = NewScript(
        " ".join(title.split())[:80],
        given["about"] or (_ask("What is it, in a sentence?") if asks else ""),
        given["needs"] or (_list("What has to be at hand? (with commas)") if asks else ()),
        tuple(map(step_of, given["steps"])) or (_ask_steps() if asks else ()),
        _works_on_body(given["body"], given["areas"], asks=asks),
        given["areas"],
    )
    if asks and script.works_on_body and not script.areas:
        areas = _list("Which parts of the body can be sore? (with commas)")
        script = NewScript(**{**vars(script), "areas": areas})
    text = new_script(script)
    errors = [f for f in check(parse_script(text, path)) if f.severity == "error"]
    if errors:
        raise InputError(f"This makes no script that can be played: {errors[0].message}")
    write_new(path, text)
    if str(path) != "-":
        click.echo(f"Written to {path}. Next: voice-guide check {path}")


def _works_on_body(told: bool | None, areas: tuple[str, ...], *, asks: bool) -> bool:
    if told is not None or areas:
        return bool(told) or bool(areas)
    return asks and click.confirm(
        "Does it work on a body, as a massage or a stretch does?", err=True
    )


def _ask_steps() -> tuple[NewStep, ...]:
    steps: list[NewStep] = []
    while name := _ask(f"Name of step {len(steps) + 1}? (nothing: no more steps)"):
        say = _ask("  What is said?") or f"{name}."
        steps.append(NewStep(name, say, _ask_time()))
    return tuple(steps)


def _ask_time() -> str:
    while True:
        try:
            return checked_time(_ask('  How long? ("90 s", or nothing: until somebody is ready)'))
        except InputError as error:
            click.echo(str(error), err=True)


def _ask(question: str) -> str:
    answer: str = click.prompt(
        question, default="", show_default=False, prompt_suffix=" ", err=True
    )
    return " ".join(answer.split())


def _list(question: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _ask(question).split(",") if part.strip())


def _file_name(title: str) -> str:
    return re.sub(r"[^\w]+", "_", title.lower()).strip("_")[:60] or "session"
