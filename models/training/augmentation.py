"""One utterance as it might have been said elsewhere: faster, farther, in noise, quieter."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats32 = NDArray[np.float32]
_RATE = 16000
_HISS = 10.0
"""Amplitude of the noise that is always there: -70 dB of full scale, as the listener mixes in."""


@dataclass(frozen=True)
class Chances:
    """How often what is done. All amounts are drawn evenly from their ranges."""

    speed: float = 0.7
    speeds: tuple[float, float] = (0.85, 1.18)
    room: float = 0.5
    reverberation_s: tuple[float, float] = (0.15, 0.7)
    filtered: float = 0.3
    noise: float = 0.8
    snr_db: tuple[float, float] = (0, 30)
    clipped_start: float = 0.05
    peak_db: tuple[float, float] = (-38, -1)
    clatter: float = 0.0
    """Of the noises, how many are clatter."""


class Augmenter:
    """Changes utterances at random; the same seed gives the same."""

    def __init__(self, noises: Sequence[Floats32], seed: int, chances: Chances = Chances()) -> None:
        """Begin.

        Args:
            noises: recorded noises and babble, each at least a second.
            seed: of the random numbers.
            chances: how often what is done.
        """
        self._noises = noises
        self._random = np.random.default_rng(seed)
        self._chances = chances

    def change(
        self, sound: Floats32, targets: NDArray[np.uint8], silence: int, *, padded: bool
    ) -> tuple[Floats32, NDArray[np.uint8]]:
        """Return an utterance, changed, and its targets.

        Args:
            sound: samples in the range of 16-bit integers.
            targets: one for each frame of 160 samples.
            silence: the target of silence.
            padded: put silence before and after it.
        """
        random, chances = self._random, self._chances
        if random.random() < chances.speed:
            sound, targets = _faster(sound, targets, random.uniform(*chances.speeds))
        if random.random() < chances.clipped_start:
            frames = int(random.integers(1, 7))
            sound, targets = sound[frames * 160 :], targets[frames:]
        if padded:
            before, after = (int(random.integers(8, 45)), int(random.integers(20, 60)))
            sound = np.pad(sound, (before * 160, after * 160))
            targets = np.pad(targets, (before, after), constant_values=silence)
        sound = self._transmitted(sound)
        level = float(np.sqrt(np.mean(np.square(sound)))) or 1.0
        if random.random() < chances.noise:
            snr = random.uniform(*chances.snr_db)
            sound = sound + self.noise(len(sound)) * (level * 10 ** (-snr / 20))
        peak = 32767 * 10 ** (random.uniform(*chances.peak_db) / 20)
        sound = sound * (peak / max(1.0, float(np.abs(sound).max())))
        sound = sound + random.standard_normal(len(sound), dtype=np.float32) * _HISS
        return np.clip(sound, -32768, 32767).astype(np.float32), targets

    def noise(self, length: int) -> Floats32:
        """Return some noise at a mean power of 1, shape (length,)."""
        clatter = self._chances.clatter
        if clatter and self._random.random() < clatter:
            sound = self._clatter(length)
            return np.asarray(sound / (np.sqrt(np.mean(np.square(sound))) + 1e-6), np.float32)
        kind = self._random.random()
        if kind < 0.65:
            recorded = self._noises[int(self._random.integers(len(self._noises)))]
            start = int(self._random.integers(len(recorded)))
            sound = np.resize(np.roll(recorded, -start), length).astype(np.float32)
        elif kind < 0.9:
            sound = self._coloured(length)
        else:
            sound = self._music(length)
        return np.asarray(sound / (np.sqrt(np.mean(np.square(sound))) + 1e-6), np.float32)

    def nothing(self, length: int) -> Floats32:
        """Return a place where nobody speaks, at any level, shape (length,)."""
        random = self._random
        sound = self._transmitted(self.noise(length))
        peak = 32767 * 10 ** (random.uniform(*self._chances.peak_db) / 20)
        sound = sound * (peak / max(1e-6, float(np.abs(sound).max())))
        sound = sound + random.standard_normal(length, dtype=np.float32) * _HISS
        return np.clip(sound, -32768, 32767).astype(np.float32)

    def _clatter(self, length: int) -> Floats32:
        """Return dishes and cutlery: knocks and rings, one to eight a second, over some hiss."""
        random = self._random
        sound = 0.02 * self._coloured(length)
        for _ in range(1 + int(random.uniform(1, 8) * length / _RATE)):
            start = int(random.integers(length))
            decay_s = np.exp(random.uniform(np.log(0.004), np.log(0.15)))
            time = np.arange(min(length - start, int(6 * decay_s * _RATE))) / _RATE
            if random.random() < 0.5:
                pitches = np.exp(random.uniform(np.log(600), np.log(7500), 4))
                ringing = np.sin(2 * np.pi * pitches[:, None] * time) * random.random((4, 1))
                event = ringing.sum(0)
            else:
                event = self._coloured(max(2, len(time)))[: len(time)]
            loud = np.exp(random.normal(0, 0.8)) / (np.sqrt(np.mean(np.square(event))) + 1e-6)
            sound[start : start + len(time)] += loud * event * np.exp(-time / decay_s)
        return sound.astype(np.float32)

    def _coloured(self, length: int) -> Floats32:
        """Return noise that falls by 0 to 9 dB an octave: from hiss to rumble."""
        spectrum = np.fft.rfft(self._random.standard_normal(length, dtype=np.float32))
        frequency = np.maximum(np.fft.rfftfreq(length, 1 / _RATE), 40)
        slope = self._random.uniform(0, 1.5)
        return np.fft.irfft(spectrum * frequency**-slope, length).astype(np.float32)

    def _music(self, length: int) -> Floats32:
        """Return chords that change a few times a second."""
        time = np.arange(length) / _RATE
        sound = np.zeros(length)
        note = int(_RATE * self._random.uniform(0.2, 0.7))
        for start in range(0, length, note):
            piece = slice(start, min(length, start + note))
            fade = np.exp(-3 * (time[piece] - time[start]))
            for pitch in self._random.choice(np.arange(36, 84), 3):
                tone = 2 * np.pi * 440 * 2 ** ((pitch - 69) / 12) * time[piece]
                sound[piece] += fade * sum(np.sin(h * tone) / h for h in (1, 2, 3, 4))
        return sound.astype(np.float32)

    def _transmitted(self, sound: Floats32) -> Floats32:
        """Return a sound after a room and a microphone."""
        random, chances = self._random, self._chances
        in_room, filtered = random.random() < chances.room, random.random() < chances.filtered
        if not (in_room or filtered):
            return sound
        size = 1 << int(len(sound) + _RATE // 2 - 1).bit_length()
        spectrum = np.fft.rfft(sound, size)
        if in_room:
            spectrum *= np.fft.rfft(self._room(), size)
        if filtered:
            spectrum *= self._microphone(np.asarray(np.fft.rfftfreq(size, 1 / _RATE), np.float64))
        return np.fft.irfft(spectrum, size)[: len(sound)].astype(np.float32)

    def _room(self) -> Floats32:
        """Return an impulse response: the direct sound and a tail of decaying noise."""
        random = self._random
        decay = random.uniform(*self._chances.reverberation_s)
        time = np.arange(int(min(0.5, decay) * _RATE)) / _RATE
        tail = random.standard_normal(len(time)) * np.exp(-6.9 * time / decay)
        tail[: int(random.uniform(0.001, 0.008) * _RATE)] = 0
        tail /= np.sqrt(np.square(tail).sum())
        tail *= 10 ** (random.uniform(-12, 4) / 20)
        tail[0] = 1.0
        return tail.astype(np.float32)

    def _microphone(self, frequency: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return gains: a telephone's band, or a tilt and a bump."""
        random = self._random
        if random.random() < 0.3:
            low, high = random.uniform(150, 350), random.uniform(3200, 4000)
            return np.asarray(
                1 / (1 + (low / (frequency + 1)) ** 6) / (1 + (frequency / high) ** 10)
            )
        octaves = np.log2((frequency + 50) / 1000)
        bump = random.uniform(-8, 8) * np.exp(-((octaves - random.uniform(-2, 2)) ** 2))
        return np.asarray(10 ** ((random.uniform(-4, 4) * octaves + bump) / 20))


def _faster(
    sound: Floats32, targets: NDArray[np.uint8], speed: float
) -> tuple[Floats32, NDArray[np.uint8]]:
    """Return an utterance at another speed and pitch, as if the vocal tract had another length."""
    at = np.arange(int(len(sound) / speed)) * speed
    frames = np.minimum(
        (np.arange(int(len(targets) / speed)) * speed).astype(int), len(targets) - 1
    )
    return np.interp(at, np.arange(len(sound)), sound).astype(np.float32), targets[frames]
