"""The training loop: on the aligned phone states, frame by frame and as rows; resumable, seeded."""

import json
import math
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from models.training.augmentation import Augmenter, Chances
from models.training.corpus import Corpus
from models.training.features import Floats32
from models.training.network import STRIDE, Shape, TimeDelayNetwork
from models.training.plan import LOOKAHEAD, Recipe, chosen, noises, parts_of, portions, render
from models.training.sequence import Rows, followers

FRAMES = 240
"""Frames of a segment that are scored (every third)."""

BATCH = 24
_SILENCE_WEIGHT = 0.5
_SMOOTHING = 0.05
_MOST_HIDDEN = 5
_SCALE = 0.5
"""Of the log-likelihoods of frames 30 ms apart, in rows; 0.4 made the rows of a network that was
trained on frames most likely."""

Made = TypeVar("Made")


def scaled(bands: Tensor) -> Tensor:
    """Bring relative bands (0 to about 12) to about -1 to 2, as the network takes them."""
    return bands / 4 - 1


def train(
    folder: Path,
    corpus: Corpus,
    recipe: Recipe,
    silence: int,
    *,
    start: Path | None = None,
    tell: Callable[[str], None] = print,
) -> Path:
    """Train, or go on training, and return the file of the finished network.

    Args:
        folder: holds the checkpoint and, one line a portion, the curve ``curve.jsonl``.
        corpus: what to train on.
        recipe: how.
        silence: the target of silence.
        start: a network to begin with, a checkpoint or one that was saved for the builder; None
            begins with random numbers.
        tell: gets a line about how far it is, now and then.
    """
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(recipe.seed)
    network = TimeDelayNetwork(Shape())
    if start is not None:
        network.load_state_dict(state_of(start), strict=False)
    optimiser = torch.optim.AdamW(network.parameters(), lr=recipe.rate, weight_decay=1e-3)
    outputs = network.shape.outputs
    checkpoint, counts = folder / "checkpoint.pt", np.zeros((outputs, outputs))
    done = 0
    if checkpoint.is_file():
        state = torch.load(checkpoint)
        network.load_state_dict(state["network"])
        optimiser.load_state_dict(state["optimiser"])
        done, counts = state["done"], state["counts"].numpy()
    loss_of = Loss(outputs, silence, recipe.rows)
    recorded = noises(corpus, recipe.seed, parts_of(recipe))
    plan = [
        p for turn in range(recipe.passes) for p in portions(chosen(corpus.entries, recipe, turn))
    ]
    chances = Chances(clatter=recipe.noise)
    began = time.perf_counter()
    network.train()

    def rendered(number: int) -> tuple[Floats32, NDArray[np.uint8]]:
        augmenter = Augmenter(recorded, recipe.seed * 100_003 + number, chances)
        return render(corpus, plan[number], augmenter, silence, recipe.noise)

    for number, (features, targets) in ahead(rendered, done, len(plan)):
        _set_rate(optimiser, recipe, number / len(plan))
        counts += followers(targets, outputs, STRIDE)
        loss_of.rows = Rows(counts)
        progress = number / len(plan)
        masked = recipe.masked * (1 - progress)
        loss, right = _one_portion(
            (network, optimiser, loss_of), features, targets, number=number, masked=masked
        )
        line = {"portion": number, "loss": round(loss, 4), "right": round(right, 4)}
        with (folder / "curve.jsonl").open("a") as curve:
            curve.write(json.dumps(line) + "\n")
        _save(checkpoint, network, optimiser, done=number + 1, counts=counts, recipe=recipe)
        spent = time.perf_counter() - began
        left = spent / (number + 1 - done) * (len(plan) - number - 1)
        tell(
            f"{number + 1} of {len(plan)}: loss {loss:.3f}, right {right:.3f},"
            f" {left / 60:.0f} min left"
        )
    return checkpoint


class Loss:
    """Cross-entropy of each frame, and of the whole row of states, in given shares."""

    def __init__(self, outputs: int, silence: int, share: float, device: str = "cpu") -> None:
        """Begin.

        Args:
            outputs: of the network.
            silence: the target of silence.
            share: of the rows' loss, 0 to 1.
            device: where the logits are.
        """
        weights = torch.ones(outputs)
        weights[silence] = _SILENCE_WEIGHT
        self._frames = nn.CrossEntropyLoss(weights.to(device), label_smoothing=_SMOOTHING)
        self._share = share
        self.rows: Rows | None = None
        """Which states follow each other, as far as is known."""

    def __call__(self, logits: Tensor, wanted: Tensor) -> Tensor:
        """Return the loss of logits (batch, frames, outputs), in nats a frame."""
        loss: Tensor = self._frames(logits.flatten(0, 1), wanted.flatten())
        if self.rows is not None and self._share:
            rows = self.rows.loss(logits, wanted, _SCALE) / _SCALE
            loss = (1 - self._share) * loss + self._share * rows
        return loss


def ahead(make: Callable[[int], Made], first: int, end: int) -> Iterator[tuple[int, Made]]:
    """Yield each number and what is made of it, while another thread makes the next one."""
    with ThreadPoolExecutor(1) as maker:
        coming = maker.submit(make, first) if first < end else None
        for number in range(first, end):
            assert coming is not None
            made = coming.result()
            if number + 1 < end:
                coming = maker.submit(make, number + 1)
            yield number, made


