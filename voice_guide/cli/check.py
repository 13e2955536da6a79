"""``voice-guide check``: what is wrong in a script, and how long it takes."""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from voice_guide.cli.options import json_option, model_option
from voice_guide.errors import InputError, MachineError
from voice_guide.language.pack import Language
from voice_guide.opening import language_of, measures, require_model, vocabulary
from voice_guide.script.checker import check as check_script
from voice_guide.script.codes import all_codes, find_code
from voice_guide.script.codes.form import FILE
from voice_guide.script.codes.page import explain
from voice_guide.script.estimate import estimate
from voice_guide.script.find import find_script
from voice_guide.script.findings import Finding, ScriptError, describe
from voice_guide.script.loader import load_script
from voice_guide.script.positions import Position
from voice_guide.settings import Settings, load_settings


def _explain(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    """Tell what a code means, and leave."""
    del parameter
    if value is None or context.resilient_parsing:
        return
    code = find_code(value)
    if code is None:
        ids = [code.id for code in all_codes()]
        raise click.BadParameter(
            f'"{value}" is no code. Codes are {ids[0]} to {ids[-1]}; docs/check-codes.md has all.'
        )
    click.echo(explain(code))
    context.exit()


@click.command()
@click.argument("scripts", nargs=-1, required=True)
@click.option(
    "--explain",
    metavar="CODE",
    expose_value=False,
    is_eager=True,
    callback=_explain,
    help="Tell what a code such as W41 means, and how it is switched off.",
)
@model_option
@json_option
def check(scripts: tuple[str, ...], model: Path | None, as_json: bool) -> None:
    """Find what is wrong in SCRIPTS, with its place and a way to mend it.

    \b
    Examples:
      voice-guide check my_session.yaml
      voice-guide check --explain W41
    """
    settings = load_settings().over(model=model)
    wrong = False
    ears = _Ears(settings)
    for name in scripts:
        path = Path(name)
        length: float | None = None
        lines: Sequence[str] = ()
        try:
            path = find_script(name)
            loaded = load_script(path)
            lines = loaded.lines
            language = language_of(loaded)
            known, measured = ears.vocabulary(language), measures(loaded, settings)
            findings = tuple(check_script(loaded, known, language.universals, measured))
            length = estimate(loaded.script)
        except ScriptError as error:
            findings = error.findings
            if not as_json:
                click.echo(str(error))
        except InputError as error:  # no script has this name
            findings = (Finding(FILE, Position(1, 1), str(error)),)
            if not as_json:
                click.echo(str(error))
        else:
            if not as_json and findings:
                click.echo(describe(path, findings, lines))
        wrong = wrong or any(finding.severity == "error" for finding in findings)
        _sum_up(path, findings, length, as_json)
    if ears.lacking is not None:
        click.echo(str(ears.lacking), err=True)
    sys.exit(1 if wrong else 0 if ears.lacking is None else ears.lacking.exit_code)


class _Ears:
    """What the speech model in use can hear."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._known: Callable[[str], bool] | None = None
        self.lacking: MachineError | None = None
        """Why there is no model for one of the languages that were asked for."""

    def vocabulary(self, language: Language) -> Callable[[str], bool] | None:
        """Return what tells whether a word can be heard; None with no model for the language."""
        try:
            require_model(language, self._settings)
        except MachineError as error:
            self.lacking = error
            return None
        self._known = self._known or vocabulary(self._settings)
        return self._known


def _sum_up(path: Path, findings: tuple[Finding, ...], length: float | None, as_json: bool) -> None:
    if as_json:
        for finding in findings:
            told = {
                "file": str(finding.position.file(path)),
                "line": finding.position.line,
                "column": finding.position.column,
                "severity": finding.severity,
                "code": finding.code.id,
                "message": finding.message,
            }
            click.echo(json.dumps(told, ensure_ascii=False))
        return
    errors = sum(finding.severity == "error" for finding in findings)
    if length is None or errors:
        click.echo(f"{path}: {errors} to mend.")
    else:
        warnings = f", {len(findings)} to look at" if findings else ""
        click.echo(f"{path}: fine{warnings}. It takes {_about(length)}.")


def _about(length: float) -> str:
    minutes = round(length / 60)
    if minutes == 0:
        return "less than a minute"
    return f"about {minutes} minute{'s' if minutes > 1 else ''}"
