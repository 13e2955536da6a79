"""Train four networks at once: python -m models.training.together WORK --units N.

One is for each third of the speakers that is kept aside, and one has heard all. They take the
corpus that ``python -m models.training`` makes, and a graphics processor where there is one.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import json
import math
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from models.training.corpus import Corpus
from models.training.network import STRIDE, WIDE, Shape
from models.training.recordings import FOLDS
from models.training.sequence import Rows, followers
from models.training.stack import Stack, stack
from models.training.train import FRAMES, Loss, save_network, scaled
from models.training.units import Portion, Rendered, Renderer, Run, kept_aside, units
from models.training.workers import made_ahead

SHAPES = {"narrow": Shape(), "wide": WIDE}
BATCH = 64
"""Segments of a step, for each network."""

MARGIN = 60
"""Frames before and behind a segment: no shape reaches farther."""

_MOST_HIDDEN = 5
_CLIP = 5.0
_TOLD, _TESTED = 40, 4
"""Times in a run."""


class Steps:
    """Trains a stack, step by step: on a graphics processor as one recorded graph."""

    def __init__(self, networks: Stack, loss: Loss, run: Run, device: str) -> None:
        self._networks, self._loss, self._device = networks.to(device), loss, device
        self._many = FOLDS + 1
        on_gpu = device == "cuda"
        self._rate = torch.tensor(run.rate, device=device)
        self._optimiser = torch.optim.AdamW(
            networks.parameters(), lr=self._rate, weight_decay=1e-3, capturable=on_gpu
        )
        shape = networks.shape
        self._left, self._length = shape.left, shape.left + FRAMES + shape.right
        self._bands = torch.zeros(self._many, BATCH, self._length, 25, device=device)
        self._wanted = torch.zeros(
            self._many, BATCH, FRAMES // STRIDE, dtype=torch.long, device=device
        )
        self._sums = torch.zeros(2, device=device)
        self._graph = self._recorded() if on_gpu else None

    def step(self, bands: Tensor, wanted: Tensor, rate: float) -> None:
        """Take one step.

        Args:
            bands: (networks, BATCH, MARGIN + FRAMES + MARGIN, BANDS).
            wanted: the states of every third frame, (networks, BATCH, FRAMES / STRIDE).
            rate: the learning rate.
        """
        first = MARGIN - self._left
        self._bands.copy_(bands[:, :, first : first + self._length])
        self._wanted.copy_(wanted)
        self._rate.fill_(rate)
        if self._graph is None:
            self._learn()
        else:
            self._graph.replay()

    def sums(self) -> tuple[float, float]:
        """Return the sums of the steps' losses and shares of right frames since the last call."""
        loss, right = (float(value) for value in self._sums)
        self._sums.zero_()
        return loss, right

    def _learn(self) -> None:
        self._optimiser.zero_grad(set_to_none=True)
        with torch.autocast(self._device, torch.bfloat16, cache_enabled=False):
            logits = self._networks(scaled(self._bands))
        logits = logits.float().flatten(0, 1)
        wanted = self._wanted.flatten(0, 1)
        loss = self._loss(logits, wanted)
        (loss * self._many).backward()
        self._networks.clip(_CLIP)
        self._optimiser.step()
        with torch.no_grad():
            right = (logits.argmax(2) == wanted).float().mean()
            self._sums.add_(torch.stack([loss.detach(), right]))

    def _recorded(self) -> torch.cuda.CUDAGraph:
        """Return a graph of ``_learn``; the networks are as before."""
        before = {name: value.clone() for name, value in self._networks.state_dict().items()}
        self._rate.zero_()
        aside = torch.cuda.Stream()
        aside.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(aside):
            for _ in range(3):
                self._learn()
        torch.cuda.current_stream().wait_stream(aside)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            self._learn()
        self._networks.load_state_dict(before)
        for state in self._optimiser.state.values():
            for value in state.values():
                value.zero_()
        self._sums.zero_()
        return graph


