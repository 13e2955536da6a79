"""The log-likelihoods of CMU Sphinx' GMM in NumPy: for alignments, and to check the network."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.builder.front_end import CEPSTRA, FrontEndSettings, cosines, differences
from models.builder.mixtures import log_densities
from models.builder.sphinx import Floats, SphinxModel

_FEW = 1e-30


class GaussianScores:
    """Scores senones frame by frame."""

    def __init__(self, model: SphinxModel, worst: float | None = None) -> None:
        """Begin.

        Args:
            model: the GMM.
            worst: cut Gaussians off at so much below the best of all, as PocketSphinx does.
        """
        self._model, self._worst = model, worst
        self._maps = [
            [log_densities(m.astype(np.float64), v) for m, v in zip(means, variances, strict=True)]
            for means, variances in zip(model.means, model.variances, strict=True)
        ]

    def score(self, features: NDArray[np.float64], senones: Sequence[int]) -> Floats:
        """Return log-likelihoods, shape (frames, senones).

        Args:
            features: cepstra, deltas and delta-deltas, shape (frames, 39).
            senones: which to score.
        """
        codebooks = self._model.definition.codebook[np.asarray(senones)]
        result = np.zeros((len(features), len(senones)))
        for stream, maps in enumerate(self._maps):
            x = features[:, stream * CEPSTRA : (stream + 1) * CEPSTRA]
            both = np.concatenate([x, x * x], axis=1)
            least = self._least(both, maps)
            for codebook in np.unique(codebooks):
                linear, bias = maps[codebook]
                logs = np.maximum(both @ linear.T + bias, least)
                peak = logs.max(axis=1, keepdims=True)
                mine = np.flatnonzero(codebooks == codebook)
                weights = self._model.weights[stream][:, np.asarray(senones)[mine]]
                mixed = np.exp(logs - peak) @ weights
                result[:, mine] += np.log(np.maximum(mixed, _FEW)) + peak
        return result

    def _least(self, both: Floats, maps: Sequence[tuple[Floats, Floats]]) -> Floats:
        """Return the log-density at which Gaussians are cut off, shape (frames, 1)."""
        if self._worst is None:
            return np.full((len(both), 1), -np.inf)
        best = [(both @ linear.T + bias).max(axis=1) for linear, bias in maps]
        return np.asarray(np.max(best, axis=0)[:, None] - self._worst)


def utterance_features(bands: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the 39 features of a whole utterance, its mean and level taken over all of it.

    Args:
        bands: logarithms of the mel bands, shape (frames, BANDS).
    """
    settings = FrontEndSettings()
    matrix = cosines()
    energy = bands @ matrix[0]
    peak = np.percentile(energy, 95) if len(energy) else 0.0
    floored = np.maximum(bands, (peak * matrix[0].sum()) / len(matrix[0]) - settings.depth)
    cepstra = floored @ matrix.T
    loud = energy > peak - settings.near
    cepstra -= cepstra[loud].mean(axis=0)
    cepstra[:, 0] = floored @ matrix[0] - peak + settings.expected_level
    reach = 3
    padded = np.pad(cepstra, ((reach, reach), (0, 0)), mode="edge")
    around = [padded[k : k + len(cepstra)] for k in range(2 * reach + 1)]
    return np.concatenate(around, axis=1) @ differences().T
