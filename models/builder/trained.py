"""The trained network as nnet3, with the batch normalisations folded into its affine maps.

A block's output is relu(affine) / deviation - mean / deviation + keep * input. The division goes
into the affine map, as it is positive; what is taken away is the same in every frame, so it is
carried along as a constant and enters the bias of what comes next.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.builder.front_end import BANDS, FrontEndSettings, add_bands
from models.builder.nnet3 import Network, append, at, compact_affine, no_change, nonlinear

Floats = NDArray[np.float64]
Arrays = Mapping[str, NDArray[np.float32]]


@dataclass(frozen=True)
class Trained:
    """What training leaves: ``network.npz``."""

    arrays: Arrays
    """The parameters, by the names that PyTorch gives them."""

    blocks: tuple[tuple[int, int], ...]
    """How far back and on each block looks, in frames."""

    keep: float
    lookahead: int
    log_priors: Floats
    """Logarithms of how frequent the phone states are in training, shape (outputs,)."""

    @property
    def outputs(self) -> int:
        """How many phone states it tells apart."""
        return len(self.log_priors)


def read_trained(path: Path) -> Trained:
    """Read a trained network."""
    with np.load(path) as file:
        arrays = {name: file[name] for name in file.files}
    blocks = tuple((int(back), int(on)) for back, on in arrays.pop("blocks"))
    return Trained(
        blocks=blocks,
        keep=float(arrays.pop("keep")),
        lookahead=int(arrays.pop("lookahead")),
        log_priors=arrays.pop("log_priors").astype(np.float64),
        arrays=arrays,
    )


def add_trained(
    network: Network,
    trained: Trained,
    settings: FrontEndSettings,
    bits: int,
    block_bits: int | None = None,
) -> str:
    """Add the network, up to the logarithms of its posteriors. Returns the node's name.

    Args:
        network: with ``level`` in it.
        trained: the parameters.
        settings: how the level is followed.
        bits: 16 or 32, for the matrices.
        block_bits: 8, 16 or 32, for those of the blocks; None is ``bits``.
    """
    arrays = trained.arrays
    reach = arrays["first.weight"].shape[1] // BANDS // 2
    bands = add_bands(network, settings, "tdnn_bands", 0, trained.lookahead)
    around = append(*(at(bands, k) for k in range(-reach, reach + 1)))
    # Bands come as 0 to about 12; the network was given a quarter of that, less one.
    weight = arrays["first.weight"].astype(np.float64)
    linear, bias = weight / 4, arrays["first.bias"] - weight.sum(axis=1)
    scale, constant = _norm(arrays, "norm")
    network.node(
        "tdnn0_in", around, compact_affine(linear * scale[:, None], bias * scale, bits=bits)
    )
    source = network.node("tdnn0", "tdnn0_in", nonlinear("RectifiedLinear", len(bias)))
    for number, (name, (back, on)) in enumerate(
        zip(_names(arrays), trained.blocks, strict=True), 1
    ):
        source, constant = _add_block(
            network,
            arrays,
            (name, number, back, on),
            (source, constant, trained.keep),
            block_bits or bits,
        )
    weight = arrays["last.weight"].astype(np.float64)
    bias = arrays["last.bias"] + weight @ constant
    network.node("tdnn_last", source, compact_affine(weight, bias, bits=bits))
    return network.node("posterior", "tdnn_last", nonlinear("LogSoftmax", len(bias)))


def _add_block(
    network: Network,
    arrays: Arrays,
    place: tuple[str, int, int, int],
    flow: tuple[str, Floats, float],
    bits: int,
) -> tuple[str, Floats]:
    """Add a factored block. Returns its output and the constant that the output lacks."""
    name, number, back, on = place
    source, constant, keep = flow
    narrow = arrays[f"{name}.narrow.weight"].astype(np.float64)
    offset = narrow @ np.tile(constant, 2)
    network.node(
        f"tdnn{number}_narrow",
        append(at(source, -back), source),
        compact_affine(narrow, offset, bits=bits),
    )
    wide = arrays[f"{name}.wide.weight"].astype(np.float64)
    bias = arrays[f"{name}.wide.bias"].astype(np.float64)
    scale, shift = _norm(arrays, f"{name}.norm")
    taps = (0, on) if on else (0,)
    network.node(
        f"tdnn{number}_wide",
        append(*(at(f"tdnn{number}_narrow", k) for k in taps)),
        compact_affine(wide * scale[:, None], bias * scale, bits=bits),
    )
    network.node(
        f"tdnn{number}_relu", f"tdnn{number}_wide", nonlinear("RectifiedLinear", len(bias))
    )
    out = network.node(
        f"tdnn{number}", f"Sum(tdnn{number}_relu, Scale({keep}, {source}))", no_change(len(bias))
    )
    return out, shift + keep * constant


def _norm(arrays: Arrays, name: str) -> tuple[Floats, Floats]:
    """Return the factor and the constant of a batch normalisation."""
    variance = arrays[f"{name}.running_var"].astype(np.float64)
    factor = 1 / np.sqrt(variance + 1e-5)
    return factor, -arrays[f"{name}.running_mean"] * factor


def _names(arrays: Arrays) -> Sequence[str]:
    """Return the names of the blocks, from the input on."""
    found = {name.rsplit(".narrow", 1)[0] for name in arrays if name.endswith("narrow.weight")}
    return sorted(found, key=lambda name: int(name.rsplit(".", 1)[1]))
