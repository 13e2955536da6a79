"""Where the scores of the senones come from: the GMM of CMU Sphinx, a trained network, or both."""

from typing import Protocol

import numpy as np

from models.builder.front_end import (
    BANDS,
    FrontEndSettings,
    add_cepstra,
    add_level,
    add_mean,
)
from models.builder.mixtures import add_mixtures, add_pairs_away, arrange
from models.builder.nnet3 import Network, affine, compact_affine, no_change
from models.builder.sphinx import SILENCE, Definition, Ints, SphinxModel
from models.builder.trained import Floats, Trained, add_trained
from models.builder.tying import tied

_BLOCK_BITS = 8
"""For each number of the trained network's blocks. It changes its posteriors by 0.0001 nats a frame
(Kullback-Leibler), and its share of right frames by 0.0004."""


class Acoustics(Protocol):
    """A network and the outputs that it has for the senones."""

    def tie(self, senone: int) -> int:
        """Return the senone that shares this senone's output, and stands for it in the graph."""
        ...

    def arrange(self, used: set[int]) -> dict[int, int]:
        """Say which senones are used; return the output of each."""
        ...

    def network(self) -> Network:
        """Return the network, after ``arrange``."""
        ...


class GaussianAcoustics:
    """The GMM of CMU Sphinx, exact but for a constant per frame."""

    def __init__(
        self, model: SphinxModel, front_end: FrontEndSettings | None = None, bits: int = 16
    ) -> None:
        """Begin.

        Args:
            model: the GMM.
            front_end: how the features are normalised; None takes what was found best.
            bits: 16 or 32, for the mixture weights.
        """
        self._model, self._bits = model, bits
        self._front_end = front_end or FrontEndSettings()
        self._outputs = arrange(model.definition.codebook, ())

    def tie(self, senone: int) -> int:
        """Return the senone itself: every one has its own output."""
        return senone

    def arrange(self, used: set[int]) -> dict[int, int]:
        """Say which senones are used; return the output of each."""
        self._outputs = arrange(self._model.definition.codebook, used)
        return {senone: int(self._outputs.of_senone[senone]) for senone in sorted(used)}

    def network(self) -> Network:
        """Return the network."""
        network = Network(BANDS)
        add_level(network, self._front_end)
        add_mean(network, self._front_end)
        features = add_cepstra(network, self._front_end)
        pairs = add_mixtures(network, self._model, self._outputs, features, self._bits)
        network.output(add_pairs_away(network, pairs, self._outputs.size))
        return network


class TrainedAcoustics:
    """A trained network alone: its outputs are the states of phones without context."""

    def __init__(self, model: SphinxModel, trained: Trained, scale: float = 1.0) -> None:
        """Begin.

        Args:
            model: says which senone is which state of which phone.
            trained: the network.
            scale: what its log-likelihoods are multiplied with.
        """
        self._trained, self._scale = trained, scale
        self._classes = state_classes(model.definition)
        first: dict[int, int] = {}
        for senone, state in enumerate(self._classes.tolist()):
            first.setdefault(state, senone)
        self._first = first

    def tie(self, senone: int) -> int:
        """Return the first senone of the same phone and state."""
        return self._first[int(self._classes[senone])]

    def arrange(self, used: set[int]) -> dict[int, int]:
        """Return the output of each senone."""
        return {senone: int(self._classes[senone]) for senone in sorted(used)}

    def network(self) -> Network:
        """Return the network."""
        network = Network(BANDS)
        settings = FrontEndSettings()
        add_level(network, settings)
        posterior = add_trained(network, self._trained, settings, 16, _BLOCK_BITS)
        priors = self._trained.log_priors
        linear = self._scale * np.eye(len(priors))
        network.node("scaled", posterior, affine(linear, -self._scale * priors))
        network.output("scaled")
        return network


class JointAcoustics:
    """Both: a weighted sum of the GMM's and the network's log-likelihoods."""

    def __init__(
        self,
        model: SphinxModel,
        trained: Trained,
        weights: tuple[float, float],
        lookahead: int,
        senones: int,
    ) -> None:
        """Begin.

        Args:
            model: the GMM.
            trained: the network.
            weights: what the GMM's and the network's log-likelihoods are multiplied with.
            lookahead: frames that the GMM's level and mean look into the future.
            senones: of the GMM's, so many are kept for each state of a phone.
        """
        self._model, self._trained, self._weights = model, trained, weights
        self._settings = FrontEndSettings(lookahead=lookahead)
        self._classes = state_classes(model.definition)
        self._tied = tied(model.weights, self._classes, senones)
        self._outputs = arrange(model.definition.codebook, ())

    def tie(self, senone: int) -> int:
        """Return the senone that stands for this one."""
        return int(self._tied[senone])

    def arrange(self, used: set[int]) -> dict[int, int]:
        """Say which senones are used; return the output of each."""
        self._outputs = arrange(self._model.definition.codebook, used)
        return {senone: int(self._outputs.of_senone[senone]) for senone in sorted(used)}

    def network(self) -> Network:
        """Return the network."""
        network = Network(BANDS)
        add_level(network, self._settings)
        add_mean(network, self._settings)
        features = add_cepstra(network, self._settings)
        size = self._outputs.size
        pairs = add_mixtures(network, self._model, self._outputs, features, 16)
        likelihood = add_pairs_away(network, pairs, size)
        posterior = add_trained(network, self._trained, self._settings, 16, _BLOCK_BITS)
        linear, bias = self._spread(size)
        spread = network.node("spread", posterior, compact_affine(linear, bias, bits=8))
        gaussian, trained = self._weights
        joint = f"Sum(Scale({gaussian}, {likelihood}), Scale({trained}, {spread}))"
        network.output(network.node("joint", joint, no_change(size)))
        return network

    def _spread(self, size: int) -> tuple[Floats, Floats]:
        """Return the map from the network's states to all outputs, without the priors."""
        linear, bias = np.zeros((size, self._trained.outputs)), np.zeros(size)
        for senone in np.flatnonzero(self._outputs.of_senone >= 0):
            output, state = self._outputs.of_senone[senone], self._classes[senone]
            linear[output, state] = 1.0
            bias[output] = -self._trained.log_priors[state]
        return linear, bias


def state_classes(definition: Definition) -> Ints:
    """Return which output of a trained network each senone is, shape (senones,).

    They are 3 * phone + state; silence and noises are all the first state of silence.
    """
    classes = 3 * definition.codebook + definition.states()
    quiet = np.array(definition.is_filler)[definition.codebook]
    return np.where(quiet, 3 * definition.phones.index(SILENCE), classes)
