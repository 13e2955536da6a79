"""``voice-guide resume``: go on with a session that was broken off."""

from pathlib import Path

import click

from voice_guide.cli.options import (
    called_option,
    json_option,
    model_option,
    record_option,
    voice_options,
)
from voice_guide.cli.play import device_options, play_kept, require_devices, tell
from voice_guide.settings import load_settings


@click.command()
@click.argument("script", required=False)
@voice_options
@model_option
@device_options
@record_option
@called_option
@json_option
def resume(
    script: str | None,
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
    """Go on with the last session, of SCRIPT or of any, if it was broken off.

    \b
    Example:
      voice-guide resume
    """
    from voice_guide.keeping import keep_last  # noqa: PLC0415 -- keeps --help quick
    from voice_guide.opening import require_voice  # noqa: PLC0415

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
    require_voice(settings)
    require_devices(input_name, output_name)
    kept = keep_last(script, settings, tell, record=record)
    play_kept(kept, settings, as_json)
