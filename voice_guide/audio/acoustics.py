"""Acoustics of a simulated room: impulse responses, noise, a loudspeaker's distortion, levels."""

from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from voice_guide.audio.format import BLOCK, RATE, Samples, gain, samples

_NOISE_LOOP = 8 * RATE
"""Samples of generated noise before it repeats, without a seam."""

_SPOKEN_RANGE_DB = 30.0
"""Frames this far below the loudest count as pauses when speech is measured."""


def impulse_response(rng: Generator, *, rt60_s: float, direct_db: float) -> Samples:
    """Return a synthetic room response, shape (n,), of unit energy, direct sound first.

    Args:
        rng: where its randomness comes from.
        rt60_s: seconds in which the reverberation falls by 60 dB.
        direct_db: energy of the direct sound relative to the whole reverberation, dB.
    """
    length = samples(rt60_s)
    time = np.arange(length) / RATE
    tail = rng.standard_normal(length) * 10.0 ** (-3.0 * time / rt60_s)
    # Reflections are sparse at first and dense after some 40 ms.
    density = np.clip(time / 0.04, 0.02, 1.0)
    tail *= rng.random(length) < density
    tail[: samples(0.002)] = 0.0
    tail /= np.sqrt(np.sum(tail**2))
    tail[0] = gain(direct_db)
    return np.asarray(tail / np.sqrt(np.sum(tail**2)), dtype=np.float32)


def fan_noise(rng: Generator) -> Samples:
    """Return a loop of fan-like noise with a mains hum, shape (n,), RMS 1."""
    frequencies = np.fft.rfftfreq(_NOISE_LOOP, 1 / RATE)
    shape = 1.0 / np.maximum(frequencies, 60.0)
    phases = np.exp(2j * np.pi * rng.random(len(frequencies)))
    noise = _unit(np.fft.irfft(shape * phases, _NOISE_LOOP))
    time = np.arange(_NOISE_LOOP) / RATE
    overtones = np.array([1, 2, 3, 6])[:, None]
    hum = np.sum(np.sin(2 * np.pi * 50 * overtones * time) / overtones, axis=0)
    return _unit(noise + 0.5 * _unit(hum))


def looped(recording: Samples) -> Samples:
    """Return a noise recording, shape (n,), at RMS 1."""
    return _unit(recording)


def distort(block: Samples, drive: float) -> Samples:
    """Return what a small loudspeaker makes of a block: soft saturation, a little lopsided.

    Args:
        block: what it is given, shape (n,).
        drive: 0 is linear; 0.5 gives about 1 % distortion on loud speech.
    """
    if drive == 0.0:
        return block
    lean = 0.1
    slope = drive * (1.0 - np.tanh(lean) ** 2)
    bent = (np.tanh(drive * block + lean) - np.tanh(lean)) / slope
    return np.asarray(bent, dtype=np.float32)


def spoken_level_db(speech: Samples) -> float:
    """Return the RMS of the spoken parts of a clip, shape (n,), dB re full scale.

    Pauses inside the clip and silence around it do not count. Silence alone gives -inf.
    """
    whole = len(speech) // BLOCK * BLOCK
    frames = speech[:whole].reshape(-1, BLOCK) if whole else speech.reshape(1, -1)
    power = np.mean(np.square(frames, dtype=np.float64), axis=1)
    loudest = float(power.max(initial=0.0))
    if loudest == 0.0:
        return -np.inf
    spoken = power[power > loudest * 10.0 ** (-_SPOKEN_RANGE_DB / 10.0)]
    return float(10.0 * np.log10(np.mean(spoken)))


def _unit(sound: NDArray[np.floating[Any]]) -> Samples:
    size = float(np.sqrt(np.mean(np.square(sound, dtype=np.float64))))
    return np.asarray(sound / size if size > 0.0 else sound, dtype=np.float32)
