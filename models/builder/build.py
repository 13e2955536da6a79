"""The speech model, from named packages and what was trained."""

import shutil
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
from voice_guide.speech.phrase_check import FILE as PHRASE_CHECK
from voice_guide.speech.phrase_check import STOP_FILE

FREQUENT = 7430
NETWORK = Path(__file__).parent / "network.npz"
"""The network that was trained for the model."""

CHECK = Path(__file__).parent / PHRASE_CHECK
"""The second opinion that was trained for the model's phrases."""

STOP_CHECK = Path(__file__).parent / STOP_FILE
"""The one that was trained to tell "stop" from other ends of talk."""

WEIGHTS = (0.3, 1.4)
"""Of the GMM's and the network's log-likelihoods: the best of those that were compared."""

SENONES = 8
"""Of the GMM's, so many are kept for each state of a phone: as many phrases are heard in noise as
with all 43, and the network takes half the time. With one it is 4 of 140 less."""

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
    return make_lexicon(model_words(source, frequent), command_words(), dictionary)


def model_words(source: Path, frequent: int) -> set[str]:
    """Return the words of a model with so many frequent ones, beside those of the project."""
    dictionary = read_dictionary(source / "cmudict-en-us.dict")
    common = frequent_words(dictionary, source / "en-us.lm.bin", frequent)
    return {*common, *domain_words(), *project_words()}


def acoustics(kind: str, model: SphinxModel, network: Path = NETWORK) -> Acoustics:
    """Return what scores the states: ``joint``, ``gmm`` or ``network``."""
    if kind == "gmm":
        return GaussianAcoustics(model)
    trained = read_trained(network)
    if kind == "network":
        return TrainedAcoustics(model, trained)
    return JointAcoustics(model, trained, WEIGHTS, LOOKAHEAD, SENONES)


def build(
    folder: Path,
    *,
    words: int = FREQUENT,
    scores: str = "joint",
    network: Path = NETWORK,
    check: Path = CHECK,
    stop_check: Path = STOP_CHECK,
) -> str:
    """Write the model into a folder, and return a line about it.

    Args:
        folder: where to.
        words: how many frequent words it takes beside those of the project.
        scores: what scores the states, as in ``acoustics``.
        network: the trained network.
        check: the second opinion on phrases.
        stop_check: the second opinion on ends of talk.

    Raises:
        ImportError: the package pocketsphinx is not installed.
        FileNotFoundError: a file or a program that it needs is missing.
    """
    began, source = time.perf_counter(), package_folder()
    lexicon = project_lexicon(source, words)
    model = read_model(source / "en-us")
    phrases = project_phrases()
    scored = acoustics(scores, model, network)
    write_model(folder, lexicon, model, scored, Settings(), phrases=phrases)
    shutil.copy(source / "en-us" / "README", folder / "LICENSE.acoustic-model.txt")
    shutil.copy(check, folder / PHRASE_CHECK)
    shutil.copy(stop_check, folder / STOP_FILE)
    size = sum(f.stat().st_size for f in folder.rglob("*") if f.is_file())
    forms = sum(map(len, lexicon.values()))
    return (
        f"{len(lexicon)} words, {forms} pronunciations, {len(phrases)} phrases, {size / 1e6:.1f} MB"
        f" in {folder}, made in {time.perf_counter() - began:.0f} s."
    )
