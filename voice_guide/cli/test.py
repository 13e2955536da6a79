"""``voice-guide test``: does a session do what its dialogue tests say?"""

import json
import sys
from pathlib import Path
from typing import Any

import click

from voice_guide.cli.options import json_option, model_option
from voice_guide.dialogues.finding import find_dialogues
from voice_guide.dialogues.model import Dialogue
from voice_guide.dialogues.reading import read_dialogue
from voice_guide.dialogues.testing import MakeWorld, Result, only_in_text, run
from voice_guide.dialogues.world import TextWorld
from voice_guide.errors import InputError
from voice_guide.language.pack import load_language
from voice_guide.script.checker import require_playable
from voice_guide.settings import Settings, load_settings


@click.command()
@click.argument("what", nargs=-1)
@click.option("--spoken", is_flag=True, help="With sound: a synthetic person, heard by Vosk.")
@model_option
@json_option
def test(what: tuple[str, ...], spoken: bool, model: Path | None, as_json: bool) -> None:
    """Run dialogue tests: files, folders of them, or the scripts that they are about.

    A dialogue test tells what a person says and what the session must do. It is played in text,
    which takes milliseconds. docs/testing-a-script.md explains how one is written.

    \b
    Examples:
      voice-guide test my_session.dialogue.yaml
      voice-guide test back_massage --spoken
    """
    files = find_dialogues(what)
    settings = load_settings().over(model=model)
    make: MakeWorld = _room(settings) if spoken else TextWorld
    tell = _tell_json if as_json else _tell
    wrong = left_out = 0
    for path in files:
        try:
            dialogue = read_dialogue(path)
            if spoken:
                _require_heard(dialogue, settings)
        except InputError as error:
            wrong += 1
            tell(path, error)
            continue
        if spoken and only_in_text(dialogue):
            left_out += 1
            tell(path, None)
            continue
        result = run(dialogue, make)
        wrong += result.failure is not None
        tell(path, result)
    if not as_json:
        _sum_up(len(files), wrong, left_out)
    sys.exit(1 if wrong else 0)


def _room(settings: Settings) -> MakeWorld:
    from voice_guide.cli.rehearsing import voice_of_person  # noqa: PLC0415 -- slow to load
    from voice_guide.dialogues.room_world import RoomMaker  # noqa: PLC0415
    from voice_guide.opening import narrator, speech_model  # noqa: PLC0415

    return RoomMaker(
        speech_model(settings),
        lambda language: narrator(settings, language),
        lambda language: voice_of_person(language.person),
    )


def _require_heard(dialogue: Dialogue, settings: Settings) -> None:
    """Make sure that the speech model can hear what can be said in a dialogue's script.

    Raises:
        InputError: it lacks words; the message names them.
        MachineError: there is no speech model for the script's language.
    """
    from voice_guide.opening import require_model, vocabulary  # noqa: PLC0415

    language = load_language(dialogue.loaded.script.language)
    require_model(language, settings)
    require_playable(dialogue.loaded, vocabulary(settings), language.universals)


def _tell(path: Path, came: Result | InputError | None) -> None:
    """Tell what came of a dialogue test: its result, what is wrong with it, or nothing."""
    if came is None:
        click.echo(f"{path}: left out: it can only be played in text.")
    elif isinstance(came, InputError):
        click.echo(str(came))
    elif came.failure is None:
        click.echo(f"{path}: fine: {came.dialogue.title}")
    else:
        click.echo(came.shown())


def _tell_json(path: Path, came: Result | InputError | None) -> None:
    told: dict[str, Any] = {"file": str(path)}
    if came is None:
        told["left_out"] = True
    elif isinstance(came, InputError):
        told |= {"ok": False, "message": str(came)}
    else:
        told |= {
            "title": came.dialogue.title,
            "ok": came.failure is None,
            "session_s": round(came.seconds, 1),
            "took_s": round(came.took, 4),
        }
        if came.failure is not None:
            told |= {
                "line": came.failure.position.line,
                "column": came.failure.position.column,
                "message": came.failure.message,
                "written": came.failure.wanted,
                "instead": came.failure.got,
            }
    click.echo(json.dumps(told, ensure_ascii=False))


def _sum_up(count: int, wrong: int, left_out: int) -> None:
    dialogues = "1 dialogue" if count == 1 else f"{count} dialogues"
    if wrong:
        click.echo(f"{dialogues}, {wrong} not as written.")
    else:
        rest = f", but for {left_out} that were left out" if left_out else ""
        click.echo(f"{dialogues}, all as written{rest}.")
