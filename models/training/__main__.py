"""Train the network: python -m models.training WORK [--recordings FOLDER] [--held-out PART]."""

import os

# Small products of matrices take ten times as long when threads wait for each other on a busy
# machine. This must be said before NumPy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import torch

from models.builder.__main__ import package_folder
from models.builder.lexicon import make_lexicon, read_dictionary
from models.builder.sphinx import SILENCE, read_model
from models.builder.vocabulary import command_words, domain_words, frequent_words, project_words
from models.training.alignment import Aligner
from models.training.corpus import SYNTHETIC, Corpus, Spoken, write_corpus
from models.training.plan import Recipe
from models.training.recordings import recordings
from models.training.synthesis import read_index, read_samples, synthesise
from models.training.texts import KOKORO, PICO, Amounts
from models.training.train import export, train
from models.training.voices import draw_kokoro, draw_pico
from voice_guide.errors import MachineError

RECORDINGS = Path(__file__).parents[3] / "shared" / "speech"
FREQUENT = 8000


def prepare(work: Path, people: Path, kokoro_voices: Path) -> int:
    """Make the corpus, unless it is there. Return the target of silence.

    Raises:
        MachineError: what a voice needs is not installed.
    """
    source = package_folder()
    model = read_model(source / "en-us")
    silence = 3 * model.definition.phones.index(SILENCE)
    if (work / "corpus" / "done").is_file():
        return silence
    dictionary = read_dictionary(source / "cmudict-en-us.dict")
    common = frequent_words(dictionary, source / "en-us.lm.bin", FREQUENT)
    words = sorted({*common, *domain_words(), *project_words()})
    synthesise(work / "synthetic", words, Amounts())
    synthesise(work / "pico", words, PICO, draw_pico)
    synthesise(work / "kokoro", words, KOKORO, draw_kokoro, kokoro_voices=kokoro_voices)
    real = list(recordings(people))
    extra = {word for item in real for word in item.text.split()}
    said = [entry for source in SYNTHETIC for entry in read_index(work / source)]
    spoken = {word for entry in said for word in str(entry["text"]).split()}
    aligner = Aligner(model, make_lexicon({*words, *extra, *spoken}, command_words(), dictionary))
    every = chain(real, *(synthetic(work, source) for source in SYNTHETIC))
    failed = write_corpus(work / "corpus", every, aligner, silence)
    print(f"{failed} utterances could not be aligned.", flush=True)
    (work / "corpus" / "done").touch()
    return silence


def synthetic(work: Path, source: str) -> Iterator[Spoken]:
    """Yield what the synthetic voices of a folder said."""
    samples, at = read_samples(work / source), 0
    for entry in read_index(work / source):
        length = int(entry["samples"])
        sound = samples[at : at + length]
        yield Spoken(str(entry["text"]), source, str(entry["voice"]), sound)
        at += length


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
