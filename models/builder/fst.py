"""Weighted transducers, written as OpenFst reads them."""

import os
import struct
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np

Arc = tuple[int, int, float, int]
"""Input label, output label, cost, next state. Label 0 is none."""

_MAGIC = 2125659606
_EXPANDED_MUTABLE = 0x3
_LOOKAHEAD_LIBRARY = "libfstlookahead.so.22"


class Fst:
    """A transducer that grows. Costs are negative natural logarithms."""

    def __init__(self) -> None:
        self.arcs: list[list[Arc]] = []
        self.finals: dict[int, float] = {}
        self.start = 0

    def state(self) -> int:
        """Add a state."""
        self.arcs.append([])
        return len(self.arcs) - 1

    def arc(
        self, source: int, target: int, labels: tuple[int, int] = (0, 0), cost: float = 0
    ) -> None:
        """Add an arc with (input, output) labels."""
        self.arcs[source].append((*labels, float(cost), target))

    def reachable(self) -> "Fst":
        """Return a copy with those states only that the start leads to, in order of distance."""
        order, place = [self.start], {self.start: 0}
        for state in order:
            for arc in self.arcs[state]:
                if arc[3] not in place:
                    place[arc[3]] = len(order)
                    order.append(arc[3])
        copy = Fst()
        copy.arcs = [[(i, o, c, place[n]) for i, o, c, n in self.arcs[s]] for s in order]
        copy.finals = {place[s]: cost for s, cost in self.finals.items() if s in place}
        return copy

    def save(self, path: Path, sort_by: int = 0) -> None:
        """Write this as a ``vector`` FST of ``standard`` arcs.

        Args:
            path: the file.
            sort_by: sort each state's arcs by input (0) or output label (1).
        """
        record = np.dtype([("i", "<i4"), ("o", "<i4"), ("cost", "<f4"), ("next", "<i4")])
        with path.open("wb") as file:
            file.write(struct.pack("<i", _MAGIC))
            for text in (b"vector", b"standard"):
                file.write(struct.pack("<i", len(text)) + text)
            many = sum(map(len, self.arcs))
            header = (2, 0, _EXPANDED_MUTABLE, self.start, len(self.arcs), many)
            file.write(struct.pack("<iiQqqq", *header))
            for state, arcs in enumerate(self.arcs):
                final = self.finals.get(state, np.inf)
                file.write(struct.pack("<fq", final, len(arcs)))
                file.write(np.array(sorted(arcs, key=lambda a: a[sort_by]), record).tobytes())


def one_word_loop(words: Iterable[int], cost: float) -> Fst:
    """Return the grammar in which every word can follow every other at the same cost."""
    fst = Fst()
    state = fst.state()
    fst.finals[state] = 0.0
    for word in words:
        fst.arc(state, state, (word, word), cost)
    return fst


def save_for_lookahead(fst: Fst, path: Path) -> dict[int, int]:
    """Write a transducer for composition with a grammar at run time.

    Returns:
        The new number of each output label: words must be renumbered with it.

    Raises:
        FileNotFoundError: ``fstconvert`` is missing (Debian: libfst-tools).
    """
    with tempfile.TemporaryDirectory() as folder:
        plain, pairs = Path(folder) / "plain.fst", Path(folder) / "pairs"
        fst.save(plain, sort_by=1)
        command = ["fstconvert", "--fst_type=olabel_lookahead", f"--save_relabel_opairs={pairs}"]
        # Debian's fstconvert knows the type only with its library loaded beside it.
        environment = {**os.environ, "LD_PRELOAD": _LOOKAHEAD_LIBRARY}
        subprocess.run([*command, str(plain), str(path)], check=True, env=environment)
        lines = pairs.read_text().splitlines()
        return {int(old): int(new) for old, new in (line.split() for line in lines)}
