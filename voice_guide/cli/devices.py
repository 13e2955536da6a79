"""``voice-guide devices``: the microphones and loudspeakers, and which of them hears you."""

import contextlib
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import NoReturn

import click

from voice_guide import settings_file
from voice_guide.audio import bluetooth
from voice_guide.audio.devices import (
    DeviceInfo,
    DeviceMissingError,
    Side,
    find_device,
    list_devices,
    no_device,
    not_among,
)
from voice_guide.cli.options import device_name, json_option
from voice_guide.errors import MachineError
from voice_guide.microphones import Meter, heard_best, listen, worth_a_meter
from voice_guide.settings import Settings, load_settings, settings_path

SECONDS = 5.0
"""How long the meters are shown."""

_NOUNS: dict[Side, str] = {"input": "microphone", "output": "loudspeaker"}
_BAR = 30
_QUIETEST_DB = -60.0


@click.command()
@click.option("--list", "only_list", is_flag=True, help="Only list them; do not listen.")
@click.option(
    "--use",
    metavar="NAME",
    callback=device_name,
    help="Use this one from now on, as far as it can.",
)
@click.option("--forget", is_flag=True, help="Use the system's defaults from now on.")
@click.option(
    "--seconds",
    type=click.FloatRange(1, 60),
    default=SECONDS,
    show_default=True,
    help="How long to listen.",
)
@json_option
def devices(
    *, only_list: bool, use: str | None, forget: bool, seconds: float, as_json: bool
) -> None:
    """List the microphones and loudspeakers, and show which microphone hears you.

    Nothing of what is heard is kept. With --use a device is remembered by its name: as the
    microphone, the loudspeaker, or both if it is both.

    \b
    Examples:
      voice-guide devices
      voice-guide devices --use "USB Headset"
    """
    if forget:
        for side in _NOUNS:
            settings_file.choose(settings_path(), side, None)
        told = "From now on the system's default microphone and loudspeaker are used."
        click.echo(json.dumps({"event": "forgotten", "message": told}) if as_json else told)
    elif use is not None:
        try:
            _remember(use, as_json)
        except MachineError as error:
            _end_without_devices(error, as_json)
    else:
        found = list_devices()
        if not found:
            _end_without_devices(no_device(None), as_json)
        _show_list(found, load_settings(), as_json)
        microphones = worth_a_meter(found)
        if microphones and not only_list:
            _show_meters(microphones, seconds, as_json)


def _end_without_devices(error: MachineError, as_json: bool) -> NoReturn:
    """Say that there is no device, and what to do. Programs read it where they read the list."""
    if as_json:
        click.echo(json.dumps({"event": "no_device", "message": str(error)}, ensure_ascii=False))
    else:
        click.echo(str(error), err=True)
    sys.exit(error.exit_code)


def _remember(name: str, as_json: bool) -> None:
    found: dict[Side, DeviceInfo] = {}
    there = list_devices()
    if not there:
        raise no_device(name)
    for side in _NOUNS:
        if not any(_works(device, side) for device in there):
            continue
        with contextlib.suppress(DeviceMissingError):
            found[side] = find_device(name, side)
    if not found:
        raise not_among(name, there)
    for side, device in found.items():
        settings_file.choose(settings_path(), side, device.name)
        telephone = side == "input" and bluetooth.is_telephone(device)
        if as_json:
            told = {"event": "chosen", "side": side, "name": device.name, "telephone": telephone}
            click.echo(json.dumps(told, ensure_ascii=False))
            continue
        click.echo(f"The {_NOUNS[side]} is {device.name!r} from now on.")
        if telephone:
            click.echo(f"But {bluetooth.WARNING}.")


