"""The one command that trains all of it: in which order, and that nothing is done twice."""

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def whole() -> ModuleType:
    pytest.importorskip("torch", reason="torch, which trains the network, is missing")
    import models.training.__main__ as whole

    return whole


def test_each_run_begins_with_what_an_earlier_one_has_written(whole: ModuleType) -> None:
    written: set[str] = set()
    for run in whole.RUNS:
        assert run.start is None or run.start in written
        written |= {f"{run.name}/checkpoint.pt", f"{run.name}.npz"}
    assert {f"{name}.npz" for name in whole.MEAN} <= written


def test_all_runs_keep_the_same_speakers_aside(
    whole: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trained: list[tuple[str, int | None, int]] = []

    def train(folder: Path, corpus: object, recipe: object, silence: int, **more: object) -> Path:
        trained.append((folder.name, recipe.held_out, recipe.passes))  # type: ignore[attr-defined]
        return folder / "checkpoint.pt"

    monkeypatch.setattr(whole, "Corpus", lambda folder: None)
    monkeypatch.setattr(whole, "train", train)
    monkeypatch.setattr(whole, "export", lambda checkpoint, target: target.write_text("network"))
    monkeypatch.setattr(whole, "average", lambda networks, save: save.write_text("mean"))
    network = whole.networks(tmp_path, 0, held_out=2, trial=True)
    assert network.read_text() == "mean"
    assert [name for name, _, _ in trained] == [run.name for run in whole.RUNS]
    assert {(part, passes) for _, part, passes in trained} == {(2, 1)}


def test_it_says_what_is_missing(
    whole: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    pytest.importorskip("pocketsphinx", reason="pocketsphinx is missing")
    from models.training import prepare

    monkeypatch.setattr(prepare, "VOICES", {"kokoro": prepare.VOICES["kokoro"]})
    monkeypatch.setattr("sys.argv", ["training", str(tmp_path), "--trial"])
    monkeypatch.setattr("models.training.synthesis.os.cpu_count", lambda: 1)
    assert whole.main() == 3
    assert "Kokoro" in capsys.readouterr().err


def test_without_torch_it_says_what_to_install() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_TORCH], capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert "pip install" in done.stderr and "Traceback" not in done.stderr


WITHOUT_TORCH = """
import importlib.util, runpy
find = importlib.util.find_spec
importlib.util.find_spec = lambda name, *more: None if name == "torch" else find(name, *more)
runpy.run_module("models.training", run_name="__main__")
"""
