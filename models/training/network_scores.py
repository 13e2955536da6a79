"""What a trained network says about the frames of an utterance."""

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from models.builder.front_end import FrontEndSettings
from models.training.features import Floats32, relative_bands
from models.training.network import STRIDE, TimeDelayNetwork
from models.training.plan import LOOKAHEAD
from models.training.train import scaled


class NetworkScores:
    """Scaled log-likelihoods of the phone states by a network."""

    def __init__(self, checkpoint: Path) -> None:
        state = torch.load(checkpoint)
        self._network = TimeDelayNetwork()
        self._network.load_state_dict(state["network"])
        self._network.eval()
        counts = state["counts"].numpy() + 1
        self._priors = np.log(counts / counts.sum())

    def score(self, bands: Floats32) -> NDArray[np.float64]:
        """Return log-likelihoods, shape (frames, states), for log-mel bands."""
        relative = relative_bands(bands, FrontEndSettings(), LOOKAHEAD)
        shape = self._network.shape
        padded = np.concatenate(
            [
                relative[:1].repeat(shape.left, 0),
                relative,
                relative[-1:].repeat(shape.right + STRIDE, 0),
            ]
        )
        rows = np.empty((len(relative), shape.outputs))
        with torch.no_grad():
            for phase in range(STRIDE):
                many = len(range(phase, len(relative), STRIDE))
                piece = scaled(torch.from_numpy(padded[phase:]))[None]
                logits = self._network(piece)[0, :many]
                rows[phase::STRIDE] = torch.log_softmax(logits, dim=1).numpy()
        return np.asarray(rows - self._priors)
