"""Writes Kaldi's binary format, little-endian."""

import struct
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike


class KaldiStream:
    """Collects the bytes of one object. Every method returns the stream, to go on with."""

    def __init__(self) -> None:
        self._parts = [b"\0B"]

    def raw(self, data: bytes) -> "KaldiStream":
        """Add bytes as they are."""
        self._parts.append(data)
        return self

    def token(self, text: str) -> "KaldiStream":
        """Add a token, such as ``<Nnet3>``."""
        return self.raw(text.encode() + b" ")

    def tagged(self, tag: str, value: Any) -> "KaldiStream":
        """Add a token and its value: an ``int``, a ``float`` (32 bit) or a ``bool``."""
        self.token(tag)
        if isinstance(value, bool):
            return self.raw(b"T" if value else b"F")
        return self.int32(value) if isinstance(value, int) else self.float32(value)

    def int32(self, value: int) -> "KaldiStream":
        """Add an integer."""
        return self.raw(struct.pack("<bi", 4, value))

    def float32(self, value: float) -> "KaldiStream":
        """Add a number in 32 bits."""
        return self.raw(struct.pack("<bf", 4, value))

    def float64(self, value: float) -> "KaldiStream":
        """Add a number in 64 bits."""
        return self.raw(struct.pack("<bd", 8, value))

    def integers(self, values: ArrayLike) -> "KaldiStream":
        """Add a list of integers."""
        array = np.asarray(values, "<i4")
        return self.raw(struct.pack("<bi", 4, len(array)) + array.tobytes())

    def vector(self, values: ArrayLike, *, double: bool = False) -> "KaldiStream":
        """Add a vector, shape (n,)."""
        array = np.asarray(values, "<f8" if double else "<f4")
        return self.token("DV" if double else "FV").int32(len(array)).raw(array.tobytes())

    def matrix(self, values: ArrayLike) -> "KaldiStream":
        """Add a matrix, shape (rows, columns), in 32 bits."""
        array = np.ascontiguousarray(values, "<f4")
        self.token("FM").int32(array.shape[0]).int32(array.shape[1])
        return self.raw(array.tobytes())

    def matrix_of_16_bits(self, values: ArrayLike) -> "KaldiStream":
        """Add a matrix in even steps between its least and its greatest value (``CM2``)."""
        return self._stepped("CM2", values, "<u2", 65535)

    def matrix_of_8_bits(self, values: ArrayLike) -> "KaldiStream":
        """Add a matrix in 256 even steps (``CM3``). Two different values are kept exactly."""
        return self._stepped("CM3", values, "<u1", 255)

    def _stepped(self, tag: str, values: ArrayLike, kind: str, most: int) -> "KaldiStream":
        array = np.asarray(values, np.float64)
        least = float(array.min())
        reach = float(array.max()) - least or 1.0
        steps = np.rint((array - least) * (most / reach)).astype(kind)
        self.token(tag).raw(struct.pack("<ffii", least, reach, *array.shape))
        return self.raw(steps.tobytes())

    def data(self) -> bytes:
        """Return all bytes."""
        return b"".join(self._parts)

    def save(self, path: Path) -> None:
        """Write all bytes to a file."""
        path.write_bytes(self.data())
