"""The phrase check as voice_guide computes it, against PyTorch; and how it is trained."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from models.builder.build import CHECK
from models.builder.vocabulary import project_phrases
from voice_guide.audio.format import silence
from voice_guide.language.pack import load_language
from voice_guide.resources import models_folder
from voice_guide.speech.phrase_check import FILE, PhraseCheck
from voice_guide.speech.speech_embedding import SIZE, WINDOWS

if TYPE_CHECKING:
    from models.training.embedded import Embedded

try:
    import torch
except ImportError:
    HAS_TORCH = False
else:
    HAS_TORCH = True
trains = pytest.mark.skipif(
    not HAS_TORCH, reason="torch, which trains the phrase check, is missing"
)

NAMES = ["softer", "stop", "wait"]


def data() -> "Embedded":
    """Embeddings that tell the phrases plainly, by four speakers in turn."""
    from models.training.embedded import Embedded

    random = np.random.default_rng(4)
    texts = np.array([*NAMES, "kettle"] * 40)
    rows = np.tile(np.eye(4), (40, 1))
    spread = random.standard_normal((len(texts), WINDOWS, SIZE)) * 0.3
    spread[:, 5:8, :4] += rows[:, None] * 6
    parts = np.repeat(np.arange(-1, 3), 40)
    sources = np.full(len(texts), "words")
    return Embedded(spread.astype(np.float16), texts, sources, parts, parts * 0)


@trains
def test_what_it_computes_is_what_pytorch_computes(tmp_path: Path) -> None:
    from models.training.phrase_check import CheckNetwork, save

    torch.manual_seed(3)
    network = CheckNetwork(len(NAMES)).eval()
    arrays = {name: value.numpy() for name, value in network.state_dict().items()}
    arrays |= {"mean": np.full(SIZE, 0.5, np.float32), "deviation": np.full(SIZE, 2, np.float32)}
    save(arrays, NAMES, tmp_path / FILE)
    check = PhraseCheck(tmp_path / FILE)

    rows = np.random.default_rng(1).standard_normal((WINDOWS, SIZE)).astype(np.float32)
    check._embedding = lambda sound: rows  # type: ignore[assignment]
    told = check(silence())
    with torch.no_grad():
        logits = network(torch.from_numpy((rows - 0.5) / 2)[None])[0]
    assert told is not None
    expected = torch.softmax(logits, 0).numpy()
    assert np.abs(told.probabilities - expected).max() < 2e-3
    assert list(told.phrases) == NAMES


@trains
def test_it_learns_the_phrases_the_same_way_each_time(tmp_path: Path) -> None:
    from models.training.phrase_check import save, train

    sample = data()
    learnt, again = train(sample, NAMES, None, 1), train(sample, NAMES, None, 1)
    assert all(np.array_equal(learnt[name], again[name]) for name in learnt)
    save(learnt, NAMES, tmp_path / FILE)
    check = PhraseCheck(tmp_path / FILE)
    for row in range(8):
        embedding = sample.embeddings[row].astype(np.float32)
        check._embedding = lambda sound, embedding=embedding: embedding  # type: ignore
        told = check(silence())
        assert told is not None
        best = told.best(NAMES) if told.odds(NAMES) > 0 else "kettle"
        assert best == sample.texts[row]


@trains
def test_it_hears_nothing_of_the_speakers_that_are_kept_aside() -> None:
    from models.training.phrase_check import train

    sample = data()
    other = sample.embeddings.copy()
    other[sample.parts == 2] = 5
    learnt = train(sample, NAMES, 2, 1)
    changed = train(replace(sample, embeddings=other), NAMES, 2, 1)
    assert all(np.array_equal(learnt[name], changed[name]) for name in learnt)


def test_it_knows_nearly_all_phrases_of_the_project() -> None:
    """What is new is not checked. When much is new, train it again: models/README.md."""
    wanted = {*project_phrases(), *(phrase.text for phrase in load_language("en").phrases)}
    known = wanted & set(PhraseCheck(CHECK).phrases)
    assert len(known) > 0.9 * len(wanted)


def test_the_model_has_the_one_that_was_trained() -> None:
    shipped = models_folder() / "vosk-builtin-en" / FILE
    assert shipped.read_bytes() == CHECK.read_bytes()
