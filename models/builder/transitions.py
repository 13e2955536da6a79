"""Kaldi's transition model: the numbers that the graph's arcs carry."""

from collections.abc import Callable, Iterable

import numpy as np

from models.builder.kaldi_stream import KaldiStream

Tied = tuple[int, int, int]
"""Phone, state of its HMM, output of the network (pdf)."""

STATES = 3


class Transitions:
    """A number for staying in each state and one for leaving it."""

    def __init__(self, used: Iterable[Tied]) -> None:
        self.tied = sorted(set(used))
        self._place = {tied: place for place, tied in enumerate(self.tied)}

    def stay(self, tied: Tied) -> int:
        """Return the transition id of the loop on a state."""
        return 2 * self._place[tied] + 1

    def leave(self, tied: Tied) -> int:
        """Return the transition id of the way onward from a state."""
        return 2 * self._place[tied] + 2

    def __len__(self) -> int:
        """Return how many transition ids there are; they begin at 1."""
        return 2 * len(self.tied)

    def write(self, stream: KaldiStream, phones: int, staying: Callable[[int, int], float]) -> None:
        """Add the transition model to a stream.

        Args:
            stream: where to.
            phones: how many phones there are; all have the same topology.
            staying: the probability of staying in a state, by phone and state.
        """
        stream.token("<TransitionModel>").token("<Topology>")
        stream.integers(range(1, phones + 1)).integers([-1] + [0] * phones)
        stream.int32(1).int32(STATES + 1)
        for state in range(STATES):
            stream.int32(state).int32(2)
            stream.int32(state).float32(0.5).int32(state + 1).float32(0.5)
        stream.int32(-1).int32(0).token("</Topology>")
        stream.token("<Triples>").int32(len(self.tied))
        for value in (value for tied in self.tied for value in tied):
            stream.int32(value)
        logs = [0.0]
        for phone, state, _ in self.tied:
            stay = staying(phone, state)
            logs += [float(np.log(stay)), float(np.log1p(-stay))]
        stream.token("</Triples>").token("<LogProbs>").vector(logs)
        stream.token("</LogProbs>").token("</TransitionModel>")
