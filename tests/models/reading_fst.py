"""Reads a transducer with kaldifst, in a process of its own.

Its copy of OpenFst and the one inside Vosk deadlock when both are loaded.
"""

import importlib.util
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

_READ = """
import json, sys, kaldifst
fst = kaldifst.StdVectorFst.read(sys.argv[1])
arcs = [
    (state, arc.ilabel, arc.olabel, arc.weight.value, arc.nextstate)
    for state in range(fst.num_states)
    for arc in kaldifst.ArcIterator(fst, state)
]
finals = [fst.final(state).value for state in range(fst.num_states)]
print(json.dumps({"arcs": arcs, "finals": finals, "start": fst.start}))
"""


@dataclass(frozen=True)
class Read:
    arcs: list[tuple[int, int, int, float, int]]
    finals: list[float]
    start: int


def read_fst(path: Path) -> Read:
    if importlib.util.find_spec("kaldifst") is None:
        pytest.skip("kaldifst, which reads FSTs, is missing")
    command = [sys.executable, "-c", _READ, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)
    return Read([tuple(arc) for arc in found["arcs"]], found["finals"], found["start"])
