"""The user's folders are not what they should be: each command says so in a sentence."""

import json
import sys

import pytest
from click.testing import CliRunner

from voice_guide.cli import main
from voice_guide.errors import MachineError
from voice_guide.settings import cache_folder, settings_path
from voice_guide.speech_models.installed import models_folder
from voice_guide.store.place import journal_path
from voice_guide.store.store import Store

pwd = pytest.importorskip("pwd")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the folders are those of Linux")

COMMANDS = (
    ("history", "--json"),
    ("export",),
    ("report",),
    ("resume",),
    ("forget", "1", "--yes"),
    ("forget", "--all", "--yes"),
)


def run(*arguments: str):
    return CliRunner().invoke(main, list(arguments))


def said(result, code: int) -> str:
    assert result.exit_code == code, result.output
    assert isinstance(result.exception, SystemExit), result.exception
    return result.output


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("where", ["data", "data/voice-guide"])
def test_a_file_in_the_place_of_a_folder_is_a_sentence(tmp_path, monkeypatch, command, where):
    file = tmp_path / where
    file.parent.mkdir(exist_ok=True)
    file.write_text("mine")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    output = said(run(*command), 3)
    assert "Not a directory" in output or "File exists" in output
    assert file.read_text() == "mine"


def test_somebody_without_a_home_is_told_and_gets_no_folder_in_passing(tmp_path, monkeypatch):
    """A user that the system does not know, as in a container, with HOME unset."""

    def nobody(number):
        raise KeyError(number)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pwd, "getpwuid", nobody)
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    assert "Set HOME to a folder" in said(run("history", "--json"), 3)
    for place in (journal_path, settings_path, cache_folder, models_folder):
        with pytest.raises(MachineError, match="Set HOME"):
            place()
    assert list(tmp_path.iterdir()) == []


def examined() -> dict:
    looked = CliRunner().invoke(main, ["doctor", "--json"]).output.splitlines()
    return {check["name"]: check for check in map(json.loads, looked)}["journal"]


def test_doctor_says_where_the_journal_is_and_that_it_can_be_written(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    path = tmp_path / "data" / "voice-guide" / "journal.db"
    told = examined()
    assert told["fine"] and told["told"] == f"{path} (nothing was played yet)"
    assert not path.parent.exists(), "looking makes nothing"
    Store(path).close()
    assert examined()["told"] == str(path)
    path.unlink()
    (path.parent / "player.lock").unlink()
    path.parent.rmdir()
    path.parent.write_text("a file")
    told = examined()
    assert not told["fine"] and "Not a directory" in told["told"]
