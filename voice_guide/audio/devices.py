"""Which microphones and loudspeakers there are, as PortAudio sees them."""

import importlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from voice_guide.audio.quiet_alsa import quiet_alsa
from voice_guide.audio.quiet_portaudio import quiet_portaudio
from voice_guide.errors import MachineError

DeviceName = str | int | None
"""A device's name, a part of its name, its index, or None for the system's default."""

Side = Literal["input", "output"]


class DeviceMissingError(MachineError):
    """There is no sound device of that name."""


_NOUN = {"input": "microphone", "output": "loudspeaker"}


@dataclass(frozen=True)
class DeviceInfo:
    """One sound device."""

    index: int
    """PortAudio's number for it. It changes when devices come and go: store the name."""

    name: str
    """Its name."""

    host_api: str
    """The sound system it belongs to, such as ALSA, Core Audio or Windows WASAPI."""

    inputs: int
    """Channels it can record; 0 is no microphone."""

    outputs: int
    """Channels it can play; 0 is no loudspeaker."""

    rate: float
    """Its default sample rate, Hz."""

    default_input: bool
    """Whether it is the system's default microphone."""

    default_output: bool
    """Whether it is the system's default loudspeaker."""


def load_portaudio() -> Any:
    """Return the sounddevice module.

    Raises:
        MachineError: PortAudio or sounddevice is missing; the message says what to install.
    """
    try:
        portaudio = importlib.import_module("sounddevice")
    except ImportError as error:
        message = "The Python package sounddevice is missing. Type: pip install sounddevice"
        raise MachineError(message) from error
    except OSError as error:
        message = (
            "PortAudio, the system's library for sound devices, is missing. "
            "On Debian or Ubuntu type: sudo apt install libportaudio2. "
            "On Fedora: sudo dnf install portaudio. On macOS: brew install portaudio."
        )
        raise MachineError(message) from error
    quiet_alsa()
    quiet_portaudio()
    return portaudio


def refresh(portaudio: Any) -> None:
    """Let PortAudio look for devices again, since it reads their list only once.

    No stream may be open meanwhile.
    """
    portaudio._terminate()
    portaudio._initialize()


def list_devices() -> list[DeviceInfo]:
    """Return all sound devices.

    Raises:
        MachineError: PortAudio is missing.
    """
    portaudio = load_portaudio()
    apis = portaudio.query_hostapis()
    default_input, default_output = portaudio.default.device
    return [
        DeviceInfo(
            index=device["index"],
            name=device["name"],
            host_api=apis[device["hostapi"]]["name"],
            inputs=device["max_input_channels"],
            outputs=device["max_output_channels"],
            rate=device["default_samplerate"],
            default_input=device["index"] == default_input,
            default_output=device["index"] == default_output,
        )
        for device in portaudio.query_devices()
    ]


def has_loudspeaker() -> bool:
    """Return whether there is any loudspeaker. False without PortAudio."""
    try:
        return any(device.outputs for device in list_devices())
    except MachineError:
        return False


def find_device(name: DeviceName, side: Side) -> DeviceInfo:
    """Return the device of that name, or the default one, that can record or play.

    Args:
        name: see ``DeviceName``; case does not matter.
        side: "input" for a microphone, "output" for a loudspeaker.

    Raises:
        MachineError: there is none, or the name fits several; the message names the choices.
    """
    usable = [
        device
        for device in list_devices()
        if (device.inputs if side == "input" else device.outputs) > 0
    ]
    noun = _NOUN[side]
    if not usable:
        raise no_device(name, noun)
    if name is None:
        return next((device for device in usable if _is_default(device, side)), usable[0])
    matches = _matches(name, usable)
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise MachineError(f"Several {noun}s fit {name!r}. {_choose(matches)}")
    raise not_among(name, usable, noun)


def no_device(name: DeviceName, noun: str = "sound device") -> MachineError:
    """Return the error that there is no device, neither of that name nor of any other."""
    called = "" if name is None else f" called {name!r}, nor any other"
    return MachineError(
        f"There is no {noun}{called}. Plug one in and switch it on; on Linux check that "
        "PulseAudio or PipeWire runs. Then type: voice-guide devices"
    )


def not_among(
    name: DeviceName, there: Sequence[DeviceInfo], noun: str = "sound device"
) -> DeviceMissingError:
    """Return the error that there is no device of that name among those that are there."""
    return DeviceMissingError(f"There is no {noun} called {name!r}. {_choose(there)}")


def _choose(devices: Sequence[DeviceInfo]) -> str:
    choices = "; ".join(f"{device.index}: {device.name}" for device in devices)
    return f"Choose one by its name or number: {choices}"


def _is_default(device: DeviceInfo, side: Side) -> bool:
    return device.default_input if side == "input" else device.default_output


def _matches(name: str | int, devices: list[DeviceInfo]) -> list[DeviceInfo]:
    """Return the devices of that index or exact name, or else those whose name contains it."""
    if isinstance(name, int) or name.isdigit():
        return [device for device in devices if device.index == int(name)]
    for form in (str.casefold, lasting_name):
        wanted = form(name)
        exact = [device for device in devices if form(device.name) == wanted]
        if exact:
            return exact[:1]
    wanted = lasting_name(name)
    return [device for device in devices if wanted in lasting_name(device.name)]


def lasting_name(name: str) -> str:
    """Return what of a device's name stays the same when it is plugged in elsewhere.

    ALSA adds the number of the card, "USB Audio: - (hw:1,0)", and Windows that of the socket,
    "Microphone (2- USB Audio)".
    """
    plain = re.sub(r"\s*\((?:plug)?hw:[^)]*\)", "", name.casefold())
    return re.sub(r"\(\d+-\s*", "(", plain).strip()
