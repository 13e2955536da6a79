"""``voice-guide play``: the main job."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voice_guide.cli.commands import INTERRUPTED
from voice_guide.cli.options import (
    called_option,
    device_name,
    json_option,
    model_option,
    record_option,
    script_argument,
    together,
    voice_options,
)
from voice_guide.settings import Settings, load_settings

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from voice_guide.sitting import Sitting

device_options = together(
    click.option(
        "--input",
        "input_name",
        callback=device_name,
        help="The microphone, by its name in devices.",
    ),
    click.option(
        "--output",
        "output_name",
        callback=device_name,
        help="The loudspeaker, by its name in devices.",
    ),
    click.option(
        "--mode",
        type=click.Choice(["room", "headphones", "push"]),
        help="Listen in the room, with headphones, or only after Tab was pressed.",
    ),
    click.option("--headphones", is_flag=True, help="The same as --mode headphones."),
)


@click.command()
@script_argument
@voice_options
@model_option
@device_options
@record_option
@called_option
@json_option
def play(
    script: str,
    *,
    voice: str | None,
    rate: int | None,
    volume: float | None,
    model: Path | None,
    input_name: str | None,
    output_name: str | None,
    mode: str | None,
    headphones: bool,
    record: bool,
    only_when_called: bool | None,
    as_json: bool,
) -> None:
    """Read SCRIPT aloud and listen all the while. SCRIPT is a name or a file.

    Without any loudspeaker it rehearses: a made-up person speaks in a simulated room, and both
    sides are written to rehearsal.wav. Without a microphone it goes by time, keys and pedal.

    \b
    Example:
      voice-guide play back_massage --rate 140
    """
    from voice_guide.audio.devices import has_loudspeaker  # noqa: PLC0415 -- keeps --help quick
    from voice_guide.cli.rehearsing import rehearse_without_devices  # noqa: PLC0415
    from voice_guide.keeping import keep  # noqa: PLC0415
    from voice_guide.opening import open_session, require_voice  # noqa: PLC0415

    if headphones and mode not in {None, "headphones"}:
        raise click.UsageError(f"Give --headphones or --mode {mode}, not both.")
    settings = load_settings().over(
        voice=voice,
        rate=rate,
        volume=volume,
        model=model,
        input=input_name,
        output=output_name,
        mode="headphones" if headphones else mode,
        only_when_called=only_when_called,
    )
    opened = open_session(script, settings)
    require_voice(settings)
    require_devices(input_name, output_name)
    if not has_loudspeaker():
        if record:
            tell("In a rehearsal there is nothing of yours to record.")
        if settings.mode is not None:
            tell(f"A rehearsal listens in a room; the mode {settings.mode} is left aside.")
        rehearse_without_devices(opened, settings, as_json)
        return
    play_kept(keep(opened, settings, tell, record=record), settings, as_json)


def require_devices(input_name: str | None, output_name: str | None) -> None:
    """Make sure that the devices named just now are there. Remembered ones may be away.

    Raises:
        MachineError: one is not; the message names those that are.
    """
    from voice_guide.audio.devices import find_device  # noqa: PLC0415 -- keeps --help quick

    if input_name is not None:
        find_device(input_name, "input")
    if output_name is not None:
        find_device(output_name, "output")


def tell(line: str) -> None:
    """Show something about the program itself, apart from the session."""
    click.echo(line, err=True)


def play_kept(kept: AbstractContextManager[Sitting], settings: Settings, as_json: bool) -> None:
    """Play a session live, from its beginning or from where it was broken off."""
    from voice_guide.cli.watching import watcher  # noqa: PLC0415
    from voice_guide.keyboard import HELP  # noqa: PLC0415
    from voice_guide.live import play_live  # noqa: PLC0415

    resumable = False
    try:
        with kept as sitting:
            resumable = sitting.journal is not None
            if as_json and sitting.recording is not None:
                told = {"t": 0.0, "event": "recording", "path": str(sitting.recording.path)}
                click.echo(json.dumps(told, ensure_ascii=False))
            if not as_json and sys.stdin.isatty():
                click.echo(HELP)
            play_live(sitting, settings, [watcher(as_json, with_the_voice=True)])
    except KeyboardInterrupt:
        tell("Broken off. Type 'voice-guide resume' to go on." if resumable else "Broken off.")
        sys.exit(INTERRUPTED)
