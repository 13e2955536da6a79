"""Kaldi's nnet3: a network as nodes and components."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from models.builder.kaldi_stream import KaldiStream

Component = Callable[[KaldiStream], object]
"""Writes itself to a stream."""


class Network:
    """Nodes in the order in which they were added, and the components that they use."""

    def __init__(self, inputs: int) -> None:
        self._lines = [f"input-node name=input dim={inputs}"]
        self._components: list[tuple[str, Component]] = []

    def node(self, name: str, source: str, component: Component) -> str:
        """Add a component that reads a descriptor, such as ``Append(a, Offset(b, -1))``."""
        self._components.append((name, component))
        self._lines.append(f"component-node name={name} component={name} input={source}")
        return name

    def part(self, name: str, source: str, offset: int, size: int) -> str:
        """Add a node that is a range of another node's dimensions."""
        self._lines.append(
            f"dim-range-node name={name} input-node={source} dim-offset={offset} dim={size}"
        )
        return name

    def output(self, source: str) -> None:
        """Say what the network's output is."""
        self._lines.append(f"output-node name=output input={source} objective=linear")

    def write(self, stream: KaldiStream) -> None:
        """Add the network to a stream, with its contexts and priors left to be computed."""
        stream.token("<Nnet3>").raw(b"\n" + "\n".join(self._lines).encode() + b"\n\n")
        stream.tagged("<NumComponents>", len(self._components))
        for name, component in self._components:
            stream.token("<ComponentName>").token(name)
            component(stream)
        stream.token("</Nnet3>")
        stream.tagged("<LeftContext>", 0).tagged("<RightContext>", 0)
        stream.token("<Priors>").vector([])


def at(node: str, offset: int) -> str:
    """Return the descriptor of a node some frames later (or earlier, if negative)."""
    return node if offset == 0 else f"Offset({node}, {offset})"


def before(node: str) -> str:
    """Return the descriptor of a node one frame ago, zero at the beginning: a recurrence."""
    return f"IfDefined(Offset({node}, -1))"


def append(*sources: str) -> str:
    """Return the descriptor of several sources side by side."""
    return f"Append({', '.join(sources)})" if len(sources) > 1 else sources[0]


def affine(linear: ArrayLike, bias: ArrayLike) -> Component:
    """Return y = linear x + bias."""

    def write(stream: KaldiStream) -> None:
        stream.token("<FixedAffineComponent>").token("<LinearParams>").matrix(linear)
        stream.token("<BiasParams>").vector(bias).token("</FixedAffineComponent>")

    return write


def compact_affine(
    linear: ArrayLike, bias: ArrayLike, *, blocks: int = 1, bits: int = 16
) -> Component:
    """Return an affine map whose matrix is stored in 16 or 8 bits a number.

    Args:
        linear: shape (outputs, inputs of one block); the rows of the blocks stand in order.
        bias: shape (outputs,).
        blocks: how many equal parts input and output are cut into; each sees only its own.
        bits: 32, 16 or 8.
    """

    def write(stream: KaldiStream) -> None:
        stream.token("<BlockAffineComponent>").tagged("<LearningRate>", 0.001)
        stream.tagged("<NumBlocks>", blocks).token("<LinearParams>")
        {32: stream.matrix, 16: stream.matrix_of_16_bits, 8: stream.matrix_of_8_bits}[bits](linear)
        stream.token("<BiasParams>").vector(bias).token("</BlockAffineComponent>")

    return write


def product(inputs: int, outputs: int) -> Component:
    """Return the element-wise product of the parts of the input."""

    def write(stream: KaldiStream) -> None:
        stream.token("<ElementwiseProductComponent>").tagged("<InputDim>", inputs)
        stream.tagged("<OutputDim>", outputs).token("</ElementwiseProductComponent>")

    return write


def nonlinear(kind: str, size: int) -> Component:
    """Return ``RectifiedLinear``, ``Sigmoid``, ``Softmax`` or ``LogSoftmax``."""

    def write(stream: KaldiStream) -> None:
        stream.token(f"<{kind}Component>").tagged("<Dim>", size)
        stream.token("<ValueAvg>").vector([], double=True)
        stream.token("<DerivAvg>").vector([], double=True)
        stream.token("<Count>").float64(0.0).token(f"</{kind}Component>")

    return write


def log_of_size(size: int) -> Component:
    """Return pairs (sign, log of the size) of each input: nnet3 has no plain logarithm."""

    def write(stream: KaldiStream) -> None:
        stream.token("<NormalizeComponent>").tagged("<InputDim>", size)
        stream.tagged("<BlockDim>", 1).tagged("<TargetRms>", 1.0)
        stream.tagged("<AddLogStddev>", True).token("</NormalizeComponent>")

    return write


def sum_of_groups(sizes: Sequence[int]) -> Component:
    """Return the sums over groups of neighbouring inputs."""

    def write(stream: KaldiStream) -> None:
        stream.token("<SumGroupComponent>").token("<Sizes>").integers(np.asarray(sizes))
        stream.token("</SumGroupComponent>")

    return write


def no_change(size: int) -> Component:
    """Return the input as it is: a node for a sum that several others read."""
    return sum_of_groups([1] * size)
