"""From log-mel bands to what the acoustic model expects, inside the network.

Vosk's online mean normalisation averages speech and silence alike, and so goes wrong after some
silent seconds. Here two small recurrences do the work: ``level``, the peak of speech, which decays
slowly, and ``mean``, the mean of the cepstra of frames that are near to that level.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.builder.nnet3 import Network, affine, append, at, before, nonlinear, product

BANDS = 25
CEPSTRA = 13
_LIFTER = 22.0
_REACH = 3
"""Frames to either side that the second differences look at."""

FEATURE_OPTIONS = f"""\
--use-energy=false
--use-log-fbank=true
--use-power=true
--sample-frequency=16000
--frame-length=25.63
--frame-shift=10
--window-type=hamming
--preemphasis-coefficient=0.97
--num-mel-bins={BANDS}
--low-freq=130
--high-freq=6800
--dither=0
--snip-edges=true
"""
"""The features that Vosk computes (``conf/fbank.conf``); those of PocketSphinx before its DCT."""


@dataclass(frozen=True)
class FrontEndSettings:
    """How level and mean are followed. Levels are in units of the zeroth cepstrum."""

    lookahead: int = 30
    """Frames that level and mean look into the future."""

    smoothing: int = 2
    """Frames to either side over which the level is smoothed."""

    least_level: float = 60.0
    """The lowest level that speech is taken to have."""

    decay: float = 0.01
    """By how much the level falls in a frame."""

    expected_level: float = 16.0
    """The level of speech that the acoustic model was trained on."""

    depth: float = 8.0
    """Bands are cut off so far below the level (natural logarithm of power)."""

    near: float = 20.0
    """Frames within this of the level are taken for speech ..."""

    slope: float = 4.0
    """... with this as the width of the edge."""

    mean_rate: float = 0.015
    """How much of the difference the mean follows in a frame."""

    first_mean: tuple[float, ...] = (4, -6, 2, -12, -3, -3, -7, -1.5, 0, 3, -2, 0)
    """Where the mean of the cepstra 1 to 12 begins."""


def cosines() -> NDArray[np.float64]:
    """Return the matrix from bands to cepstra, liftered, shape (CEPSTRA, BANDS)."""
    order = np.arange(CEPSTRA)
    matrix = np.cos(np.pi / BANDS * np.outer(order, np.arange(BANDS) + 0.5)) * np.sqrt(2 / BANDS)
    matrix[0] = np.sqrt(1 / BANDS)
    return np.asarray(matrix * (1 + _LIFTER / 2 * np.sin(np.pi * order / _LIFTER))[:, None])


def differences() -> NDArray[np.float64]:
    """Return the matrix from seven frames of cepstra to cepstra, deltas and delta-deltas.

    Shape (39, 91). Sphinx takes c(t+2) - c(t-2), and the difference of that at t+1 and t-1.
    """
    taps = {0: {0: 1}, 1: {2: 1, -2: -1}, 2: {3: 1, -1: -1, 1: -1, -3: 1}}
    matrix = np.zeros((3, CEPSTRA, 2 * _REACH + 1, CEPSTRA))
    for order, weights in taps.items():
        for offset, weight in weights.items():
            matrix[order, :, offset + _REACH, :] = weight * np.eye(CEPSTRA)
    return matrix.reshape(3 * CEPSTRA, -1)


def add_level(network: Network, settings: FrontEndSettings) -> None:
    """Add the nodes ``energy`` and ``level``, over the least level.

    level(t) = max(level(t-1) - decay, energy(t), 0), where energy is the smoothed zeroth cepstrum.
    """
    width = 2 * settings.smoothing + 1
    around = [at("input", k) for k in range(-settings.smoothing, settings.smoothing + 1)]
    mean = np.full((1, width * BANDS), 1 / (width * np.sqrt(BANDS)))
    network.node("energy", append(*around), affine(mean, [-settings.least_level]))
    network.node("aged_in", before("level"), affine([[1.0]], [-settings.decay]))
    network.node("aged", "aged_in", nonlinear("RectifiedLinear", 1))
    network.node("rise_in", append("energy", "aged"), affine([[1.0, -1.0]], [0.0]))
    network.node("rise", "rise_in", nonlinear("RectifiedLinear", 1))
    network.node("level", append("aged", "rise"), affine([[1.0, 1.0]], [0.0]))


def add_mean(network: Network, settings: FrontEndSettings) -> None:
    """Add the node ``mean``: of the cepstra 1 to 12 over frames of speech, less the first mean."""
    many = CEPSTRA - 1
    eye = np.eye(many)
    network.node("cepstra", "input", affine(cosines()[1:], -np.asarray(settings.first_mean)))
    edge = np.tile([[1 / settings.slope, -1 / settings.slope]], (many, 1))
    bias = np.full(many, settings.near / settings.slope)
    network.node("gate_in", append("energy", "level"), affine(edge, bias))
    network.node("gate", "gate_in", nonlinear("Sigmoid", many))
    step = settings.mean_rate * np.hstack([eye, -eye])
    network.node("step", append("cepstra", before("mean")), affine(step, np.zeros(many)))
    network.node("update", append("gate", "step"), product(2 * many, many))
    both = np.hstack([eye, eye])
    network.node("mean", append("update", before("mean")), affine(both, np.zeros(many)))


def add_bands(
    network: Network, settings: FrontEndSettings, name: str, reach: int, lookahead: int
) -> str:
    """Add a node of the bands of several frames, over the depth below the level.

    Args:
        network: with ``level`` in it.
        settings: the depth and the least level.
        name: what to call the node.
        reach: frames to either side.
        lookahead: frames later at which the level is read.

    Returns:
        The name; its size is (2 * reach + 1) * BANDS, its least value 0.
    """
    size = (2 * reach + 1) * BANDS
    per_band = 1 / np.sqrt(BANDS)
    linear = np.hstack([np.eye(size), np.full((size, 1), -per_band)])
    bias = np.full(size, settings.depth - settings.least_level * per_band)
    around = [at("input", k) for k in range(-reach, reach + 1)]
    network.node(f"{name}_in", append(*around, at("level", lookahead)), affine(linear, bias))
    return network.node(name, f"{name}_in", nonlinear("RectifiedLinear", size))


def add_cepstra(network: Network, settings: FrontEndSettings) -> str:
    """Add the normalised cepstra, deltas and delta-deltas (39). Returns the node's name."""
    bands = add_bands(network, settings, "window", _REACH, settings.lookahead)
    linear = differences() @ np.kron(np.eye(2 * _REACH + 1), cosines())
    mean = np.zeros((3 * CEPSTRA, CEPSTRA - 1))
    mean[1:CEPSTRA] = -np.eye(CEPSTRA - 1)
    bias = -settings.depth * linear.sum(axis=1)
    bias[0] += settings.expected_level
    bias[1:CEPSTRA] -= settings.first_mean
    source = append(bands, at("mean", settings.lookahead))
    return network.node("features", source, affine(np.hstack([linear, mean]), bias))
