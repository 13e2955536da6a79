"""Train a network in one run of your own: python -m models.training.run WORK --name NAME ..."""

import os

# Small products of matrices take ten times as long when threads wait for each other on a busy
# machine. This must be said before NumPy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import sys
from pathlib import Path

import torch

from models.training.corpus import Corpus
from models.training.plan import Recipe
from models.training.prepare import RECORDINGS, prepare
from models.training.train import export, train
from voice_guide.errors import MachineError


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path, help="folder for the corpus and the checkpoints")
    parser.add_argument("--recordings", type=Path, default=RECORDINGS, help="people's recordings")
    parser.add_argument("--kokoro-voices", type=Path, help="folder; otherwise WORK/package/voices")
    parser.add_argument("--name", default="network", help="name of the run")
    parser.add_argument("--held-out", type=int, help="part of the speakers to keep for measuring")
    parser.add_argument("--passes", type=int, default=Recipe.passes)
    parser.add_argument("--people", type=int, default=Recipe.people, help="copies of recordings")
    parser.add_argument("--synthetic", type=float, default=Recipe.synthetic, help="share of them")
    parser.add_argument("--pico", type=float, default=Recipe.pico, help="share of Pico's")
    parser.add_argument("--kokoro", type=float, default=Recipe.kokoro, help="share of Kokoro's")
    parser.add_argument("--rows", type=float, default=Recipe.rows, help="share of the rows' loss")
    parser.add_argument("--noise", type=float, default=Recipe.noise, help="share of noise alone")
    parser.add_argument("--rate", type=float, default=Recipe.rate)
    parser.add_argument("--seed", type=int, default=Recipe.seed)
    parser.add_argument("--start", type=Path, help="begin with this network")
    parser.add_argument("--save", type=Path, help="write the network for the builder to this file")
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    try:
        voices = arguments.kokoro_voices or arguments.work / "package" / "voices"
        silence = prepare(arguments.work, arguments.recordings, voices)
    except MachineError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    recipe = Recipe(
        passes=arguments.passes,
        people=arguments.people,
        synthetic=arguments.synthetic,
        pico=arguments.pico,
        kokoro=arguments.kokoro,
        rate=arguments.rate,
        rows=arguments.rows,
        noise=arguments.noise,
        seed=arguments.seed,
        held_out=arguments.held_out,
    )
    corpus = Corpus(arguments.work / "corpus")
    done = train(
        arguments.work / arguments.name,
        corpus,
        recipe,
        silence,
        start=arguments.start,
        tell=lambda line: print(line, flush=True),
    )
    print(f"The network is in {done}.")
    if arguments.save is not None:
        export(done, arguments.save)
    return 0


if __name__ == "__main__":
    sys.exit(main())
