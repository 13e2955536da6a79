"""Tells a Bluetooth headset's microphone, which turns the whole headset into a telephone."""

import re
import shutil
import subprocess
import sys

from voice_guide.audio.devices import DeviceInfo

WARNING = (
    "it looks like the microphone of a Bluetooth headset. While that is open the headset works as "
    "a telephone: the narrator sounds dull, and you are heard less well. Better take the headset "
    "as the loudspeaker alone, and another microphone"
)
"""What to tell the user, without a full stop."""

_SERVERS = ("default", "pulse", "pipewire")
"""ALSA's names for a sound server, behind which any microphone may be."""

_SURE = re.compile(r"hands-?free|\bhfp\b|\bhsp\b|\bsco\b|airpods|bluez|bluetooth|\bbuds?\d*\b")
_LIKELY = re.compile(r"headset|headphone|\bbt\b")
_TELEPHONE_RATE = 16_000.0
_PATIENCE = 3.0


def is_telephone(device: DeviceInfo) -> bool:
    """Return whether a microphone is one of a Bluetooth headset, as far as its name tells.

    The telephone profile has one channel of 8 or 16 kHz. A name alone is enough where it is
    sure; where it is only likely, it must have that too.
    """
    if device.inputs == 0:
        return False
    name = device.name.casefold()
    if name in _SERVERS:
        return bool(_SURE.search(_server_source().casefold()))
    narrow = device.rate <= _TELEPHONE_RATE and device.inputs == 1
    return bool(_SURE.search(name) or (narrow and _LIKELY.search(name)))


def _server_source() -> str:
    """Return the name of PulseAudio's or PipeWire's microphone; nothing where it cannot be told."""
    pactl = shutil.which("pactl") if sys.platform == "linux" else None
    if pactl is None:
        return ""
    try:
        done = subprocess.run(
            [pactl, "get-default-source"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()
