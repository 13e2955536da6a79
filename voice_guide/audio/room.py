"""A simulated room: a duplex device without hardware, deterministic, faster than real time."""

from array import array
from collections import deque
from dataclasses import dataclass
from enum import Enum

import numpy as np

from voice_guide.audio.acoustics import (
    distort,
    fan_noise,
    impulse_response,
    looped,
    spoken_level_db,
)
from voice_guide.audio.convolution import BlockConvolver
from voice_guide.audio.delay import DriftingDelay
from voice_guide.audio.device import Exchange
from voice_guide.audio.format import BLOCK, Samples, gain, silence

_PERSON_RT60_S = 0.25
_PERSON_DIRECT_DB = 6.0
_FULL_SCALE_16 = 32767.0


class Noise(Enum):
    """What is heard in the room besides the narrator and the people."""

    NONE = "none"
    """Digital silence."""

    FAN = "fan"
    """A fan and a mains hum, stationary."""

    RECORDING = "recording"
    """The recording given to the room, over and over."""


@dataclass(frozen=True)
class RoomSettings:
    """A room. The defaults are a quiet living room with a small loudspeaker across the table."""

    delay_s: float = 0.08
    """From a block's hand-over to the loudspeaker until its direct sound is in a microphone
    block, seconds, sample-exact. Live devices show 0.02 to 0.15."""

    drift_ppm: float = 0.0
    """How much slower the loudspeaker's clock is than the microphone's, parts per million: the
    delay grows by as much. Two devices show up to 100 either way; one device shows none."""

    jumps: tuple[tuple[float, float], ...] = ()
    """Sudden changes of the delay: (seconds since the start, by how many seconds)."""

    rt60_s: float = 0.35
    """Reverberation time of the loudspeaker's sound: seconds until it fell by 60 dB."""

    echo_direct_db: float = 3.0
    """The loudspeaker's direct sound relative to its reverberation at the microphone, dB."""

    echo_db: float = -10.0
    """Level of the loudspeaker's sound at the microphone relative to what it is handed, dB.
    espeak's speech of about -19 dB comes back at -29 dB: 3 dB below a person of -26 dB."""

    distortion: float = 0.5
    """Drive of the loudspeaker's soft saturation; 0 is a perfectly linear loudspeaker."""

    noise: Noise = Noise.FAN
    """The kind of background noise."""

    noise_db: float = -60.0
    """RMS of the noise at the microphone, dB re full scale."""

    seed: int = 1
    """Fixes the room's impulse responses and its noise. Same seed, same samples."""


class SimulatedRoom:
    """Loudspeaker, room, people and microphone as a ``DuplexDevice`` that never waits."""

    def __init__(
        self,
        settings: RoomSettings | None = None,
        *,
        noise_recording: Samples | None = None,
        record: bool = False,
    ) -> None:
        """Build the room.

        Args:
            settings: the room; a quiet living room when left out.
            noise_recording: shape (n,), needed for ``Noise.RECORDING``.
            record: keep both sides for ``recording``, 64 kB per second.

        Raises:
            ValueError: ``Noise.RECORDING`` without a recording.
        """
        self.settings = settings or RoomSettings()
        rng = np.random.default_rng(self.settings.seed)
        echo = impulse_response(
            rng, rt60_s=self.settings.rt60_s, direct_db=self.settings.echo_direct_db
        )
        self._person = impulse_response(rng, rt60_s=_PERSON_RT60_S, direct_db=_PERSON_DIRECT_DB)
        self._echo = BlockConvolver(echo * np.float32(gain(self.settings.echo_db)))
        self._noise = _noise(self.settings, rng, noise_recording)
        self._noise_at = 0
        self._delay = DriftingDelay(
            self.settings.delay_s, self.settings.drift_ppm, self.settings.jumps
        )
        self._people: deque[Samples] = deque()
        self._record = record
        self._played = array("h")
        self._heard = array("h")
        self._index = 0

    def start(self) -> None:
        """Do nothing: a room needs no opening."""

    def close(self) -> None:
        """Do nothing: what was recorded stays."""

    def hush(self) -> None:
        """Do nothing: nothing is queued here, and sound already in the air arrives."""

    def soften(self, factor: float) -> bool:
        """Do nothing: nothing is queued here."""
        return False

    def speak(self, speech: Samples, *, level_db: float = -26.0) -> None:
        """Let a person say something, from the next block on, over anybody who still speaks.

        Args:
            speech: a dry voice, shape (n,), at any level.
            level_db: RMS of its spoken parts at the microphone, dB re full scale.
        """
        heard = _convolve(np.asarray(speech, dtype=np.float32), self._person)
        level = spoken_level_db(heard)
        if np.isinf(level):
            return
        heard *= np.float32(gain(level_db - level))
        blocks = -(-len(heard) // BLOCK)
        heard = np.pad(heard, (0, blocks * BLOCK - len(heard)))
        while len(self._people) < blocks:
            self._people.append(silence())
        for number in range(blocks):
            self._people[number] += heard[number * BLOCK : (number + 1) * BLOCK]

    @property
    def speaking(self) -> bool:
        """Whether a person's voice, or its reverberation, is still to come."""
        return bool(self._people)

    def exchange(self, loudspeaker: Samples) -> Exchange:
        """Play a block, shape (BLOCK,), and return what the microphone hears meanwhile, at once."""
        reference = np.array(loudspeaker, dtype=np.float32)
        microphone = self._echo(self._delay(distort(reference, self.settings.distortion)))
        if self._people:
            microphone += self._people.popleft()
        if self._noise is not None:
            microphone += self._next_noise(self._noise)
        np.clip(microphone, -1.0, 1.0, out=microphone)
        if self._record:
            self._played.frombytes(_sixteen_bit(reference))
            self._heard.frombytes(_sixteen_bit(microphone))
        exchange = Exchange(self._index, microphone, reference)
        self._index += 1
        return exchange

    def recording(self) -> tuple[Samples, Samples]:
        """Return (loudspeaker, microphone) since the start, each of shape (n,).

        Both are empty unless the room was made with ``record=True``.
        """
        return _from_sixteen_bit(self._played), _from_sixteen_bit(self._heard)

    def _next_noise(self, noise: Samples) -> Samples:
        block = np.take(noise, np.arange(self._noise_at, self._noise_at + BLOCK), mode="wrap")
        self._noise_at = (self._noise_at + BLOCK) % len(noise)
        return block


def _noise(
    settings: RoomSettings, rng: np.random.Generator, recording: Samples | None
) -> Samples | None:
    """Return a loop of the room's noise at its level, or None for no noise."""
    if settings.noise is Noise.NONE:
        return None
    if settings.noise is Noise.FAN:
        loop = fan_noise(rng)
    elif recording is None or not len(recording):
        message = "Noise.RECORDING needs noise_recording."
        raise ValueError(message)
    else:
        loop = looped(recording)
    return (loop * gain(settings.noise_db)).astype(np.float32)


def _convolve(sound: Samples, response: Samples) -> Samples:
    length = len(sound) + len(response) - 1
    size = 1 << (length - 1).bit_length()
    spectrum = np.fft.rfft(sound, size) * np.fft.rfft(response, size)
    return np.fft.irfft(spectrum, size)[:length].astype(np.float32)


def _sixteen_bit(block: Samples) -> bytes:
    return np.round(np.clip(block, -1.0, 1.0) * _FULL_SCALE_16).astype(np.int16).tobytes()


def _from_sixteen_bit(recorded: "array[int]") -> Samples:
    return np.array(recorded, dtype=np.float32) / np.float32(_FULL_SCALE_16)
