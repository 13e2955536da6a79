"""``voice-guide devices``: the microphones and loudspeakers that PortAudio knows."""

import json
from dataclasses import asdict

import click

from voice_guide.audio.devices import list_devices
from voice_guide.cli.options import json_option


@click.command()
@json_option
def devices(as_json: bool) -> None:
    """List the microphones and loudspeakers. Choose one by its name with play --input, --output.

    \b
    Example:
      voice-guide devices
    """
    found = list_devices()
    if as_json:
        for device in found:
            click.echo(json.dumps(asdict(device), ensure_ascii=False))
        return
    if not found:
        click.echo("There is no sound device on this machine.")
    for device in found:
        kinds = []
        if device.inputs:
            kinds.append("microphone" + (" (default)" if device.default_input else ""))
        if device.outputs:
            kinds.append("loudspeaker" + (" (default)" if device.default_output else ""))
        click.echo(f"{device.name}: {', '.join(kinds)}; {device.host_api}, {device.rate:.0f} Hz")
