"""Train the second opinion: python -m models.training.phrase_check WORK --save FILE.

It takes the corpus that ``python -m models.training`` has made; which trains this, too.
"""

import argparse
import os
import sys
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
import torch
from torch import Tensor, nn

from models.training.embedded import Embedded, embedded, phrases
from voice_guide.speech.speech_embedding import SIZE

BATCH = 128
_RATE = 1.5e-3
_LEAST_RATE = 2e-5
_JITTER = 0.1
_DROPPED = 0.3


@dataclass(frozen=True)
class Way:
    """How a check is trained."""

    passes: int = 14
    hidden: int = 160
    """Outputs of each convolution."""

    smoothing: float = 0.03
    """So much of what is wanted is shared out among all phrases."""


class CheckNetwork(nn.Module):
    """Two convolutions over the windows of an embedding; each phrase at its best place."""

    def __init__(self, phrases: int, hidden: int = Way.hidden) -> None:
        super().__init__()
        self.first = nn.Conv1d(SIZE, hidden, 3, padding=1)
        self.second = nn.Conv1d(hidden, hidden, 5, padding=2)
        self.out = nn.Conv1d(hidden, phrases + 1, 1)
        self._drop = nn.Dropout(_DROPPED)

    def forward(self, embedded: Tensor) -> Tensor:
        """Map (batch, windows, SIZE) to logits (batch, phrases + 1); the last is all else."""
        x = torch.relu(self.first(embedded.transpose(1, 2)))
        x = torch.relu(self.second(self._drop(x)))
        return torch.logsumexp(self.out(self._drop(x)), dim=2)


def train(
    data: Embedded,
    names: list[str],
    held_out: int | None,
    seed: int = 1,
    way: Way = Way(),
) -> dict[str, np.ndarray]:
    """Train, and return the arrays that ``PhraseCheck`` reads.

    Args:
        data: what to train on.
        names: the phrases, sorted.
        held_out: the part of the speakers that is not trained on.
        seed: of the random numbers.
        way: how.
    """
    torch.manual_seed(seed)
    place = {text: number for number, text in enumerate(names)}
    taken = np.flatnonzero(data.parts != (-9 if held_out is None else held_out))
    x = torch.from_numpy(data.embeddings[taken].astype(np.float32))
    wanted = torch.tensor([place.get(str(text), len(names)) for text in data.texts[taken]])
    mean, deviation = x.mean((0, 1)), x.std((0, 1))
    x = (x - mean) / deviation
    network = CheckNetwork(len(names), way.hidden)
    optimiser = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=1e-2)
    loss_of = nn.CrossEntropyLoss(label_smoothing=way.smoothing)
    for turn in range(way.passes):
        order = np.random.default_rng([seed, turn]).permutation(len(taken))
        for group in optimiser.param_groups:
            group["lr"] = _RATE * (1 - turn / way.passes) + _LEAST_RATE
        spent = 0.0
        for at in range(0, len(order), BATCH):
            some = order[at : at + BATCH]
            batch = x[some] + _JITTER * torch.randn(len(some), *x.shape[1:])
            with torch.autocast("cpu", torch.bfloat16):
                logits = network(batch)
            loss = loss_of(logits.float(), wanted[some])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            spent += float(loss.detach()) * len(some)
        print(f"{turn + 1} of {way.passes}: loss {spent / len(order):.3f}", flush=True)
    arrays = {name: value.numpy() for name, value in network.state_dict().items()}
    return {**arrays, "mean": mean.numpy(), "deviation": deviation.numpy()}


def save(arrays: dict[str, np.ndarray], names: list[str], path: Path) -> None:
    """Write the network, its weights with eight bits a number, and its phrases."""
    small = {}
    for name, array in arrays.items():
        if name.endswith("weight"):
            step = np.abs(array).max(axis=(1, 2), keepdims=True) / 127 + 1e-12
            small[name] = np.round(array / step).astype(np.int8)
            small[f"{name}.step"] = step.astype(np.float32)
        else:
            small[name] = array.astype(np.float32)
    np.savez_compressed(path, allow_pickle=False, phrases=np.array(names), **small)


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("work", type=Path, help="folder with the corpus")
    parser.add_argument("--held-out", type=int, help="part of the speakers to keep for measuring")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, help="how many make the embeddings")
    parser.add_argument("--save", type=Path, required=True, help="write the network to this file")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    data = embedded(arguments.work / "phrases", arguments.work / "corpus", arguments.processes)
    names = phrases()
    save(train(data, names, arguments.held_out, arguments.seed), names, arguments.save)
    return 0


if __name__ == "__main__":
    sys.exit(main())
