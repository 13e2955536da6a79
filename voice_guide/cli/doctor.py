"""``voice-guide doctor``: can the main job run here, and if not, what to type."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from voice_guide.cli.options import json_option, model_option
from voice_guide.doctor import examine
from voice_guide.errors import MachineError
from voice_guide.settings import load_settings


@click.command()
@model_option
@json_option
def doctor(model: Path | None, as_json: bool) -> None:
    """Check what playing a session needs, and say what to type for what is missing.

    \b
    Example:
      voice-guide doctor
    """
    wrong = 0
    for check in examine(load_settings().over(model=model)):
        wrong += not check.fine
        if as_json:
            click.echo(json.dumps(asdict(check), ensure_ascii=False))
        else:
            click.echo(f"{'fine ' if check.fine else 'WRONG'}  {check.name}: {check.told}")
    if not as_json:
        click.echo(
            "A session cannot be played live here yet; rehearse works if the voice and the "
            "speech model are fine."
            if wrong
            else "Everything is there. Type: voice-guide play"
        )
    sys.exit(MachineError.exit_code if wrong else 0)
