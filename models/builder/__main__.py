"""Make the speech model: python -m models.builder [FOLDER]."""

import argparse
import shutil
import sys
import time
from pathlib import Path

from models.builder.acoustics import Acoustics, GaussianAcoustics, JointAcoustics, TrainedAcoustics
from models.builder.assemble import Settings, write_model
from models.builder.lexicon import Lexicon, make_lexicon, read_dictionary
from models.builder.sphinx import SphinxModel, read_model
from models.builder.trained import read_trained
from models.builder.vocabulary import (
    command_words,
    domain_words,
    frequent_words,
    project_phrases,
    project_words,
)
from voice_guide.resources import models_folder
from voice_guide.speech.phrase_check import FILE as PHRASE_CHECK

FREQUENT = 7430
NETWORK = Path(__file__).parent / "network.npz"
"""The network that was trained for the model."""

CHECK = Path(__file__).parent / PHRASE_CHECK
"""The second opinion that was trained for the model's phrases."""

WEIGHTS = (0.3, 1.4)
"""Of the GMM's and the network's log-likelihoods: the best of those that were compared."""

LOOKAHEAD = 17
"""Frames that the GMM's level looks into the future; three more are for its differences."""


def package_folder() -> Path:
    """Return the folder of the English model that the package pocketsphinx carries.

    Raises:
        ImportError: the package is not installed.
    """
    import pocketsphinx  # noqa: PLC0415 - only to build

    return Path(pocketsphinx.get_model_path()) / "en-us"


def project_lexicon(source: Path, frequent: int = FREQUENT) -> Lexicon:
    """Return the words of the model and their pronunciations.

    Args:
        source: the folder of the English model of pocketsphinx.
        frequent: how many frequent words to take beside those of the project.
    """
    dictionary = read_dictionary(source / "cmudict-en-us.dict")
    common = frequent_words(dictionary, source / "en-us.lm.bin", frequent)
    words = {*common, *domain_words(), *project_words()}
    return make_lexicon(words, command_words(), dictionary)


def acoustics(kind: str, model: SphinxModel, network: Path = NETWORK) -> Acoustics:
    """Return what scores the states: ``joint``, ``gmm`` or ``network``."""
    if kind == "gmm":
        return GaussianAcoustics(model)
    trained = read_trained(network)
    if kind == "network":
        return TrainedAcoustics(model, trained)
    return JointAcoustics(model, trained, WEIGHTS, LOOKAHEAD)


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "folder", nargs="?", type=Path, default=models_folder() / "vosk-builtin-en", help="where to"
    )
    parser.add_argument("--words", type=int, default=FREQUENT, help="how many frequent words")
    parser.add_argument(
        "--scores", choices=("joint", "gmm", "network"), default="joint", help="from where"
    )
    parser.add_argument("--network", type=Path, default=NETWORK, help="the trained network")
    parser.add_argument("--phrase-check", type=Path, default=CHECK, help="the second opinion")
    arguments = parser.parse_args()
    began = time.perf_counter()
    try:
        source = package_folder()
        lexicon = project_lexicon(source, arguments.words)
        model = read_model(source / "en-us")
        scores = acoustics(arguments.scores, model, arguments.network)
        phrases = project_phrases()
        write_model(arguments.folder, lexicon, model, scores, Settings(), phrases=phrases)
    except (ImportError, FileNotFoundError) as error:
        print(f"{error}. See models/README.md for what is needed.", file=sys.stderr)
        return 3
    shutil.copy(source / "en-us" / "README", arguments.folder / "LICENSE.acoustic-model.txt")
    shutil.copy(arguments.phrase_check, arguments.folder / PHRASE_CHECK)
    size = sum(f.stat().st_size for f in arguments.folder.rglob("*") if f.is_file())
    forms = sum(map(len, lexicon.values()))
    print(
        f"{len(lexicon)} words, {forms} pronunciations, {len(phrases)} phrases, {size / 1e6:.1f} MB"
        f" in {arguments.folder}, made in {time.perf_counter() - began:.0f} s."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
