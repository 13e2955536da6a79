"""``voice-guide doctor``: can the main job run here, and if not, what to type."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

import click

from voice_guide.cli.options import json_option, model_option
from voice_guide.doctor import Check, examine
from voice_guide.errors import InputError, MachineError, VoiceGuideError
from voice_guide.room_check import examine_room
from voice_guide.settings import Settings, load_settings


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
    settings, trouble = _settings()
    settings = settings.over(model=model)
    if room:
        checks = examine_room(settings, lambda line: click.echo(line, err=True))
        code = _show(_caught(checks, trouble), as_json)
        told = "This room will do." if not code else "Change that, and try again."
    else:
        code = _show(examine(settings, trouble), as_json)
        told = (
            "A session cannot be played live here yet; rehearse works if the voice and the "
            "speech model are fine."
            if code
            else "Everything is there. Type: voice-guide play"
        )
    if not as_json:
        click.echo(told)
    sys.exit(code)


def _settings() -> tuple[Settings, InputError | None]:
    """Return the user's settings, or none and what is wrong with their file."""
    try:
        return load_settings(), None
    except InputError as error:
        return Settings(), error


def _caught(checks: Iterable[Check], trouble: InputError | None) -> Iterator[Check]:
    """Yield the checks of the room, and what is missing for them as one more that is not fine."""
    if trouble is not None:
        yield Check("settings", False, str(trouble))
    try:
        yield from checks
    except VoiceGuideError as error:
        yield Check("room", False, str(error))


def _show(checks: Iterable[Check], as_json: bool) -> int:
    """Write the checks as they come. Return the exit code: 1 if only the settings are wrong."""
    wrong = set()
    for check in checks:
        if not check.fine:
            wrong.add(check.name)
        if as_json:
            click.echo(json.dumps(asdict(check), ensure_ascii=False))
        else:
            click.echo(f"{'fine ' if check.fine else 'WRONG'}  {check.name}: {check.told}")
    if wrong == {"settings"}:
        return InputError.exit_code
    return MachineError.exit_code if wrong else 0