def _show_list(found: list[DeviceInfo], settings: Settings, as_json: bool) -> None:
    chosen = {side: _chosen(name, side, found) for side, name in _asked(settings).items()}
    for device in found:
        telephone = bluetooth.is_telephone(device)
        if as_json:
            told = asdict(device) | {"telephone": telephone}
            told |= {f"chosen_{side}": chosen[side] == device.index for side in _NOUNS}
            click.echo(json.dumps(told, ensure_ascii=False))
            continue
        kinds = []
        for side, noun in _NOUNS.items():
            if not _works(device, side):
                continue
            default = device.default_input if side == "input" else device.default_output
            mark = " (chosen)" if chosen[side] == device.index else " (default)" if default else ""
            kinds.append(noun + mark)
        click.echo(f"{device.name}: {', '.join(kinds)}; {device.host_api}, {device.rate:.0f} Hz")
        if telephone:
            click.echo(f"    Careful: {bluetooth.WARNING}.")
    if as_json:
        return
    for side, name in _asked(settings).items():
        if name is not None and chosen[side] is None:
            click.echo(f"The {_NOUNS[side]} that you chose is not there: {name!r}.")


def _works(device: DeviceInfo, side: Side) -> bool:
    return (device.inputs if side == "input" else device.outputs) > 0


def _asked(settings: Settings) -> dict[Side, str | None]:
    return {"input": settings.input, "output": settings.output}


def _chosen(name: str | None, side: Side, there: list[DeviceInfo]) -> int | None:
    if name is None or not any(_works(device, side) for device in there):
        return None
    try:
        return find_device(name, side).index
    except DeviceMissingError:
        return None


def _show_meters(microphones: list[DeviceInfo], seconds: float, as_json: bool) -> None:
    meters: list[Meter] = []
    if not as_json:
        click.echo(f"\nSay something. I listen for {seconds:.0f} seconds.")
    show = _json_lines() if as_json else _bars() if sys.stdout.isatty() else _plain_lines()
    for at, meters in listen(microphones, seconds):
        show(at, meters)
    best = heard_best(meters)
    if as_json:
        name = None if best is None else best.device.name
        click.echo(json.dumps({"event": "heard_by", "name": name}, ensure_ascii=False))
        return
    for meter in meters:
        if meter.trouble is not None:
            click.echo(f"{meter.device.name}: {meter.trouble}.")
        elif meter.dead:
            click.echo(f"{meter.device.name}: nothing but silence. Perhaps it is muted.")
    if best is None:
        click.echo("No microphone has heard you speak.")
    else:
        click.echo(f"Heard you: {best.device.name}, at {best.loudest_db:.0f} dB.")
        click.echo(f'To use it always, type: voice-guide devices --use "{best.device.name}"')


Show = Callable[[float, list[Meter]], None]


def _bars() -> Show:
    """Return what draws a bar for each microphone, in place."""
    drawn = 0

    def show(at: float, meters: list[Meter]) -> None:
        nonlocal drawn
        del at
        if drawn:
            click.echo(f"\x1b[{drawn}A", nl=False)
        for meter in meters:
            full = round(_BAR * min(max(1 - meter.level_db / _QUIETEST_DB, 0.0), 1.0))
            voice = "voice" if meter.voice > 0 else ""
            click.echo(f"\x1b[2K{'#' * full:{_BAR}} {meter.device.name} {voice}")
        drawn = len(meters)

    return show


def _plain_lines() -> Show:
    """Return what writes a line for each microphone every second."""
    told = 0

    def show(at: float, meters: list[Meter]) -> None:
        nonlocal told
        if at < told + 1:
            return
        told = int(at)
        for meter in meters:
            if meter.trouble is None:
                voice = ", a voice" if meter.voice > 0 else ""
                click.echo(f"{told} s  {meter.device.name}: {meter.level_db:.0f} dB{voice}")

    return show


def _json_lines() -> Show:
    """Return what writes an object for each microphone, for each level."""

    def show(at: float, meters: list[Meter]) -> None:
        for meter in meters:
            told = {
                "event": "level",
                "t": round(at, 2),
                "name": meter.device.name,
                "level_db": round(meter.level_db, 1),
                "voice_s": round(meter.voice, 2),
                "trouble": meter.trouble,
            }
            click.echo(json.dumps(told, ensure_ascii=False))

    return show
