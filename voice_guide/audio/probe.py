"""Looks from another process whether the devices work.

PortAudio reads the list of devices once, and reading it again breaks open streams. A process of
its own sees what has been plugged in meanwhile, while the rest goes on playing; and where a sound
server hangs, it can be ended.
"""

import subprocess
import sys
from collections.abc import Callable, Iterable

from voice_guide.audio.devices import DeviceName
from voice_guide.audio.format import silence
from voice_guide.audio.plans import Sides
from voice_guide.audio.portaudio import PortAudioDevice
from voice_guide.errors import MachineError

PATIENCE = 15.0
"""Seconds after which a probe that hangs is ended."""

_BLOCKS = 5
_NO_NAME = ""

Probe = Callable[[Iterable[Sides]], frozenset[Sides]]
"""Returns which of some single sides work."""


def prober(device: PortAudioDevice) -> Probe:
    """Return what looks for a device's sides. It takes about a second, and up to ``PATIENCE``."""

    def probe(wanted: Iterable[Sides]) -> frozenset[Sides]:
        names = [_NO_NAME if name is None else str(name) for name in device.names]
        command = [sys.executable, "-m", "voice_guide.audio.probe", *names]
        command += [sides.value for sides in wanted]
        try:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                timeout=PATIENCE,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return frozenset()
        return frozenset(Sides(word) for word in done.stdout.split())

    return probe


def main(arguments: list[str]) -> None:
    """Print which sides of the devices of two names work, one a line.

    Args:
        arguments: the names of the microphone and of the loudspeaker, and the sides to look at.
    """
    names: list[DeviceName] = [name if name != _NO_NAME else None for name in arguments[:2]]
    device = PortAudioDevice(input_device=names[0], output_device=names[1])
    for sides in map(Sides, arguments[2:]):
        try:
            device.start(sides)
            for _ in range(_BLOCKS):
                device.exchange(silence())
        except MachineError:
            continue
        finally:
            device.close()
        sys.stdout.write(f"{sides.value}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
