"""Which mixture of GMM and network tells words apart best: python -m models.training.compare.

Each recording of a word is scored against ten words, or as many as are given, with silence
around; the best path wins. Only speakers that the network was not trained on are taken.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from models.builder.build import package_folder
from models.builder.front_end import FrontEndSettings
from models.builder.lexicon import make_lexicon, read_dictionary
from models.builder.sphinx import read_model
from models.training.alignment import Aligner
from models.training.augmentation import Augmenter
from models.training.corpus import Corpus, Entry
from models.training.features import Floats32, log_mel, relative_bands
from models.training.network import STRIDE, TimeDelayNetwork
from models.training.plan import LOOKAHEAD
from models.training.recordings import WORDS, fold_of
from models.training.train import scaled

MIXTURES = ((1.0, 0.0), (0.6, 1.0), (0.3, 1.0), (0.15, 1.0), (0.0, 1.0))
"""Weights of the GMM's log-likelihoods and of the network's."""


class NetworkScores:
    """Scaled log-likelihoods of the phone states by a network."""

    def __init__(self, checkpoint: Path) -> None:
        state = torch.load(checkpoint)
        self._network = TimeDelayNetwork()
        self._network.load_state_dict(state["network"])
        self._network.eval()
        counts = state["counts"].numpy().sum(1) + 1
        self._priors = np.log(counts / counts.sum())

    def score(self, bands: Floats32) -> NDArray[np.float64]:
        """Return log-likelihoods, shape (frames, states), for log-mel bands."""
        relative = relative_bands(bands, FrontEndSettings(), LOOKAHEAD)
        shape = self._network.shape
        padded = np.concatenate(
            [
                relative[:1].repeat(shape.left, 0),
                relative,
                relative[-1:].repeat(shape.right + STRIDE, 0),
            ]
        )
        rows = np.empty((len(relative), shape.outputs))
        with torch.no_grad():
            for phase in range(STRIDE):
                many = len(range(phase, len(relative), STRIDE))
                piece = scaled(torch.from_numpy(padded[phase:]))[None]
                logits = self._network(piece)[0, :many]
                rows[phase::STRIDE] = torch.log_softmax(logits, dim=1).numpy()
        return np.asarray(rows - self._priors)


def compare(
    aligner: Aligner, network: NetworkScores, sounds: list[tuple[str, Floats32]]
) -> dict[tuple[float, float], Counter[tuple[str, str]]]:
    """Return, for each mixture, how often each word was taken for each."""
    chains = {word: aligner.chain([word]) for word in WORDS}
    result: dict[tuple[float, float], Counter[tuple[str, str]]] = {m: Counter() for m in MIXTURES}
    for spoken, sound in sounds:
        bands = log_mel(sound)
        states = network.score(bands)
        gaussian = {word: aligner.scores(bands, chain) for word, chain in chains.items()}
        for mixture in MIXTURES:
            best = {
                word: aligner.best(
                    mixture[0] * gaussian[word] + mixture[1] * states[:, chain.classes], chain
                )
                for word, chain in chains.items()
            }
            result[mixture][spoken, max(best, key=lambda word: best[word])] += 1
    return result


def held_out(corpus: Corpus, part: int, limit: int) -> list[Entry]:
    """Return recordings of the ten words by speakers of one part, spread over all."""
    found = [
        entry
        for entry in corpus.entries
        if entry.source == "words" and entry.text in WORDS and fold_of(entry.speaker) == part
    ]
    return found[:: max(1, len(found) // limit)]


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("work", type=Path, help="folder of the corpus and the checkpoints")
    parser.add_argument("--name", default="network", help="name of the run")
    parser.add_argument("--held-out", type=int, required=True, help="part that it did not hear")
    parser.add_argument("--limit", type=int, default=300)
    parser.add_argument("--noisy", action="store_true", help="in rooms, in noise, at any level")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    source = package_folder()
    lexicon = make_lexicon(WORDS, (), read_dictionary(source / "cmudict-en-us.dict"))
    aligner = Aligner(read_model(source / "en-us"), lexicon)
    corpus = Corpus(arguments.work / "corpus")
    kitchen = [corpus.sound(e) for e in corpus.entries if e.source == "noise"]
    augmenter = Augmenter(kitchen, seed=7)
    hiss = np.random.default_rng(1)
    sounds = []
    for entry in held_out(corpus, arguments.held_out, arguments.limit):
        sound = corpus.sound(entry)
        if arguments.noisy:
            sound, _ = augmenter.change(sound, corpus.targets(entry), 0, padded=False)
        else:
            sound = sound + hiss.standard_normal(len(sound), dtype=np.float32) * 10
        sounds.append((entry.text, sound))
    counts = compare(
        aligner, NetworkScores(arguments.work / arguments.name / "checkpoint.pt"), sounds
    )
    print("| GMM | network | all | " + " | ".join(WORDS) + " |\n|" + "---|" * (3 + len(WORDS)))
    for (gaussian, trained), table in counts.items():
        right = {w: table[w, w] / max(1, sum(table[w, o] for o in WORDS)) for w in WORDS}
        share = sum(table[w, w] for w in WORDS) / table.total()
        row = " | ".join(f"{right[w]:.2f}" for w in WORDS)
        print(f"| {gaussian} | {trained} | {share:.3f} | {row} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
