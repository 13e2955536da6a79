"""The loss of rows of states, against all rows counted one by one."""

from itertools import pairwise, product

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch, which trains the network, is missing")

from models.training.sequence import Rows, followers  # noqa: E402 - it needs torch

COUNTS = np.array([[9.0, 1, 0, 0], [0, 5, 3, 1], [2, 0, 6, 2], [4, 0, 1, 7]])
EVERY_ROW = list(product(range(4), repeat=5))


def log_weight(row: tuple[int, ...], logits: np.ndarray, scale: float) -> float:
    """How likely a row is, up to a constant: what comes first, what follows, what is heard."""
    often = COUNTS + 0.02
    first = np.log(often.sum(1) / often.sum())
    after = np.log(often / often.sum(1, keepdims=True))
    total = first[row[0]] + sum(after[a, b] for a, b in pairwise(row))
    return float(total + sum(scale * (logits[t, s] - first[s]) for t, s in enumerate(row)))


@pytest.mark.parametrize("scale", [0.5, 1.0])
def test_a_row_competes_with_every_other(scale: float) -> None:
    logits = np.random.default_rng(3).normal(0, 4, (2, 5, 4)).astype(np.float32)
    wanted = [(0, 1, 1, 2, 3), (3, 3, 0, 0, 1)]
    expected = np.mean(
        [
            np.logaddexp.reduce(
                [log_weight(row, one, scale) for row in product(range(4), repeat=5)]
            )
            - log_weight(right, one, scale)
            for one, right in zip(logits, wanted, strict=True)
        ]
    )
    loss = Rows(COUNTS).loss(torch.from_numpy(logits), torch.tensor(wanted), scale)
    assert float(loss) == pytest.approx(expected / 5, rel=1e-5)


def test_a_certain_row_costs_nothing_and_a_wrong_one_much() -> None:
    right = torch.tensor([[0, 0, 1, 2, 2, 3]])
    sure = 60 * torch.nn.functional.one_hot(right, 4).float()
    rows = Rows(COUNTS)
    assert float(rows.loss(sure, right, 0.5)) == pytest.approx(0, abs=1e-3)
    assert float(rows.loss(sure, torch.tensor([[3, 3, 3, 3, 3, 3]]), 0.5)) > 10


def test_followers_are_counted_a_stride_apart() -> None:
    counts = followers(np.array([0, 2, 1, 0, 2, 3], np.uint8), 4, 3)
    assert counts[0, 0] == counts[2, 2] == counts[1, 3] == 1
    assert counts.sum() == 3