class Segments:
    """Draws the segments of a unit for each network: none of the part that it keeps aside."""

    def __init__(self, rendered: Sequence[Rendered], random: np.random.Generator) -> None:
        lengths = [len(targets) for _, targets in rendered]
        ends = np.cumsum(lengths)
        self.features = np.concatenate([features for features, _ in rendered])
        self.targets = np.concatenate([targets for _, targets in rendered])
        starts = []
        for end, length in zip(ends, lengths, strict=True):
            first = end - length + MARGIN + int(random.integers(FRAMES))
            starts.append(np.arange(first, end - FRAMES - MARGIN, FRAMES))
        each = [
            random.permutation(np.concatenate([s for n, s in enumerate(starts) if n != aside]))
            for aside in range(FOLDS + 1)
        ]
        many = min(map(len, each)) // BATCH
        self.batches = np.stack([one[: many * BATCH].reshape(many, BATCH) for one in each], 1)
        """First frames of segments, shape (steps, networks, BATCH)."""


def train_together(
    corpus: Corpus,
    run: Run,
    shapes: dict[str, Shape],
    target: Path,
    *,
    tell: Callable[[str], None] = print,
    processes: int | None = None,
) -> None:
    """Train stacks of several shapes on the same speech, and write every network.

    Args:
        corpus: what to train on.
        run: how long, and how.
        shapes: the shapes, by name.
        target: folder for ``NAME-all.npz``, ``NAME-0.npz`` (part 0 was kept aside) and so on.
        tell: gets a line of JSON now and then.
        processes: how many render; None is one less than there are processors.
    """
    global _renderer  # noqa: PLW0603 - the processes that render inherit it
    _renderer = Renderer(corpus, run.seed)
    began = time.monotonic()
    portions_of_all = [p for several in units(corpus.entries, run) for p in several]
    rendering = made_ahead(_rendered, iter(portions_of_all), processes)
    waiting = [next(rendering)]  # the processes begin before CUDA does
    learning = Learning(corpus, run, shapes)
    tests = [_renderer(kept_aside(corpus.entries, part)) for part in range(FOLDS)]
    for number in range(run.units):
        while len(waiting) < FOLDS:
            waiting.append(next(rendering))
        spent = (time.monotonic() - began) / 60
        progress = max(number / run.units, spent / run.minutes)
        if progress >= 1:
            break
        learning.learn(waiting, number, progress)
        waiting = []
        last = number + 1 == run.units
        if last or number % max(1, run.units // _TOLD) == 0:
            tell(json.dumps({"unit": number, "minutes": round(spent, 2), **learning.means()}))
        if last or number % max(1, run.units // _TESTED) == 0:
            tell(json.dumps({"unit": number, "speakers kept aside": learning.right_aside(tests)}))
    learning.save(target)


class Learning:
    """Stacks of several shapes that learn from the same speech."""

    def __init__(self, corpus: Corpus, run: Run, shapes: dict[str, Shape]) -> None:
        self._run, self._shapes = run, shapes
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        torch.manual_seed(run.seed)
        outputs = Shape().outputs
        loss = Loss(outputs, corpus.silence, run.rows, self._device)
        loss.rows = Rows(followers(corpus.all_targets(), outputs, STRIDE), self._device)
        self._stacks = {name: stack(shape, FOLDS + 1) for name, shape in shapes.items()}
        self._steps = {
            name: Steps(one, loss, run, self._device) for name, one in self._stacks.items()
        }
        self._counts = np.zeros(outputs)
        self._taken = 0

    def learn(self, rendered: Sequence[Rendered], number: int, progress: float) -> None:
        """Go once through a unit.

        Args:
            rendered: a portion of every part of the speakers.
            number: of the unit; the random numbers depend on it.
            progress: how much of the run is over, 0 to 1.
        """
        random = np.random.default_rng([self._run.seed, number])
        segments = Segments(rendered, random)
        self._counts += np.bincount(segments.targets, minlength=len(self._counts))
        features = torch.from_numpy(segments.features).to(self._device).float()
        states = torch.from_numpy(segments.targets).to(self._device).long()
        around = torch.arange(-MARGIN, FRAMES + MARGIN, device=self._device)
        for starts in segments.batches:
            at = torch.from_numpy(starts + int(random.integers(STRIDE))).to(self._device)
            bands = features[at[..., None] + around]
            hide_bands(bands, random, self._run.masked * (1 - progress))
            wanted = states[at[..., None] + around[MARGIN:-MARGIN:STRIDE]]
            for one in self._steps.values():
                one.step(bands, wanted, _rate(self._run, progress))
            self._taken += 1

    def means(self) -> dict[str, list[float]]:
        """Return each shape's mean loss and share of right frames since the last call."""
        taken, self._taken = max(1, self._taken), 0
        return {
            name: [round(value / taken, 4) for value in one.sums()]
            for name, one in self._steps.items()
        }

    def right_aside(self, tests: Sequence[Rendered]) -> dict[str, list[float]]:
        """Return each network's share of right frames for speakers that it has not heard."""
        return {name: right_aside(one, tests) for name, one in self._stacks.items()}

    def save(self, target: Path) -> None:
        """Write every network."""
        target.mkdir(parents=True, exist_ok=True)
        for name, one in self._stacks.items():
            for part in range(FOLDS + 1):
                state = {key: value.cpu() for key, value in one.state_of(part).items()}
                kept = "all" if part == FOLDS else str(part)
                file = target / f"{name}-{kept}.npz"
                save_network(file, state, self._shapes[name], self._counts)


@torch.no_grad()
def right_aside(networks: Stack, tests: Sequence[Rendered]) -> list[float]:
    """Return the share of right frames of each network for the speakers that it has not heard."""
    device = next(networks.parameters()).device
    networks.eval()
    shares = []
    left, right = networks.shape.left, networks.shape.right
    for part, (features, targets) in enumerate(tests):
        bands = torch.from_numpy(features).to(device).float()[None, None]
        logits = networks(scaled(bands.expand(FOLDS + 1, -1, -1, -1)))[part, 0]
        wanted = torch.from_numpy(targets).to(device)[left : len(targets) - right : STRIDE]
        many = min(len(wanted), len(logits))
        hits = logits[:many].argmax(1) == wanted[:many]
        shares.append(round(float(hits.float().mean()), 4))
    networks.train()
    return shares


def hide_bands(bands: Tensor, random: np.random.Generator, share: float) -> None:
    """Set one to five neighbouring bands to nothing in a share of the segments, in place.

    Args:
        bands: (networks, batch, frames, BANDS).
        random: draws which.
        share: of the segments.
    """
    outer, width = bands.shape[:2], bands.shape[3]
    many = random.integers(1, _MOST_HIDDEN + 1, outer) * (random.random(outer) < share)
    first = random.integers(0, width - many + 1)
    band = np.arange(width)
    kept = (band < first[..., None]) | (band >= (first + many)[..., None])
    bands.mul_(torch.from_numpy(kept).to(bands.device)[:, :, None])


_renderer: Renderer | None = None


def _rendered(portion: Portion) -> Rendered:
    assert _renderer is not None
    return _renderer(portion)


def _rate(run: Run, progress: float) -> float:
    """Warm up over the first hundredth, then fall exponentially."""
    rate = run.rate * math.exp(progress * math.log(run.last_rate / run.rate))
    return rate * min(1.0, progress * 100 + 0.05)


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path, help="folder with the corpus")
    parser.add_argument("--units", type=int, required=True, help="half hours of speech to hear")
    parser.add_argument("--minutes", type=float, default=math.inf, help="end by then")
    parser.add_argument("--shape", choices=SHAPES, action="append", help="one or more shapes")
    parser.add_argument("--rows", type=float, default=Run.rows, help="share of the rows' loss")
    parser.add_argument("--rate", type=float, default=Run.rate)
    parser.add_argument("--seed", type=int, default=Run.seed)
    parser.add_argument("--save", type=Path, required=True, help="folder for the networks")
    arguments = parser.parse_args()
    run = Run(
        units=arguments.units,
        minutes=arguments.minutes,
        rate=arguments.rate,
        rows=arguments.rows,
        seed=arguments.seed,
    )
    shapes = {name: SHAPES[name] for name in arguments.shape or ["wide"]}

    def tell(line: str) -> None:
        print(line, flush=True)

    corpus = Corpus(arguments.work / "corpus")
    train_together(corpus, run, shapes, arguments.save, tell=tell)
    return 0


if __name__ == "__main__":
    sys.exit(main())
