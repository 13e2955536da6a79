import math
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from voice_guide.errors import InputError, MachineError
from voice_guide.language.pack import load_language
from voice_guide.resources import models_folder
from voice_guide.speech.decoys import COMMON_WORDS, LIKE_URGENT, NOT_STOP
from voice_guide.speech.grammar import Grammar
from voice_guide.speech.model import SpeechModel, open_model
from voice_guide.speech.narrator import open_narrator
from voice_guide.speech.quiet_libraries import import_vosk
from voice_guide.speech.voice_settings import VoiceSettings

BUILT_IN = models_folder() / "vosk-builtin-en"


@pytest.fixture(scope="module")
def model() -> SpeechModel:
    return open_model()


def copy_of_the_model(folder: Path) -> Path:
    return Path(shutil.copytree(BUILT_IN, folder / "model"))


def test_a_model_that_is_interrupted_while_it_is_loaded_says_nothing(monkeypatch):
    said = []
    monkeypatch.setattr(sys, "unraisablehook", said.append)
    vosk = import_vosk()
    begun = vosk.Model.__new__(vosk.Model)
    del begun
    assert not said


def test_the_built_in_model_knows_every_universal_phrase(model: SpeechModel) -> None:
    assert Grammar(load_language("en").phrases).unknown_words(model.has_word) == {}


def test_the_built_in_model_says_what_it_does_not_know(model: SpeechModel) -> None:
    assert model.has_word("lotion")
    assert model.missing(["more", "emollient", "oil", "emollient"]) == ["emollient"]
    assert model.missing((*COMMON_WORDS, *NOT_STOP, *LIKE_URGENT)) == []
    assert model.vocabulary_size is not None
    assert 8000 < model.vocabulary_size < 12000
    assert {"lotion", "goat"} <= set(model.words)
    assert not {"too_hard", "[unk]", "<eps>"} & set(model.words)


@pytest.mark.parametrize(
    ("lacking", "named"),
    [
        ("am/final.mdl", "is not a Vosk speech model"),
        ("graph/HCLr.fst", "graph/HCLr.fst is missing"),
        ("graph/Gr.fst", "graph/Gr.fst is missing"),
        ("conf/model.conf", "conf/model.conf is missing"),
        ("conf/fbank.conf", "conf/mfcc.conf or conf/fbank.conf is missing"),
        ("graph/phones/word_boundary.int", "word_boundary.int is missing"),
    ],
)
def test_an_incomplete_model_is_an_error_in_words(tmp_path: Path, lacking: str, named: str) -> None:
    folder = copy_of_the_model(tmp_path)
    (folder / lacking).unlink()
    with pytest.raises(MachineError) as caught:
        open_model(folder)
    assert named in str(caught.value)
    assert str(folder) in str(caught.value)


def test_an_empty_file_is_an_error_in_words(tmp_path: Path) -> None:
    folder = copy_of_the_model(tmp_path)
    (folder / "graph" / "Gr.fst").write_bytes(b"")
    with pytest.raises(MachineError, match=r"Gr\.fst is missing or empty"):
        open_model(folder)


def test_a_missing_folder_is_an_error_in_words(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="There is no speech model at"):
        open_model(tmp_path / "nowhere")


def test_the_folder_around_a_model_is_told_from_the_model(tmp_path: Path) -> None:
    folder = copy_of_the_model(tmp_path)
    with pytest.raises(MachineError) as caught:
        open_model(tmp_path)
    assert f'Did you mean "{folder}"?' in str(caught.value)


def test_a_model_with_a_fixed_graph_is_refused(tmp_path: Path) -> None:
    folder = copy_of_the_model(tmp_path)
    (folder / "graph" / "HCLr.fst").rename(folder / "graph" / "HCLG.fst")
    with pytest.raises(MachineError, match="cannot listen for given phrases"):
        open_model(folder)


@pytest.mark.parametrize("damaged", ["am/final.mdl", "graph/HCLr.fst", "graph/Gr.fst"])
def test_a_truncated_file_is_an_error_and_no_crash(tmp_path: Path, damaged: str) -> None:
    """In a process of its own: the recogniser's library may end the whole process."""
    folder = copy_of_the_model(tmp_path)
    file = folder / damaged
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 3])
    code = (
        "import sys, pathlib\n"
        "from voice_guide.errors import MachineError\n"
        "from voice_guide.speech.model import open_model\n"
        "try:\n    open_model(pathlib.Path(sys.argv[1]))\n"
        "except MachineError as error:\n    sys.exit(str(error))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert f"Vosk cannot open the speech model {folder}" in done.stderr


def test_frames_of_official_models_are_not_scaled(tmp_path: Path) -> None:
    """Vosk counts 0.03 s a frame: right for a model that keeps every third frame of 10 ms."""
    folder = copy_of_the_model(tmp_path)
    conf = folder / "conf" / "model.conf"
    as_it_is = open_model(folder).time_factor
    text = conf.read_text("utf-8")
    assert "--frame-subsampling-factor=1" in text
    conf.write_text(
        text.replace("--frame-subsampling-factor=1", "--frame-subsampling-factor=3"), "utf-8"
    )
    assert as_it_is == pytest.approx(1 / 3)
    assert open_model(folder).time_factor == pytest.approx(1)


@pytest.mark.parametrize("grammar", ["[]", '["emollient", "blorp blorp"]'])
def test_nothing_to_listen_for_is_an_error_and_no_crash(model: SpeechModel, grammar: str) -> None:
    with pytest.raises(InputError, match="knows none of the words"):
        model.recognizer(grammar)


def test_of_several_lists_the_best_of_each_is_given_with_how_well_it_fits(
    model: SpeechModel,
) -> None:
    said = open_narrator(VoiceSettings(voice="en-us")).render("softer").samples
    sound = (np.clip(said, -1, 1) * 32767).astype("<i2").tobytes()
    among, alone, other = model.best_fits(
        sound, ["softer", "stop", "[unk]"], ["softer"], ["slower"]
    )
    assert [among.text, alone.text, other.text] == ["softer", "softer", "slower"]
    assert [word["word"] for word in among.words] == ["softer"]
    assert other.likelihood < among.likelihood - 10
    assert 0.5 < alone.likelihood - among.likelihood < 2.0
    assert model.best_fits(sound, ["softer"]) == [alone]
    assert model.best_fits(sound, ["softer", "emollient"]) == [alone]


def test_too_short_a_sound_fits_nothing(model: SpeechModel) -> None:
    [fit] = model.best_fits(bytes(640), ["softer"])
    assert (fit.text, fit.words) == ("", [])


def test_where_silence_fits_best_it_is_told_how_well(model: SpeechModel) -> None:
    """It competes: else a "stop" that fits worse than silence would win for want of words."""
    hiss = (np.random.default_rng(0).standard_normal(12_000) * 20).astype("<i2").tobytes()
    [fit] = model.best_fits(hiss, ["softer", "stop", "[unk]"])
    assert (fit.text, fit.words) == ("", [])
    assert math.isfinite(fit.likelihood)
