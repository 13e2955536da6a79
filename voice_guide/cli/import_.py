"""``voice-guide import``: plain instructions into a draft of a script."""

from pathlib import Path

import click

from voice_guide.cli.options import model_option
from voice_guide.cli.writing import output_option, write_new
from voice_guide.importing import Draft, draft_of, read_source, yaml_of
from voice_guide.language.pack import load_language
from voice_guide.opening import measures, vocabulary
from voice_guide.script.checker import check
from voice_guide.script.loader import parse_script
from voice_guide.settings import load_settings


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@output_option
@click.option("--left-out", is_flag=True, help="Also tell what of the text is not in the draft.")
@model_option
def import_(file: Path, output: Path | None, left_out: bool, model: Path | None) -> None:
    """Make a draft of a script out of the instructions in FILE: text, Markdown or HTML.

    English only. Steps, times, counts, warnings, questions and what is needed are recognised.
    What you have to decide is marked with "# decide:" in the draft.

    \b
    Example:
      voice-guide import article.txt --output my_session.yaml
    """
    settings = load_settings().over(model=model)
    known = vocabulary(settings)
    universals = load_language("en").universals
    source = read_source(file)
    draft = draft_of(source, known, universals)
    text = yaml_of(draft)
    path = output or Path(f"{source.name}.yaml")
    write_new(path, text)
    loaded = parse_script(text, path)
    findings = check(loaded, known, universals, measures(loaded, settings))
    to_standard_output = str(path) == "-"
    click.echo(_summary(path, draft, len(findings)), err=to_standard_output)
    if left_out:
        click.echo("Left out:", err=to_standard_output)
        for sentence in draft.left_out:
            click.echo(f"  {sentence}", err=to_standard_output)


def _summary(path: Path, draft: Draft, findings: int) -> str:
    stops = sum(reply.stops for reply in draft.replies)
    questions = len(draft.before) + sum(step.question is not None for step in draft.steps)
    made = [
        _several(len(draft.steps), "step"),
        _several(questions, "question"),
        _several(stops, "stop sign"),
    ]
    return (
        f"{path}: {', '.join(made)}. {_several(draft.decisions, 'thing')} to decide, marked "
        f'"# decide:". voice-guide check finds {_several(findings, "thing")} to look at. '
        f"{_several(len(draft.left_out), 'sentence')} left out."
    )


def _several(count: int, name: str) -> str:
    return f"{count} {name}{'' if count == 1 else 's'}"
