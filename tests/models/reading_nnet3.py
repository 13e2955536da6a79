"""Reads a network that Kaldi would read, and computes it frame by frame: apart from the writer."""

import re
import struct
from functools import cache

import numpy as np

FLOOR = 2.0**-66
"""What Kaldi's normalisation takes for the least mean square."""


class Bytes:
    """Reads Kaldi's binary format from the front."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def token(self) -> str:
        end = self.data.index(b" ", self.at)
        text, self.at = self.data[self.at : end].decode(), end + 1
        return text

    def number(self) -> float:
        size = self.data[self.at]
        kind = self.data[self.at : self.at + 1]
        if kind in b"TF":
            self.at += 1
            return float(kind == b"T")
        raw = self.data[self.at + 1 : self.at + 1 + size]
        self.at += 1 + size
        # A 32-bit integer and a float look alike: the caller says with ``whole``.
        return struct.unpack("<d" if size == 8 else "<f", raw)[0]

    def whole(self) -> int:
        assert self.data[self.at] == 4
        self.at += 5
        return struct.unpack_from("<i", self.data, self.at - 4)[0]

    def integers(self) -> list[int]:
        count = self.whole()
        values = struct.unpack_from(f"<{count}i", self.data, self.at)
        self.at += 4 * count
        return list(values)

    def array(self) -> np.ndarray:
        kind = self.token()
        if kind in {"FV", "DV"}:
            count, dtype = self.whole(), np.dtype("<f4" if kind == "FV" else "<f8")
            shape = (count,)
        elif kind == "FM":
            shape, dtype = (self.whole(), self.whole()), np.dtype("<f4")
        else:
            least, reach, *shape = struct.unpack_from("<ffii", self.data, self.at)
            self.at += 16
            dtype = np.dtype({"CM2": "<u2", "CM3": "<u1"}[kind])
        many = int(np.prod(shape))
        values = np.frombuffer(self.data, dtype, many, self.at).reshape(shape).astype(np.float64)
        self.at += many * dtype.itemsize
        if kind in {"CM2", "CM3"}:
            values = least + reach * values / {"CM2": 65535, "CM3": 255}[kind]
        return values


def read_component(data: Bytes):
    kind = data.token()[1:-1].removesuffix("Component")
    end = f"</{kind}Component>"
    fields = {}
    while (tag := data.token()) != end:
        name = tag[1:-1]
        if name in {"LinearParams", "BiasParams", "ValueAvg", "DerivAvg", "Scales", "Bias"}:
            fields[name] = data.array()
        elif name == "Sizes":
            fields[name] = data.integers()
        elif name in {"Dim", "InputDim", "OutputDim", "BlockDim", "NumBlocks"}:
            fields[name] = data.whole()
        else:
            fields[name] = data.number()
    return kind, fields


def compute(kind: str, fields: dict, x: np.ndarray) -> np.ndarray:
    """Apply a component to one frame."""
    if kind == "FixedAffine":
        return fields["LinearParams"] @ x + fields["BiasParams"]
    if kind == "BlockAffine":
        blocks = fields["NumBlocks"]
        parts = np.split(fields["LinearParams"], blocks)
        pieces = np.split(x, blocks)
        return (
            np.concatenate([a @ p for a, p in zip(parts, pieces, strict=True)])
            + fields["BiasParams"]
        )
    if kind == "ElementwiseProduct":
        return np.prod(np.split(x, len(x) // fields["OutputDim"]), axis=0)
    if kind == "RectifiedLinear":
        return np.maximum(x, 0)
    if kind == "Sigmoid":
        return 1 / (1 + np.exp(-x))
    if kind in {"Softmax", "LogSoftmax"}:
        y = x - x.max()
        y = y - np.log(np.exp(y).sum())
        return np.exp(y) if kind == "Softmax" else y
    if kind == "Normalize":
        size = np.sqrt(np.maximum(x * x, FLOOR))
        return np.stack([x / size, np.log(size)], axis=1).ravel()
    assert kind == "SumGroup", kind
    ends = np.cumsum(fields["Sizes"])
    return np.array([x[e - s : e].sum() for s, e in zip(fields["Sizes"], ends, strict=True)])


class Network:
    """The network of a ``final.mdl``."""

    def __init__(self, data: bytes) -> None:
        start = data.index(b"<Nnet3> ") + len(b"<Nnet3> ")
        end = data.index(b"\n\n", start)
        self.nodes = {}
        for line in data[start:end].decode().split("\n"):
            if line:
                kind, *pairs = re.split(r"\s+(?=[\w-]+=)", line)
                self.nodes[dict(p.split("=", 1) for p in pairs)["name"]] = (
                    kind,
                    dict(p.split("=", 1) for p in pairs),
                )
        reader = Bytes(data)
        reader.at = end + 2
        assert reader.token() == "<NumComponents>"
        self.components = {}
        for _ in range(reader.whole()):
            assert reader.token() == "<ComponentName>"
            name = reader.token()
            self.components[name] = read_component(reader)
        assert reader.token() == "</Nnet3>"

    def outputs(self, frames: np.ndarray, earliest: int = -60) -> np.ndarray:
        """Return the outputs for frames, shape (n, inputs); both ends go on as they are."""

        @cache
        def node(name: str, t: int) -> np.ndarray | None:
            kind, fields = self.nodes[name]
            if kind == "input-node":
                return frames[min(max(t, 0), len(frames) - 1)].astype(np.float64)
            if kind == "dim-range-node":
                first = int(fields["dim-offset"])
                return node(fields["input-node"], t)[first : first + int(fields["dim"])]
            x = descriptor(fields["input"], t)
            if kind == "output-node":
                return x
            component, values = self.components[fields["component"]]
            return compute(component, values, x)

        def descriptor(text: str, t: int) -> np.ndarray:
            call = re.fullmatch(r"(\w+)\((.*)\)", text.strip())
            if call is None:
                return node(text.strip(), t)
            name, parts = call[1], split(call[2])
            if name == "Append":
                return np.concatenate([descriptor(p, t) for p in parts])
            if name == "Sum":
                return descriptor(parts[0], t) + descriptor(parts[1], t)
            if name == "Scale":
                return float(parts[0]) * descriptor(parts[1], t)
            if name == "Offset":
                return descriptor(parts[0], t + int(parts[1]))
            assert name == "IfDefined"
            inner, offset = split(re.fullmatch(r"Offset\((.*)\)", parts[0])[1])
            if t + int(offset) < earliest:  # a recurrence begins with zero
                return np.zeros(len(self.components[inner][1]["BiasParams"]))
            return node(inner, t + int(offset))

        for t in range(earliest, len(frames)):  # fill the recurrences from the front
            for name in ("level", "mean"):
                if name in self.nodes:
                    node(name, t)
        return np.array([node("output", t) for t in range(len(frames))])


def split(text: str) -> list[str]:
    """Split at the commas that stand in no brackets."""
    parts, depth = [""], 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts]
