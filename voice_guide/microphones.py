"""Which microphone hears you: all of them are listened to at once, for some seconds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from voice_guide.audio.device import DeviceLostError
from voice_guide.audio.devices import DeviceInfo
from voice_guide.audio.format import BLOCK_SECONDS, RATE, Samples, silence
from voice_guide.audio.plans import Sides
from voice_guide.audio.portaudio import PortAudioDevice
from voice_guide.errors import MachineError
from voice_guide.speech.vad import WINDOW, VoiceDetector

SHOWN_EVERY = 0.1
"""Seconds over which a level is taken."""

ENOUGH_VOICE = 0.25
"""Seconds of voice from which a microphone has heard somebody. A short word has more."""

ALIKE_DB = 3.0
"""Microphones whose levels differ by less hear alike: one of them may be the other's alias."""

SILENT_DB = -100.0

_ALIASES = {"sysdefault", "dmix", "dsnoop", "upmix", "vdownmix", "jack", "oss"} | {
    "lavrate",
    "samplerate",
    "speex",
    "speexrate",
}
"""ALSA's other names for what is listed anyway."""

_LEVEL_BLOCKS = round(SHOWN_EVERY / BLOCK_SECONDS)


@dataclass
class Meter:
    """What one microphone hears."""

    device: DeviceInfo
    trouble: str | None = None
    """Why it cannot be listened to."""
    level_db: float = SILENT_DB
    """RMS of the last ``SHOWN_EVERY`` seconds, dB re full scale."""
    loudest_db: float = SILENT_DB
    """The highest level so far."""
    voice: float = 0.0
    """Seconds of voice so far."""
    dead: bool = True
    """Whether nothing but digital silence has come so far."""
    _energies: list[float] = field(default_factory=list)

    def accept(self, block: Samples, windows_with_voice: int) -> None:
        """Take the next block, shape (BLOCK,), and how many windows had a voice in them."""
        self.dead = self.dead and not block.any()
        self.voice += windows_with_voice * WINDOW / RATE
        self._energies.append(float(np.mean(block**2)))
        if len(self._energies) == _LEVEL_BLOCKS:
            mean = float(np.mean(self._energies))
            self.level_db = max(10 * float(np.log10(mean + 1e-20)), SILENT_DB)
            self.loudest_db = max(self.loudest_db, self.level_db)
            self._energies.clear()


def worth_a_meter(devices: Iterable[DeviceInfo]) -> list[DeviceInfo]:
    """Return the microphones without the further names that some systems have for them."""
    microphones = [device for device in devices if device.inputs]
    default = next((device for device in microphones if device.default_input), None)
    return [
        device
        for device in microphones
        if (default is None or device.host_api == default.host_api)
        and device.name.split(":")[0] not in _ALIASES
    ]


def listen(devices: Iterable[DeviceInfo], seconds: float) -> Iterator[tuple[float, list[Meter]]]:
    """Listen to microphones, and yield the time and all meters every ``SHOWN_EVERY`` seconds."""
    ears: list[tuple[Meter, PortAudioDevice, VoiceDetector]] = []
    meters = []
    try:
        for device in devices:
            microphone = PortAudioDevice(input_device=device.index)
            meters.append(Meter(device))
            try:
                microphone.start(Sides.MICROPHONE)
            except MachineError:
                meters[-1].trouble = "cannot be opened; perhaps another program uses it"
            else:
                ears.append((meters[-1], microphone, VoiceDetector()))
        for count in range(1, round(seconds / BLOCK_SECONDS) + 1):
            if not ears:
                break
            for ear in tuple(ears):
                if not _hear(*ear):
                    ears.remove(ear)
            if count % _LEVEL_BLOCKS == 0:
                yield count * BLOCK_SECONDS, meters
        yield seconds, meters
    finally:
        for _, microphone, _ in ears:
            microphone.close()


def _hear(meter: Meter, microphone: PortAudioDevice, detector: VoiceDetector) -> bool:
    """Take a block. Return whether the microphone goes on."""
    try:
        block = microphone.exchange(silence()).microphone
    except DeviceLostError:
        meter.trouble = "delivers no sound any more"
        microphone.close()
        return False
    meter.accept(block, sum(probability >= 0.5 for probability in detector.accept(block)))
    return True


def heard_best(meters: Iterable[Meter]) -> Meter | None:
    """Return the microphone that has heard somebody speak, the loudest; None if none has.

    Of those that hear alike it is the system's default.
    """
    heard = [meter for meter in meters if meter.voice >= ENOUGH_VOICE]
    if not heard:
        return None
    loudest = max(meter.loudest_db for meter in heard)
    alike = [meter for meter in heard if meter.loudest_db > loudest - ALIKE_DB]
    return next((meter for meter in alike if meter.device.default_input), alike[0])
