"""A phonetically tied GMM as layers of a network, exact but for a constant per frame.

Per stream: x -> (x, x*x) -> affine is every Gaussian's log-density; a softmax over all of them
and a block-affine map with the mixture weights, one block per codebook, then the logarithm. The
softmax divides all by the same number, which is the constant.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from models.builder.front_end import CEPSTRA
from models.builder.nnet3 import (
    Network,
    affine,
    append,
    compact_affine,
    log_of_size,
    nonlinear,
    product,
    sum_of_groups,
)
from models.builder.sphinx import Floats, Ints, SphinxModel

LEAST_VARIANCE = 1e-4
_GROUPS = 8
_SCALE = 1e15
"""Keeps the floor inside Kaldi's logarithm below the smallest probability."""

_LEAST_WEIGHT = 1e-20


@dataclass(frozen=True)
class Outputs:
    """Which output of the network each senone is.

    Senones stand by codebook, and the codebooks in groups of like size, padded to equal widths,
    so that each group is one block-affine component.
    """

    groups: tuple[tuple[int, ...], ...]
    """Codebooks of each group."""

    widths: tuple[int, ...]
    """Outputs per codebook, for each group."""

    of_senone: Ints
    """Output of each senone, -1 where it is not used, shape (senones,)."""

    size: int

    @property
    def order(self) -> list[int]:
        """The codebooks in the order of the outputs."""
        return [codebook for group in self.groups for codebook in group]


def arrange(codebook: Ints, used: Iterable[int]) -> Outputs:
    """Return where the used senones stand.

    Args:
        codebook: the codebook of each senone.
        used: the senones that the graph needs.
    """
    members: dict[int, list[int]] = {c: [] for c in range(int(codebook.max()) + 1)}
    for senone in sorted(used):
        members[int(codebook[senone])].append(senone)
    order = sorted(members, key=lambda c: (len(members[c]), c))
    groups = _cut(order, [len(members[c]) for c in order])
    of_senone = np.full(len(codebook), -1, np.int64)
    widths, start = [], 0
    for group in groups:
        widths.append(max(1, *(len(members[c]) for c in group)))
        for c in group:
            of_senone[members[c]] = start + np.arange(len(members[c]))
            start += widths[-1]
    return Outputs(groups, tuple(widths), of_senone, start)


def _cut(order: Sequence[int], sizes: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Cut a list that is sorted by size so that the least padding is needed."""
    most = min(_GROUPS, len(order))
    best = {(0, 0): (0, 0)}
    for count in range(1, most + 1):
        for end in range(count, len(order) + 1):
            best[count, end] = min(
                (best[count - 1, start][0] + (end - start) * sizes[end - 1], start)
                for start in range(count - 1, end)
                if (count - 1, start) in best
            )
    groups: list[tuple[int, ...]] = []
    end = len(order)
    for count in range(most, 0, -1):
        start = best[count, end][1]
        groups.append(tuple(order[start:end]))
        end = start
    return tuple(groups[::-1])


def log_densities(means: Floats, variances: Floats) -> tuple[Floats, Floats]:
    """Return the affine map from (x, x*x) to log N(x; mean, variance), a row per Gaussian.

    Args:
        means: shape (n, d).
        variances: shape (n, d); floored at ``LEAST_VARIANCE``.
    """
    precision = 1 / np.maximum(variances, LEAST_VARIANCE)
    linear = np.concatenate([means * precision, -0.5 * precision], axis=1)
    bias = 0.5 * (np.log(precision / (2 * np.pi)) - means**2 * precision).sum(axis=1)
    return linear, bias


def add_mixtures(
    network: Network, model: SphinxModel, outputs: Outputs, features: str, bits: int
) -> str:
    """Add the GMM's log-likelihoods. Returns the descriptor of their pairs (sign, value).

    Args:
        network: with the features in it.
        model: the GMM.
        outputs: where the senones stand.
        features: name of the node of 39 features.
        bits: 16 or 32, for the mixture weights.
    """
    logs = []
    for stream, (means, variances) in enumerate(zip(model.means, model.variances, strict=True)):
        densities = means.shape[1]
        x = network.part(f"x{stream}", features, stream * CEPSTRA, CEPSTRA)
        squares = network.node(f"squares{stream}", append(x, x), product(2 * CEPSTRA, CEPSTRA))
        linear, bias = log_densities(
            means[outputs.order].reshape(-1, CEPSTRA), variances[outputs.order].reshape(-1, CEPSTRA)
        )
        network.node(f"density{stream}", append(x, squares), affine(linear, bias))
        post = network.node(
            f"posterior{stream}", f"density{stream}", nonlinear("Softmax", len(bias))
        )
        parts, start = [], 0
        for number, (group, width) in enumerate(zip(outputs.groups, outputs.widths, strict=True)):
            inputs = len(group) * densities
            part = network.part(f"posterior{stream}_{number}", post, start, inputs)
            weights = _weights(model, outputs, stream, group, width)
            floor = np.full(len(weights), _LEAST_WEIGHT * _SCALE)
            component = compact_affine(weights, floor, blocks=len(group), bits=bits)
            parts.append(network.node(f"mixture{stream}_{number}", part, component))
            start += inputs
        logs.append(network.node(f"log{stream}", append(*parts), log_of_size(outputs.size)))
    return f"Sum({logs[0]}, Sum({logs[1]}, {logs[2]}))"


def _weights(
    model: SphinxModel, outputs: Outputs, stream: int, group: Sequence[int], width: int
) -> Floats:
    """Return the mixture weights of a group, shape (codebooks * width, densities)."""
    matrix = np.zeros((len(group) * width, model.weights.shape[1]))
    for place, codebook in enumerate(group):
        mine = (model.definition.codebook == codebook) & (outputs.of_senone >= 0)
        senones = np.flatnonzero(mine)
        matrix[place * width : place * width + len(senones)] = model.weights[stream][:, senones].T
    return matrix * _SCALE


def add_pairs_away(network: Network, pairs: str, size: int) -> str:
    """Add the node that drops the signs of (sign, value) pairs, all summed. Returns its name.

    Three streams add three signs, all 1: a constant that all outputs share.
    """
    return network.node("likelihood", pairs, sum_of_groups([2] * size))
