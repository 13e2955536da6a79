"""``voice-guide doctor``: can the main job run here, and if not, what to type."""

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import click

from voice_guide.cli.options import json_option, model_option
from voice_guide.doctor import Check, examine
from voice_guide.errors import MachineError
from voice_guide.room_check import examine_room
from voice_guide.settings import load_settings


@click.command()
@model_option
@click.option(
    "--room", is_flag=True, help="Listen to the room: noise, echo, and how loud your voice is."
)
@json_option
def doctor(model: Path | None, *, room: bool, as_json: bool) -> None:
    """Check what playing a session needs, and say what to type for what is missing.

    With --room the narrator speaks for some seconds, and asks you to say "stop".

    \b
    Examples:
      voice-guide doctor
      voice-guide doctor --room
    """
    settings = load_settings().over(model=model)
    if room:
        wrong = _show(examine_room(settings, lambda line: click.echo(line, err=True)), as_json)
        told = "This room will do." if not wrong else "Change that, and try again."
    else:
        wrong = _show(examine(settings), as_json)
        told = (
            "A session cannot be played live here yet; rehearse works if the voice and the "
            "speech model are fine."
            if wrong
            else "Everything is there. Type: voice-guide play"
        )
    if not as_json:
        click.echo(told)
    sys.exit(MachineError.exit_code if wrong else 0)


def _show(checks: Iterable[Check], as_json: bool) -> int:
    """Write the checks as they come. Return how many are wrong."""
    wrong = 0
    for check in checks:
        wrong += not check.fine
        if as_json:
            click.echo(json.dumps(asdict(check), ensure_ascii=False))
        else:
            click.echo(f"{'fine ' if check.fine else 'WRONG'}  {check.name}: {check.told}")
    return wrong
