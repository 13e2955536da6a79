"""Reads the acoustic model en-us of CMU Sphinx: a phonetically tied GMM-HMM."""

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

INTERNAL, BEGIN, END, SINGLE = range(4)
"""Where in a word a phone stands, numbered as in the model definition."""

SILENCE = "SIL"
NOISES = ("+NSN+", "+SPN+")
"""Noise, and noise of a speaker: fillers, like silence."""

_LOG_BASE = 1.0001
_WEIGHT_SHIFT = 1 << 10
_MAGIC = 0x11223344

Triphone = tuple[int, int, int, int]
"""Phone, left context, right context, position in the word."""


@dataclass(frozen=True)
class Definition:
    """Which phones there are and which states they share: the file ``mdef``."""

    phones: tuple[str, ...]
    is_filler: tuple[bool, ...]
    silence: int
    triphones: dict[Triphone, int]
    """State sequence of each triphone that was seen in training."""

    plain: tuple[int, ...]
    """State sequence of each phone without context."""

    sequences: Ints
    """Senones, shape (sequences, 3)."""

    codebook: Ints
    """Phone that each senone belongs to, shape (senones,)."""

    def senones(self, phone: int, left: int, right: int, position: int) -> tuple[int, ...]:
        """Return the three senones of a triphone, backing off as PocketSphinx does."""
        return tuple(int(s) for s in self.sequences[self._sequence(phone, left, right, position)])

    def plain_senones(self, phone: int) -> tuple[int, ...]:
        """Return the three senones of a phone without context."""
        return tuple(int(s) for s in self.sequences[self.plain[phone]])

    def states(self) -> Ints:
        """Return which of a phone's states (0 to 2) each senone is, shape (senones,)."""
        state = np.zeros(len(self.codebook), np.int64)
        for position in range(self.sequences.shape[1]):
            state[self.sequences[:, position]] = position
        return state

    def _sequence(self, phone: int, left: int, right: int, position: int) -> int:
        if self.is_filler[phone]:
            return self.plain[phone]
        found = self._anywhere(phone, left, right, position)
        if found is None:
            if self.is_filler[left] or position in (BEGIN, SINGLE):
                left = self.silence
            if self.is_filler[right] or position in (END, SINGLE):
                right = self.silence
            found = self._anywhere(phone, left, right, position)
        return self.plain[phone] if found is None else found

    def _anywhere(self, phone: int, left: int, right: int, position: int) -> int | None:
        for other in (position, *(p for p in range(4) if p != position)):
            found = self.triphones.get((phone, left, right, other))
            if found is not None:
                return found
        return None


@dataclass(frozen=True)
class SphinxModel:
    """A phonetically tied model: one codebook of Gaussians per phone and stream."""

    definition: Definition
    means: tuple[Floats, ...]
    """Per stream, shape (codebooks, densities, dimensions)."""

    variances: tuple[Floats, ...]
    weights: Floats
    """Shape (streams, densities, senones); they sum to 1 over the densities."""

    transitions: Floats
    """Probabilities, shape (phones, 3, 4)."""


def read_model(folder: Path) -> SphinxModel:
    """Read the acoustic model in a folder.

    Raises:
        ValueError: a file is not in the format that the model en-us has.
    """
    means = _read_parameters(folder / "means")
    weights = _read_weights(folder / "sendump", len(means))
    return SphinxModel(
        definition=read_definition(folder / "mdef"),
        means=means,
        variances=_read_parameters(folder / "variances"),
        weights=weights / weights.sum(axis=1, keepdims=True),
        transitions=_read_transitions(folder / "transition_matrices"),
    )


