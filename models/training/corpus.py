"""Utterances with their alignments: one file of samples, one of targets, one of what they are."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from models.training.features import SHIFT, WINDOW, log_mel

if TYPE_CHECKING:  # to read a corpus takes nothing of what aligns it
    from models.training.alignment import Aligner

SYNTHETIC = ("synthetic", "pico", "kokoro")
"""Sources in which no person speaks, in the order in which they are written."""

_LEAST_FRAMES = 12


@dataclass(frozen=True)
class Entry:
    """One utterance of a corpus."""

    text: str
    """Its words; empty for noise."""

    source: str
    """One of ``SYNTHETIC``, or ``words``, ``orders``, ``keywords`` or ``noise``."""

    speaker: str
    """Who speaks; what is known to be the same person has the same name."""

    first_sample: int
    samples: int
    first_frame: int
    frames: int
    likelihood: float
    """Mean log-likelihood of a frame in the alignment; far less than others is a wrong text."""


@dataclass(frozen=True)
class Spoken:
    """Something to add to a corpus."""

    text: str
    source: str
    speaker: str
    sound: NDArray[np.int16]


class Corpus:
    """A folder of aligned utterances, read without loading all of it."""

    def __init__(self, folder: Path) -> None:
        lines = (folder / "entries.jsonl").read_text("utf-8").splitlines()
        self.entries = [Entry(**json.loads(line)) for line in lines]
        self._samples = np.memmap(folder / "samples.i16", dtype="<i2", mode="r")
        self._targets = np.memmap(folder / "targets.u1", dtype=np.uint8, mode="r")

    @property
    def silence(self) -> int:
        """The target of silence: noise is nothing else."""
        return int(self.targets(next(entry for entry in self.entries if not entry.text))[0])

    def all_targets(self) -> NDArray[np.uint8]:
        """Return the targets of all utterances, one after the other."""
        return np.asarray(self._targets)

    def sound(self, entry: Entry) -> NDArray[np.float32]:
        """Return an utterance's samples, in the range of 16-bit integers."""
        end = entry.first_sample + entry.samples
        return np.asarray(self._samples[entry.first_sample : end], np.float32)

    def targets(self, entry: Entry) -> NDArray[np.uint8]:
        """Return 3 * phone + state for each frame."""
        return np.asarray(self._targets[entry.first_frame : entry.first_frame + entry.frames])


def write_corpus(folder: Path, spoken: Iterable[Spoken], aligner: "Aligner", silence: int) -> int:
    """Align utterances and write them. Return how many could not be aligned.

    Args:
        folder: where to.
        spoken: the utterances, in an order that is always the same.
        aligner: aligns them.
        silence: the target of noise.
    """
    folder.mkdir(parents=True, exist_ok=True)
    failed = first_sample = first_frame = 0
    with (
        (folder / "samples.i16").open("wb") as samples,
        (folder / "targets.u1").open("wb") as targets,
        (folder / "entries.jsonl").open("w", encoding="utf-8") as entries,
    ):
        for item in spoken:
            frames = 1 + (len(item.sound) - WINDOW) // SHIFT
            if frames < _LEAST_FRAMES:
                failed += 1
                continue
            try:
                states, likelihood = _aligned(item, aligner, frames, silence)
            except (ValueError, KeyError):
                failed += 1
                continue
            entry = Entry(
                *(item.text, item.source, item.speaker, first_sample, len(item.sound)),
                *(first_frame, frames, round(likelihood, 2)),
            )
            samples.write(item.sound.astype("<i2").tobytes())
            targets.write(states.tobytes())
            entries.write(json.dumps(asdict(entry)) + "\n")
            first_sample += len(item.sound)
            first_frame += frames
    return failed


def _aligned(
    item: Spoken, aligner: "Aligner", frames: int, silence: int
) -> tuple[NDArray[np.uint8], float]:
    if not item.text:
        return np.full(frames, silence, np.uint8), 0.0
    # The least noise: exact zeros have no place in the GMM.
    hiss = np.random.default_rng(frames).standard_normal(len(item.sound)).astype(np.float32)
    states, likelihood = aligner.align(log_mel(item.sound + 4 * hiss), item.text.split())
    quiet = (states // 3) == silence // 3
    return np.where(quiet, np.uint8(silence), states), likelihood


def chunks(sound: NDArray[np.int16], length: int) -> Iterator[NDArray[np.int16]]:
    """Yield a long sound in pieces."""
    for start in range(0, len(sound) - length + 1, length):
        yield sound[start : start + length]
