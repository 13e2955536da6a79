"""The features of ``conf/fbank.conf`` as Kaldi computes them, and levels as the network does."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from models.builder.front_end import BANDS, FrontEndSettings

Floats32 = NDArray[np.float32]

SHIFT = 160
"""Samples from one frame to the next."""

WINDOW = 410
_FFT = 512
_LOW, _HIGH = 130.0, 6800.0
_RATE = 16000
_EMPHASIS = np.float32(0.97)
_LEAST = np.float32(np.finfo(np.float32).eps)


def log_mel(sound: NDArray[np.float32]) -> Floats32:
    """Return the logarithms of the mel bands, shape (frames, BANDS).

    Args:
        sound: samples at 16 kHz, in the range of 16-bit integers.
    """
    count = 1 + (len(sound) - WINDOW) // SHIFT
    if count < 1:
        return np.zeros((0, BANDS), np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(sound, WINDOW)[::SHIFT].astype(np.float32)
    frames = frames - frames.mean(axis=1, keepdims=True)
    first = frames[:, :1] * (1 - _EMPHASIS)
    frames = np.concatenate([first, frames[:, 1:] - _EMPHASIS * frames[:, :-1]], axis=1)
    spectrum = np.fft.rfft(frames * _hamming(), _FFT)[:, : _FFT // 2]
    power = np.square(np.abs(spectrum)).astype(np.float32)
    return np.asarray(np.log(np.maximum(power @ _bank(), _LEAST)), np.float32)


def levels(bands: Floats32, settings: FrontEndSettings) -> Floats32:
    """Return the network's ``level`` at each frame, over the least level, shape (frames,).

    level(t) = max(level(t-1) - decay, energy(t), 0) is a running maximum on a slope. Beyond its
    ends a recording goes on with its first and last frame, as nnet3 has it.
    """
    half = settings.smoothing
    energy = bands.sum(axis=1, dtype=np.float64) / np.sqrt(BANDS)
    padded = np.pad(energy, half, mode="edge")
    smooth = np.convolve(padded, np.full(2 * half + 1, 1 / (2 * half + 1)), mode="valid")
    slope = settings.decay * np.arange(len(bands))
    over = np.maximum(smooth - settings.least_level, 0) + slope
    return np.asarray(np.maximum.accumulate(over) - slope, np.float32)


def relative_bands(bands: Floats32, settings: FrontEndSettings, lookahead: int) -> Floats32:
    """Return the bands over a floor that lies ``depth`` under the level, shape (frames, BANDS)."""
    level = levels(bands, settings)
    later = np.minimum(np.arange(len(bands)) + lookahead, len(bands) - 1)
    peak = (level[later] + np.float32(settings.least_level)) / np.float32(np.sqrt(BANDS))
    return np.maximum(bands - peak[:, None] + np.float32(settings.depth), 0)


def _mel(hertz: float) -> float:
    return float(1127.0 * np.log1p(hertz / 700.0))


@lru_cache(maxsize=1)
def _hamming() -> Floats32:
    phase = 2 * np.pi * np.arange(WINDOW) / (WINDOW - 1)
    return np.asarray(0.54 - 0.46 * np.cos(phase), np.float32)


@lru_cache(maxsize=1)
def _bank() -> Floats32:
    """Return the triangles of the bands over the frequencies, shape (_FFT / 2, BANDS)."""
    edges = np.linspace(_mel(_LOW), _mel(_HIGH), BANDS + 2)
    mel = 1127.0 * np.log1p(np.arange(_FFT // 2) * _RATE / _FFT / 700.0)
    rising = (mel[:, None] - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - mel[:, None]) / (edges[2:] - edges[1:-1])
    return np.clip(np.minimum(rising, falling), 0, None).astype(np.float32)
