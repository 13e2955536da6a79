"""Maximum mutual information: the right states as a whole must beat every other row of states.

Cross-entropy asks of each frame alone which state it is. A recogniser compares whole rows of
states, a command with ``[unk]``, which is any phones in a row. So the loss compares the row of the
alignment with all rows at once, weighted by how often states follow each other (lattice-free
MMI: D. Povey et al., Purely sequence-trained neural networks for ASR based on lattice-free MMI,
2016; here with one state for each output and the alignment held fixed).
"""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

_UNSEEN = 0.02
"""Added to each count of two states in a row, so that no row is impossible."""


def followers(targets: NDArray[np.uint8], states: int, stride: int) -> NDArray[np.float64]:
    """Return how often a state comes ``stride`` frames after each, shape (states, states)."""
    pairs = targets[:-stride].astype(np.int64) * states + targets[stride:]
    return np.bincount(pairs, minlength=states * states).reshape(states, states).astype(float)


class Rows:
    """Scores rows of states, by how often they follow each other."""

    def __init__(self, counts: NDArray[np.float64], device: str = "cpu") -> None:
        """Begin with what ``followers`` counted, shape (states, states), for a device."""
        often = counts + _UNSEEN
        self._first = torch.from_numpy(often.sum(1) / often.sum()).float().to(device)
        self._after = torch.from_numpy(often / often.sum(1, keepdims=True)).float().to(device)

    def loss(self, logits: Tensor, wanted: Tensor, scale: float) -> Tensor:
        """Return how far the wanted rows are from certain, in nats a frame.

        Args:
            logits: of the network, shape (batch, frames, states).
            wanted: the states of the alignment, shape (batch, frames).
            scale: what log-likelihoods are multiplied with: frames are no strangers to each other.
        """
        scores = scale * (logits - self._first.log())
        right = scores.gather(2, wanted[:, :, None]).sum((1, 2))
        right = right + self._first[wanted[:, 0]].log()
        right = right + self._after[wanted[:, :-1], wanted[:, 1:]].log().sum(1)
        return (self.total(scores) - right).mean() / logits.shape[1]

    def total(self, scores: Tensor) -> Tensor:
        """Return the logarithm of the sum over all rows, shape (batch,)."""
        highest = scores.detach().max(2, keepdim=True).values
        likely = (scores - highest).exp()
        every = highest.sum((1, 2))
        forward = self._first * likely[:, 0]
        for frame in range(1, scores.shape[1]):
            size = forward.sum(1, keepdim=True)
            every = every + size[:, 0].log()
            forward = (forward / size) @ self._after * likely[:, frame]
        return every + forward.sum(1).log()
