"""``voice-guide check``: what is wrong in a script, and how long it takes."""

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from voice_guide.cli.checking import Checked, tell, tell_json
from voice_guide.cli.options import json_option, model_option
from voice_guide.dialogues.reading import SUFFIX, read_dialogue
from voice_guide.errors import InputError, MachineError
from voice_guide.language.pack import Language
from voice_guide.opening import (
    language_of,
    measures,
    model_folder,
    narrator,
    require_model,
    vocabulary,
)
from voice_guide.script.checker import check as check_script
from voice_guide.script.codes import all_codes, find_code
from voice_guide.script.codes.form import FILE
from voice_guide.script.codes.page import explain
from voice_guide.script.estimate import estimate
from voice_guide.script.find import find_script
from voice_guide.script.findings import Finding, ScriptError, describe
from voice_guide.script.loaded import LoadedScript
from voice_guide.script.loader import load_script
from voice_guide.script.positions import Position
from voice_guide.script.walk import asked
from voice_guide.session.engine import Engine
from voice_guide.session.overview import sayable
from voice_guide.settings import Settings, load_settings
from voice_guide.speech.narrator import Narrator
from voice_guide.timing import rendered_seconds, seconds_as_written, session_walk


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
@click.option("--phrases", is_flag=True, help="Tell everything that can be said in each step.")
@click.option(
    "--render/--no-render",
    default=True,
    help="Measure the rendered narration (the default), or count its words, which is quicker.",
)
@click.option(
    "--sentence-words",
    type=click.IntRange(5, 200),
    help="More words than this in a sentence are too many. 30 if not set.",
)
@model_option
@json_option
def check(scripts: tuple[str, ...], model: Path | None, **options: Any) -> None:
    """Find what is wrong in SCRIPTS, with its place and a way to mend it.

    It leaves with 1 if there is an error in one of them, and with 0 if there are only warnings.

    \b
    Examples:
      voice-guide check my_session.yaml
      voice-guide check --phrases my_session.yaml
      voice-guide check --explain W41
    """
    settings = load_settings().over(model=model, sentence_words=options["sentence_words"])
    checker = _Checker(settings, render=options["render"], phrases=options["phrases"])
    errors = 0
    for name in scripts:
        if name.endswith(SUFFIX):
            errors += _tell_dialogue(Path(name), as_json=options["as_json"])
            continue
        checked, shown = checker.check(name)
        errors += checked.errors
        if options["as_json"]:
            tell_json(checked)
            continue
        if shown:
            click.echo(shown)
        tell(checked)
    if checker.lacking is not None:
        click.echo(str(checker.lacking), err=True)
    sys.exit(1 if errors else 0 if checker.lacking is None else checker.lacking.exit_code)


def _tell_dialogue(path: Path, *, as_json: bool) -> bool:
    """Tell what is wrong in a dialogue test, as "*.yaml" names those too. Return whether it is."""
    try:
        read_dialogue(path)
    except InputError as error:
        problem: str | None = str(error)
    else:
        problem = None
    if as_json:
        told = {"file": str(path), "fine": problem is None, "dialogue": True, "message": problem}
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        fine = f"{path}: a dialogue test that can be read. voice-guide test plays it."
        click.echo(problem or fine)
    return problem is not None


class _Checker:
    """Checks scripts with one set of settings."""

    def __init__(self, settings: Settings, *, render: bool, phrases: bool) -> None:
        self._settings = settings
        self._render = render
        self._phrases = phrases
        self._known: Callable[[str], bool] | None = None
        self.lacking: MachineError | None = None
        """Why there is no model, or no voice, for one of the languages that were asked for."""

    def check(self, name: str) -> tuple[Checked, str]:
        """Return what has come of a script, and its findings as text."""
        path = Path(name)
        try:
            path = find_script(name)
            loaded = load_script(path)
            checked = self._check_loaded(loaded)
        except ScriptError as error:
            return Checked(path, error.findings), str(error)
        except InputError as error:  # no script has this name
            return Checked(path, (Finding(FILE, Position(1, 1), str(error)),)), str(error)
        if not checked.findings:
            return checked, ""
        return checked, describe(path, checked.findings, loaded.lines)

    def _check_loaded(self, loaded: LoadedScript) -> Checked:
        script, language = loaded.script, language_of(loaded)
        engine = Engine(script, language)
        known, voice = self._vocabulary(language), self._narrator(language)
        if voice is None:
            measured = measures(loaded, self._settings)
            seconds: float | None = estimate(script)
        else:
            spoken = rendered_seconds(voice)
            measured = measures(loaded, self._settings, seconds_as_written(script, spoken))
            walk = session_walk(engine, voice)
            seconds = walk.seconds if walk.ended else None
        checked = Checked(
            loaded.path,
            tuple(check_script(loaded, known, language.universals, measured)),
            steps=sum(moment.section == "step" for moment in engine.setting.program),
            questions=sum(question.ask is not None for question in asked(script)),
            seconds=seconds,
            rendered=voice is not None,
            model=None if known is None else model_folder(self._settings).name,
        )
        return replace(checked, sayable=tuple(sayable(engine))) if self._phrases else checked

    def _vocabulary(self, language: Language) -> Callable[[str], bool] | None:
        """Return what tells whether a word can be heard; None with no model for the language."""
        try:
            require_model(language, self._settings)
        except MachineError as error:
            self.lacking = error
            return None
        self._known = self._known or vocabulary(self._settings)
        return self._known

    def _narrator(self, language: Language) -> Narrator | None:
        """Return the narrator; None where words are counted."""
        if not self._render:
            return None
        try:
            return narrator(self._settings, language)
        except MachineError as error:
            self.lacking = error
            return None
