"""Train all that the model ships with, from nothing: python -m models.training WORK.

It makes the voices' speech and the corpus, goes through the runs of the recipe, takes the mean of
the last two, trains the two checks, and builds the model of all three. Whatever is done already is
not done again, so it goes on where it was stopped. With --trial it takes a few minutes and says
nothing about quality.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as in run.py

import argparse
import importlib.util
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

if importlib.util.find_spec("torch") is None:
    print(
        'PyTorch, which trains the network, is missing. Type: pip install -e ".[model]"',
        file=sys.stderr,
    )
    sys.exit(3)

import torch

from models.builder.build import build
from models.training.alike_ends import VOICES
from models.training.average import average
from models.training.corpus import Corpus
from models.training.embedded import embedded, phrases
from models.training.phrase_check import save as save_check
from models.training.phrase_check import train as train_check
from models.training.plan import Recipe
from models.training.prepare import RECORDINGS, prepare
from models.training.stop_check import ends, train_stop_check
from models.training.train import export, train
from voice_guide.errors import MachineError


@dataclass(frozen=True)
class Run:
    """One training run of the recipe."""

    name: str
    start: str | None
    """The network that it begins with, in the folder of all."""

    recipe: Recipe


_PEOPLE = Recipe(people=3, synthetic=0.5, pico=0.2, rows=0.7)
_NOISE = replace(_PEOPLE, noise=0.15)
_KOKORO = replace(_NOISE, synthetic=0.4, passes=4, rate=7e-4, seed=61)

RUNS = (
    Run("base", None, Recipe(people=0, passes=16, rate=2e-3, seed=11)),
    Run("more", "base/checkpoint.pt", Recipe(people=0, passes=14, rate=1e-3, seed=12)),
    Run("rows", "more/checkpoint.pt", replace(_PEOPLE, pico=0.4, passes=7, rate=1e-3, seed=21)),
    Run("noise", "rows/checkpoint.pt", replace(_NOISE, passes=3, rate=5e-4, seed=51)),
    Run("kokoro", "noise.npz", replace(_KOKORO, kokoro=2.0)),
    Run("single", "noise.npz", replace(_KOKORO, kokoro=1.5)),
)
"""Each begins where another ended."""

MEAN = ("kokoro", "single")
"""The network is the mean of these."""

NETWORK = "network.npz"


def networks(work: Path, silence: int, *, held_out: int | None, trial: bool) -> Path:
    """Go through all runs and return the file of the mean of the last two."""
    corpus = Corpus(work / "corpus")
    for run in RUNS:
        recipe = replace(run.recipe, held_out=held_out)
        recipe = replace(recipe, passes=1) if trial else recipe
        start = None if run.start is None else work / run.start
        print(f"Run {run.name}:", flush=True)
        done = train(
            work / run.name,
            corpus,
            recipe,
            silence,
            start=start,
            tell=lambda line: print(line, flush=True),
        )
        export(done, work / f"{run.name}.npz")
    average([work / f"{name}.npz" for name in MEAN], work / NETWORK)
    return work / NETWORK


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("work", type=Path, help="folder for all of it, and for the model")
    parser.add_argument("--recordings", type=Path, default=RECORDINGS, help="people's recordings")
    parser.add_argument("--kokoro-voices", type=Path, help="folder; otherwise WORK/package/voices")
    parser.add_argument("--held-out", type=int, help="part of the speakers to keep for measuring")
    parser.add_argument("--trial", action="store_true", help="with a small part of everything")
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    began, work = time.perf_counter(), arguments.work
    try:
        voices = arguments.kokoro_voices or work / "package" / "voices"
        silence = prepare(work, arguments.recordings, voices, trial=arguments.trial)
    except MachineError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    network = networks(work, silence, held_out=arguments.held_out, trial=arguments.trial)
    names, check = phrases(), work / "phrase_check.npz"
    whole = embedded(work / "phrases", work / "corpus")
    save_check(train_check(whole, names, arguments.held_out), names, check)
    stops = work / "stop_check.npz"
    data = ends(work, voices, 1 if arguments.trial else VOICES)
    train_stop_check(data, stops, arguments.held_out)
    print(build(work / "model", network=network, check=check, stop_check=stops))
    print(f"All of it took {(time.perf_counter() - began) / 60:.0f} min.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
