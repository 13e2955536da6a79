"""Several networks of one shape that are trained at once, each on its own part of the speech.

Cross-validation needs a network for each part of the speakers that is kept aside, and one for
all. On a graphics processor small networks leave most of it idle; four at once take little longer
than one.
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from models.training.network import STRIDE, Shape, TimeDelayNetwork

_EPSILON, _MOMENTUM = 1e-5, 0.1


class Stack(nn.Module):
    """Networks side by side: what ``TimeDelayNetwork`` computes, with one more axis in front."""

    def __init__(self, networks: Sequence[TimeDelayNetwork]) -> None:
        """Begin with networks of the same shape."""
        super().__init__()
        self.shape = networks[0].shape
        states = [network.state_dict() for network in networks]
        names = dict(networks[0].named_parameters())
        for name in states[0]:
            if not name.endswith("num_batches_tracked"):
                stacked = torch.stack([state[name] for state in states])
                flat = _flat(name)
                if name in names:
                    self.register_parameter(flat, nn.Parameter(stacked))
                else:
                    self.register_buffer(flat, stacked)

    def forward(self, bands: Tensor) -> Tensor:
        """Map bands (networks, batch, frames, BANDS) to logits of every third frame."""
        x = bands.unfold(2, 2 * self.shape.reach + 1, STRIDE).transpose(3, 4).flatten(3)
        x = self._normalised(torch.relu(self._linear(x, "first")), "norm")
        for number, (back, on) in enumerate(self.shape.blocks):
            x = self._block(x, f"blocks.{number}", back // STRIDE, on // STRIDE)
        return self._linear(x, "last")

    def _block(self, x: Tensor, name: str, back: int, on: int) -> Tensor:
        frames = x.shape[2] - back
        around = torch.cat([x[:, :, :frames], x[:, :, back:]], dim=3)
        narrow = self._linear(around, f"{name}.narrow")
        if on:
            frames -= on
            narrow = torch.cat([narrow[:, :, :frames], narrow[:, :, on:]], dim=3)
        y = self._normalised(torch.relu(self._linear(narrow, f"{name}.wide")), f"{name}.norm")
        return y + self.shape.keep * x[:, :, back : back + frames]

    def _linear(self, x: Tensor, name: str) -> Tensor:
        weight = getattr(self, _flat(f"{name}.weight")).transpose(1, 2)
        bias = getattr(self, _flat(f"{name}.bias"), None)
        rows = x.flatten(1, 2)
        y: Tensor = rows @ weight if bias is None else torch.baddbmm(bias[:, None], rows, weight)
        return y.unflatten(1, x.shape[1:3])

    def _normalised(self, x: Tensor, name: str) -> Tensor:
        mean: Tensor = getattr(self, _flat(f"{name}.running_mean"))
        variance: Tensor = getattr(self, _flat(f"{name}.running_var"))
        if self.training:
            rows = x.float().flatten(1, 2)
            now, spread = rows.mean(1), rows.var(1, correction=0)
            with torch.no_grad():
                count = rows.shape[1]
                mean.lerp_(now, _MOMENTUM)
                variance.lerp_(spread * count / (count - 1), _MOMENTUM)
            mean, variance = now, spread
        return (x - mean[:, None, None]) * torch.rsqrt(variance + _EPSILON)[:, None, None]

    def clip(self, most: float) -> None:
        """Shorten each network's gradient to a length of at most ``most``."""
        gradients = [p.grad for p in self.parameters() if p.grad is not None]
        squares = torch.stack([g.square().flatten(1).sum(1) for g in gradients]).sum(0)
        factor = (most / (squares.sqrt() + 1e-6)).clamp(max=1.0)
        for gradient in gradients:
            gradient.mul_(factor.view(-1, *[1] * (gradient.dim() - 1)))

    def state_of(self, number: int) -> dict[str, Tensor]:
        """Return one network's parameters, as ``TimeDelayNetwork`` names them."""
        return {name.replace("__", "."): v[number] for name, v in self.state_dict().items()}


def stack(shape: Shape, many: int) -> Stack:
    """Return new networks of a shape, with random numbers each of its own."""
    return Stack([TimeDelayNetwork(shape) for _ in range(many)])


def _flat(name: str) -> str:
    return name.replace(".", "__")