def read_definition(path: Path) -> Definition:
    """Read a binary ``mdef``.

    Raises:
        ValueError: it is not one, or of a later version.
    """
    data = path.read_bytes()
    magic, version, header = struct.unpack_from("<4sii", data, 0)
    if magic != b"BMDF" or version > 1:
        raise ValueError(f"{path} is no binary model definition.")
    at = 12 + header
    plain, phones, emitting, _, senones, _, sequences, _, tree, silence = struct.unpack_from(
        "<10i", data, at
    )
    names, at = _read_names(data, at + 40, plain)
    at += 8 * tree
    entry = np.dtype([("sequence", "<i4"), ("matrix", "<i4"), ("info", "u1", 4)])
    entries = np.frombuffer(data, entry, phones, at)
    at += entry.itemsize * phones
    (size,) = struct.unpack_from("<i", data, at)
    table = np.frombuffer(data, "<u2", size, at + 4).reshape(sequences, emitting).astype(np.int64)
    codebook = np.full(senones, -1, np.int64)
    triphones = {}
    for number, (sequence, _, info) in enumerate(entries):
        position, phone, left, right = (int(value) for value in info)
        if number < plain:
            phone = number
        else:
            triphones[phone, left, right, position] = int(sequence)
        codebook[table[sequence]] = phone
    if (codebook < 0).any():
        raise ValueError(f"{path} has states that no phone uses.")
    return Definition(
        phones=names,
        is_filler=tuple(bool(info[0]) for info in entries["info"][:plain]),
        silence=silence,
        triphones=triphones,
        plain=tuple(int(s) for s in entries["sequence"][:plain]),
        sequences=table,
        codebook=codebook,
    )


def _read_names(data: bytes, start: int, count: int) -> tuple[tuple[str, ...], int]:
    """Return the zero-terminated names, and where they end, padded to four bytes."""
    at, names = start, []
    for _ in range(count):
        end = data.index(b"\0", at)
        names.append(data[at:end].decode())
        at = end + 1
    return tuple(names), start + (at - start + 3 & ~3)


def _payload(data: bytes, path: Path) -> int:
    """Return where the numbers begin, after the text header and the byte-order word."""
    end = data.index(b"endhdr\n") + len(b"endhdr\n")
    if struct.unpack_from("<I", data, end) != (_MAGIC,):
        raise ValueError(f"{path} is not little-endian.")
    return end + 4


def _read_parameters(path: Path) -> tuple[Floats, ...]:
    data = path.read_bytes()
    at = _payload(data, path)
    codebooks, streams, densities = struct.unpack_from("<3i", data, at)
    dimensions = struct.unpack_from(f"<{streams}i", data, at + 12)
    at += 12 + 4 * streams
    (total,) = struct.unpack_from("<i", data, at)
    values = np.frombuffer(data, "<f4", total, at + 4).astype(np.float64)
    rows = values.reshape(codebooks, densities * sum(dimensions))
    ends = np.cumsum([densities * d for d in dimensions])[:-1]
    parts = np.split(rows, ends, axis=1)
    return tuple(
        part.reshape(codebooks, densities, dimension)
        for part, dimension in zip(parts, dimensions, strict=True)
    )


def _read_transitions(path: Path) -> Floats:
    data = path.read_bytes()
    at = _payload(data, path)
    matrices, sources, targets, total = struct.unpack_from("<4i", data, at)
    counts = np.frombuffer(data, "<f4", total, at + 16).astype(np.float64)
    counts = counts.reshape(matrices, sources, targets)
    return np.asarray(counts / counts.sum(axis=2, keepdims=True))


def _read_weights(path: Path, streams: int) -> Floats:
    data = path.read_bytes()
    at, length = 4, struct.unpack_from("<i", data, 0)[0]
    while length:  # strings, until one of no length
        text = data[at : at + length].rstrip(b"\0").decode()
        if text.startswith("cluster_count") and text.split()[1] != "0":
            raise ValueError(f"{path} holds clustered weights.")
        at += length
        (length,) = struct.unpack_from("<i", data, at)
        at += 4
    densities, senones = struct.unpack_from("<2i", data, at)
    stored = np.frombuffer(data, np.uint8, streams * densities * senones, at + 8)
    logs = stored.reshape(streams, densities, senones).astype(np.float64)
    return np.asarray(np.exp(-logs * _WEIGHT_SHIFT * np.log(_LOG_BASE)))