def _one_portion(
    learning: tuple[TimeDelayNetwork, torch.optim.Optimizer, Loss],
    features: Floats32,
    targets: NDArray[np.uint8],
    *,
    number: int,
    masked: float,
) -> tuple[float, float]:
    """Train on every segment once. Return the mean loss and the share of frames that are right.

    Args:
        learning: the network, its optimiser, and what gives the loss.
        features: relative bands, shape (frames, BANDS).
        targets: shape (frames,).
        number: of the portion; the random numbers depend on it.
        masked: the share of segments in which some bands are hidden.
    """
    network, optimiser, loss_of = learning
    shape = network.shape
    left, right = shape.left, shape.right
    random = np.random.default_rng(number)
    first = left + int(random.integers(FRAMES))
    starts = np.arange(first, len(targets) - FRAMES - right, FRAMES)
    starts = random.permutation(starts)
    bands, states = torch.from_numpy(features), torch.from_numpy(targets.astype(np.int64))
    losses, hits, frames = 0.0, 0, 0
    for at in range(0, len(starts), BATCH):
        group = starts[at : at + BATCH] + int(random.integers(STRIDE))
        group = group[group + FRAMES + right <= len(targets)]
        segments = torch.stack([bands[s - left : s + FRAMES + right] for s in group])
        hide_bands(segments, random, masked)
        wanted = torch.stack([states[s : s + FRAMES : STRIDE] for s in group])
        with torch.autocast("cpu", torch.bfloat16):
            logits = network(scaled(segments))
        logits = logits.float()
        loss = loss_of(logits, wanted)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimiser.step()
        losses += float(loss.detach()) * wanted.numel()
        hits += int((logits.argmax(2) == wanted).sum())
        frames += wanted.numel()
    return losses / max(1, frames), hits / max(1, frames)


def hide_bands(segments: Tensor, random: np.random.Generator, share: float) -> None:
    """Set one to five neighbouring bands to nothing in a share of the segments, in place.

    So the network learns to do without any part of the spectrum: microphones and rooms take
    some away (D. S. Park et al., SpecAugment, 2019).
    """
    for segment in segments:
        if random.random() < share:
            many = int(random.integers(1, _MOST_HIDDEN + 1))
            first = int(random.integers(0, segment.shape[1] - many + 1))
            segment[:, first : first + many] = 0


def state_of(path: Path) -> dict[str, Tensor]:
    """Return a network's parameters and statistics by name, from a checkpoint or a saved network.

    A saved one has sixteen bits a number, and does not say how many batches it has seen.
    """
    if path.suffix != ".npz":
        state: dict[str, Tensor] = torch.load(path)["network"]
        return state
    with np.load(path) as file:
        names = set(file.files) & set(TimeDelayNetwork(Shape()).state_dict())
        return {name: torch.from_numpy(file[name]).float() for name in names}


def _set_rate(optimiser: torch.optim.Optimizer, recipe: Recipe, progress: float) -> None:
    """Warm up over the first hundredth, then fall exponentially."""
    rate = recipe.rate * math.exp(progress * math.log(recipe.last_rate / recipe.rate))
    for group in optimiser.param_groups:
        group["lr"] = rate * min(1.0, progress * 100 + 0.1)


def _save(
    path: Path,
    network: TimeDelayNetwork,
    optimiser: torch.optim.Optimizer,
    *,
    done: int,
    counts: NDArray[np.float64],
    recipe: Recipe,
) -> None:
    state: dict[str, Any] = {
        "network": network.state_dict(),
        "optimiser": optimiser.state_dict(),
        "done": done,
        "counts": torch.from_numpy(counts),
        "recipe": asdict(recipe),
    }
    whole = path.with_suffix(".new")
    torch.save(state, whole)
    whole.replace(path)


def export(checkpoint: Path, target: Path) -> None:
    """Write a trained network as plain arrays, as the builder of the model reads it."""
    state = torch.load(checkpoint)
    save_network(target, state["network"], Shape(), state["counts"].numpy().sum(1))


def save_network(
    target: Path, state: Mapping[str, Tensor], shape: Shape, counts: NDArray[np.float64]
) -> None:
    """Write a network as plain arrays.

    Args:
        target: the file.
        state: the parameters and the statistics of the normalisations, by name.
        shape: of the network.
        counts: how often each output was trained on, shape (outputs,).
    """
    priors = counts + 1.0
    # Sixteen bits a number: the model keeps no more.
    arrays: dict[str, NDArray[Any]] = {
        name: value.numpy().astype(np.float16 if name.endswith("weight") else np.float32)
        for name, value in state.items()
        if not name.endswith("num_batches_tracked")
    }
    arrays |= {
        "blocks": np.array(shape.blocks),
        "keep": np.array(shape.keep),
        "lookahead": np.array(LOOKAHEAD),
        "log_priors": np.log(priors / priors.sum()).astype(np.float32),
    }
    np.savez_compressed(target, allow_pickle=False, **arrays)
