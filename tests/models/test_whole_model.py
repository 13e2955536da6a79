"""A model of a few words, made by the builder and opened by Vosk."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from models.builder.assemble import Settings, write_model
from models.builder.build import acoustics
from models.builder.lexicon import make_lexicon, read_dictionary
from models.builder.sphinx import SphinxModel
from voice_guide.speech.espeak import EspeakRenderer
from voice_guide.speech.model import open_model
from voice_guide.speech.voice_settings import VoiceSettings

WORDS = ("stop", "go", "yes", "no", "softer")


def make(folder: Path, sphinx: SphinxModel, package: Path, kind: str) -> Path:
    if shutil.which("fstconvert") is None:
        pytest.skip("fstconvert is missing (Debian: libfst-tools)")
    lexicon = make_lexicon(WORDS, WORDS, read_dictionary(package / "cmudict-en-us.dict"))
    scores = acoustics(kind, sphinx)
    write_model(folder, lexicon, sphinx, scores, Settings(), phrases=["go softer", "no yes"])
    return folder


def heard(model: Path, word: str, *others: str) -> str:
    sound = EspeakRenderer().render(word, VoiceSettings(voice="en-us")).samples
    quiet = np.zeros(4000, np.float32)
    noise = np.random.default_rng(1).normal(0, 3e-4, len(sound) + 8000)
    spoken = np.concatenate([quiet, sound, quiet]) + noise
    recognizer = open_model(model).recognizer(json.dumps([*WORDS, *others]))
    recognizer.AcceptWaveform((spoken * 32767).astype("<i2").tobytes())
    return json.loads(recognizer.FinalResult())["text"]


@pytest.mark.parametrize("kind", ["joint", "gmm", "network"])
def test_vosk_hears_with_each_kind_of_model(
    sphinx: SphinxModel, package: Path, tmp_path: Path, kind: str
) -> None:
    model = make(tmp_path / kind, sphinx, package, kind)
    # The costs of [unk] are those for the sum: the network alone would take all for it.
    others = () if kind == "network" else ("[unk]",)
    assert [heard(model, word, *others) for word in WORDS[:3]] == list(WORDS[:3])
    assert open_model(model).vocabulary_size >= len(WORDS)


def test_a_phrase_comes_out_whole_or_not_at_all(
    sphinx: SphinxModel, package: Path, tmp_path: Path
) -> None:
    model = make(tmp_path, sphinx, package, "joint")
    assert heard(model, "go softer", "go_softer", "no_yes", "[unk]") == "go_softer"
    assert heard(model, "softer", "go_softer", "no_yes", "[unk]") == "softer"
    assert heard(model, "go, softer", "go_softer", "no_yes", "[unk]") == "go_softer"  # a pause
    listed = (model / "graph" / "words.txt").read_text().split()[::2]
    assert {"go_softer", "no_yes"} <= set(listed)
    assert open_model(model).vocabulary_size == len(listed) - 4  # <eps>, [unk], two phrases


def test_the_same_words_give_the_same_bytes(
    sphinx: SphinxModel, package: Path, tmp_path: Path
) -> None:
    once, again = (make(tmp_path / name, sphinx, package, "joint") for name in ("a", "b"))
    files = sorted(p.relative_to(once) for p in once.rglob("*") if p.is_file())
    assert len(files) == 8
    for file in files:
        assert (once / file).read_bytes() == (again / file).read_bytes()
