"""The network that is trained: a factored time-delay network in PyTorch."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from models.builder.front_end import BANDS

STRIDE = 3
"""In training the blocks see every third frame: their taps are multiples of three."""


@dataclass(frozen=True)
class Shape:
    """The sizes of the network."""

    hidden: int = 512
    bottleneck: int = 160
    reach: int = 2
    """Frames to either side that the first layer sees."""

    blocks: tuple[tuple[int, int], ...] = (
        *((3, 3), (3, 3), (3, 3)),
        *((6, 0), (6, 0), (9, 0), (9, 0)),
    )
    """Of each block: how far back and how far on it looks, in frames, multiples of ``STRIDE``."""

    outputs: int = 126
    keep: float = 0.66
    """How much of a block's input is added to its output."""

    @property
    def left(self) -> int:
        """Frames back that an output depends on."""
        return self.reach + sum(back for back, _ in self.blocks)

    @property
    def right(self) -> int:
        """Frames on that an output depends on."""
        return self.reach + sum(on for _, on in self.blocks)


WIDE = Shape(
    hidden=640,
    bottleneck=208,
    blocks=(*((3, 3), (3, 3), (3, 3)), *((6, 0), (6, 0), (6, 0), (9, 0), (9, 0))),
)
"""Nearly twice the parameters; looks no further ahead."""


class Block(nn.Module):
    """A factored layer: (t - back, t) -> bottleneck -> (t, t + on) -> hidden."""

    def __init__(self, shape: Shape, back: int, on: int) -> None:
        super().__init__()
        self.back, self.on, self.keep = back // STRIDE, on // STRIDE, shape.keep
        self.narrow = nn.Linear(2 * shape.hidden, shape.bottleneck, bias=False)
        taps = 2 if on else 1
        self.wide = nn.Linear(taps * shape.bottleneck, shape.hidden)
        self.norm = nn.BatchNorm1d(shape.hidden, affine=False)

    def forward(self, x: Tensor) -> Tensor:
        """Map (batch, frames, hidden) to fewer frames: those with all their neighbours."""
        frames = x.shape[1] - self.back
        narrow = self.narrow(torch.cat([x[:, :frames], x[:, self.back :]], dim=2))
        if self.on:
            frames -= self.on
            narrow = torch.cat([narrow[:, :frames], narrow[:, self.on :]], dim=2)
        y = normalised(torch.relu(self.wide(narrow)), self.norm)
        return y + self.keep * x[:, self.back : self.back + frames]


class TimeDelayNetwork(nn.Module):
    """Maps relative log-mel bands to logits of phone states."""

    def __init__(self, shape: Shape = Shape()) -> None:
        super().__init__()
        self.shape = shape
        self.first = nn.Linear((2 * shape.reach + 1) * BANDS, shape.hidden)
        self.norm = nn.BatchNorm1d(shape.hidden, affine=False)
        self.blocks = nn.ModuleList(Block(shape, back, on) for back, on in shape.blocks)
        self.last = nn.Linear(shape.hidden, shape.outputs)

    def forward(self, bands: Tensor) -> Tensor:
        """Map bands (batch, left + frames + right, BANDS) to logits of every third frame.

        The first is that of the first frame with all its neighbours.
        """
        x = bands.unfold(1, 2 * self.shape.reach + 1, STRIDE).transpose(2, 3).flatten(2)
        x = normalised(torch.relu(self.first(x)), self.norm)
        for block in self.blocks:
            x = block(x)
        logits: Tensor = self.last(x)
        return logits


def normalised(x: Tensor, norm: nn.Module) -> Tensor:
    """Apply a batch normalisation to (batch, frames, hidden)."""
    rows: Tensor = norm(x.flatten(0, 1))
    return rows.view_as(x)
