"""Networks that are trained side by side are what they would be alone."""

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch, which trains the network, is missing")

from models.builder.front_end import BANDS  # noqa: E402 - it needs torch
from models.training.network import WIDE, Shape, TimeDelayNetwork  # noqa: E402
from models.training.stack import Stack  # noqa: E402
from models.training.together import FRAMES, MARGIN, Segments, hide_bands  # noqa: E402

SMALL = Shape(hidden=24, bottleneck=8, blocks=((3, 3), (6, 0)), outputs=9)


def networks() -> list[TimeDelayNetwork]:
    torch.manual_seed(4)
    return [TimeDelayNetwork(SMALL) for _ in range(3)]


def test_each_computes_what_it_computes_alone_and_learns_the_same() -> None:
    alone = networks()
    together = Stack(alone)
    bands = torch.randn(3, 4, 60, BANDS)
    for _ in range(2):  # the second time the statistics of the first are in the network
        logits = together(bands)
        separate = torch.stack([one(x) for one, x in zip(alone, bands, strict=True)])
        assert torch.allclose(logits, separate, atol=1e-4)
    logits.square().mean().mul(3).backward()
    for n, one in enumerate(alone):
        separate[n].square().mean().backward(retain_graph=True)
        ours = together.first__weight.grad[n]
        assert torch.allclose(ours, one.first.weight.grad, atol=1e-5)
    together.eval()
    for n, one in enumerate(alone):
        state = together.state_of(n)
        fresh = TimeDelayNetwork(SMALL)
        fresh.load_state_dict(state, strict=False)
        assert torch.allclose(fresh.eval()(bands[n]), one.eval()(bands[n]), atol=1e-4)
        assert torch.allclose(together(bands)[n], one(bands[n]), atol=1e-4)


def test_a_long_gradient_is_shortened_for_its_own_network_only() -> None:
    together = Stack(networks())
    for parameter in together.parameters():
        parameter.grad = torch.zeros_like(parameter)
    together.last__bias.grad[0, 0] = 50.0
    together.last__bias.grad[1, 0] = 0.5
    together.clip(5.0)
    assert together.last__bias.grad[:2, 0].tolist() == pytest.approx([5.0, 0.5], rel=1e-4)


def test_no_network_hears_the_part_that_it_keeps_aside() -> None:
    length = 70 * FRAMES
    rendered = [
        (np.full((length, BANDS), part, np.float16), np.full(length, part, np.uint8))
        for part in range(3)
    ]
    segments = Segments(rendered, np.random.default_rng(1))
    assert segments.batches.shape[1:] == (4, 64)
    inside = segments.batches[..., None] + np.arange(-MARGIN, FRAMES + MARGIN)
    heard = segments.features[inside, 0]
    for part in range(3):
        assert set(np.unique(heard[:, part]).astype(int)) == {0, 1, 2} - {part}
    assert set(np.unique(heard[:, 3]).astype(int)) == {0, 1, 2}


def test_neighbouring_bands_are_hidden_in_a_share_of_the_segments() -> None:
    bands = torch.ones(4, 200, 3, BANDS)
    hide_bands(bands, np.random.default_rng(2), 0.5)
    hidden = (bands[:, :, 0] == 0).numpy()
    touched = hidden.any(2)
    assert 0.4 < touched.mean() < 0.6
    counts = hidden.sum(2)[touched]
    assert counts.min() == 1
    assert counts.max() == 5
    edges = np.abs(np.diff(np.pad(hidden[touched], ((0, 0), (1, 1))).astype(int), axis=1)).sum(1)
    assert set(edges) == {2}


def test_the_shapes_look_no_farther_than_their_segments_reach_nor_than_200_ms() -> None:
    for shape in (Shape(), WIDE):
        assert max(shape.left, shape.right) + 3 <= MARGIN
        assert 10 * (shape.right + 8) <= 200
