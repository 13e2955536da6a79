"""voice-guide model, as it is typed, with a real server on this machine."""

import json
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from packing import pack

from voice_guide.cli import main
from voice_guide.settings import load_settings, settings_path
from voice_guide.speech_models import catalog, download, installed
from voice_guide.speech_models.installed import models_folder
from voice_guide.store.lock import FileLock


def run(*arguments: str):
    return CliRunner().invoke(main, ["model", *map(str, arguments)])


def listed() -> dict[str, dict]:
    rows = [json.loads(line) for line in run("list", "--json").output.splitlines()]
    return {row["name"]: row for row in rows}


def left_over() -> list[str]:
    folder = models_folder()
    found = folder.iterdir() if folder.exists() else ()
    return sorted(path.name for path in found if path.name != ".installing")


def test_at_first_the_built_in_model_is_in_use_and_the_published_ones_are_listed():
    rows = listed()
    assert rows["built-in"]["in_use"]
    small = rows["small-en-us"]
    assert not small["installed"] and small["language_pack"]
    assert small["address"] == f"{catalog.ADDRESS}vosk-model-small-en-us-0.15.zip"
    assert all(len(one.sha256) == 64 for one in catalog.PUBLISHED.values())
    assert "small-en-us: can be installed, 41 MB" in run("list").output


def test_a_model_is_fetched_checked_tried_used_and_removed(server, checksum, home):
    address = f"{server.address}/vosk-model-own-en-1.0.zip"
    result = run("install", address, "--sha256", checksum.upper())
    assert result.exit_code == 0, result.output
    assert "  50% of " in result.output
    assert 'It heard a synthesised "stop"' in result.output
    name = "vosk-model-own-en-1.0"
    assert left_over() == [name]
    assert load_settings().model is None, "it is only used when that is asked for"
    assert listed()[name]["installed"] and not listed()[name]["in_use"]
    for path in (models_folder() / name).rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)

    assert run("use", name).exit_code == 0
    assert load_settings().model == models_folder() / name
    assert listed()[name]["in_use"] and not listed()["built-in"]["in_use"]
    doctor = CliRunner().invoke(main, ["doctor", "--json"])
    # Where there is no sound card, ALSA has its say among the output.
    told = [line for line in doctor.output.splitlines() if line.startswith("{")]
    checks = {one["name"]: one for one in map(json.loads, told)}
    assert name in checks["speech model"]["told"]

    assert "is here already" in run("install", address, "--sha256", checksum).output
    result = run("remove", name)
    assert "Removed" in result.output and "built-in model is used" in result.output
    assert left_over() == [] and load_settings().model is None
    assert stat.S_IMODE(settings_path().stat().st_mode) == 0o600


def test_a_published_name_goes_to_the_published_address_with_its_checksum(
    server, checksum, monkeypatch
):
    monkeypatch.setattr(catalog, "ADDRESS", f"{server.address}/")
    own = catalog.Published("vosk-model-own-en-1.0", "en", 17, checksum)
    monkeypatch.setitem(catalog.PUBLISHED, "own", own)
    assert run("install", "own").exit_code == 0
    assert run("use", "vosk-model-own-en-1.0").exit_code == 0
    assert load_settings().model == models_folder() / "own"
    monkeypatch.setitem(
        catalog.PUBLISHED, "other", catalog.Published(own.archive, "en", 1, "0" * 64)
    )
    result = run("install", "other")
    assert result.exit_code == 1 and "its checksum is another" in result.output
    assert left_over() == ["own"]


@pytest.mark.parametrize("sha256", [[], ["--sha256", "abc"]])
def test_an_address_needs_a_checksum_before_anything_is_fetched(server, sha256):
    server.asked.clear()
    result = run("install", f"{server.address}/vosk-model-own-en-1.0.zip", *sha256)
    assert result.exit_code == 1 and "--sha256" in result.output
    assert server.asked == []


def test_what_is_broken_off_leaves_nothing_and_can_be_tried_again(server, checksum):
    name = "vosk-model-own-en-1.0.zip"
    result = run("install", f"{server.address}/cut/{name}", "--sha256", checksum)
    assert result.exit_code in (1, 3) and not isinstance(result.exception, ValueError)
    assert left_over() == []
    assert run("install", f"{server.address}/{name}", "--sha256", checksum).exit_code == 0


def test_what_was_left_by_a_killed_install_is_cleared_up(server, checksum):
    left = models_folder() / ".new"
    left.mkdir(parents=True)
    (left / "half.zip").write_bytes(b"half")
    address = f"{server.address}/vosk-model-own-en-1.0.zip"
    assert run("install", address, "--sha256", checksum).exit_code == 0
    assert left_over() == ["vosk-model-own-en-1.0"]


def test_two_installs_at_once_do_not_share_a_folder(archive):
    models_folder().mkdir(parents=True)
    lock = FileLock(models_folder() / ".installing")
    result = run("install", archive)
    assert result.exit_code == 3 and "Another voice-guide installs a model" in result.output
    lock.release()
    assert run("install", archive).exit_code == 0


def test_an_archive_that_is_too_large_is_not_fetched(server, checksum):
    result = run(
        "install", f"{server.address}/long/vosk-model-own-en-1.0.zip", "--sha256", checksum
    )
    assert result.exit_code == 1 and "larger than" in result.output
    assert left_over() == []


def test_a_disk_without_room_is_said_before_it_is_full(server, checksum, monkeypatch):
    usage = shutil.disk_usage("/")._replace(free=20_000_000)
    monkeypatch.setattr(download.shutil, "disk_usage", lambda _: usage)
    result = run("install", f"{server.address}/vosk-model-own-en-1.0.zip", "--sha256", checksum)
    assert result.exit_code == 3 and "There is no room" in result.output
    assert left_over() == []


def test_offline_it_says_what_to_copy_where(monkeypatch):
    monkeypatch.setattr(catalog, "ADDRESS", "http://127.0.0.1:9/")
    result = run("install", "small-en-us")
    assert result.exit_code == 3
    assert "cannot be reached. Is this machine online?" in result.output
    assert "vosk-model-small-en-us-0.15.zip, copy the file here" in result.output
    assert "voice-guide model install FILE" in result.output


def test_an_address_without_a_file_is_a_sentence(server):
    result = run("install", f"{server.address}/none.zip", "--sha256", "0" * 64)
    assert result.exit_code == 3 and "404" in result.output


def test_an_archive_on_this_machine_is_installed_and_its_checksum_told(archive, checksum):
    result = run("install", archive)
    assert result.exit_code == 0 and f"SHA-256 {checksum}" in result.output
    assert left_over() == ["vosk-model-own-en-1.0"]


def test_an_archive_that_only_has_the_name_of_a_published_one_is_refused(archive, tmp_path):
    false = tmp_path / "vosk-model-small-en-us-0.15.zip"
    shutil.copy(archive, false)
    result = run("install", false)
    assert result.exit_code == 1 and "as that of Vosk's file of this name" in result.output
    result = run("install", archive, "--sha256", "0" * 64)
    assert result.exit_code == 1 and "as you said" in result.output
    assert left_over() == []


def test_a_folder_is_used_where_it_is(built_in):
    assert f"voice-guide model use {built_in}" in run("install", built_in).output
    result = run("use", built_in)
    assert result.exit_code == 0 and load_settings().model == built_in.resolve()
    assert run("use", "built-in").exit_code == 0
    assert load_settings().model is None


@pytest.mark.parametrize("missing", ["graph/Gr.fst", "am/final.mdl", "graph/words.txt"])
def test_a_model_that_is_not_whole_is_refused_in_words(built_in, tmp_path, missing):
    broken = tmp_path / "broken.zip"
    pack(built_in, broken, "broken", leave_out=missing)
    result = run("install", broken)
    assert result.exit_code == 3, result.output
    assert not isinstance(result.exception, AttributeError | OSError)
    assert left_over() == []


def test_a_model_whose_network_is_damaged_ends_neither_the_program_nor_the_settings(
    built_in, tmp_path
):
    damaged = tmp_path / "damaged"
    shutil.copytree(built_in, damaged)
    network = damaged / "am" / "final.mdl"
    data = network.read_bytes()
    network.write_bytes(data[: len(data) // 3])
    result = run("use", damaged)
    assert result.exit_code == 3 and "damaged" in result.output
    assert load_settings().model is None


def test_a_model_without_unk_is_refused(built_in, tmp_path):
    without = tmp_path / "without"
    shutil.copytree(built_in, without)
    words = without / "graph" / "words.txt"
    words.write_text(words.read_text("utf-8").replace("[unk]", "[oth]"), "utf-8")
    result = run("use", without)
    assert result.exit_code == 3 and 'no word "[unk]"' in result.output


@pytest.mark.parametrize(
    "arguments", [("use", "small-en-us"), ("use", "nothing"), ("remove", "..")]
)
def test_what_is_not_here_is_a_sentence(arguments, home):
    result = run(*arguments)
    assert result.exit_code == 1 and "There is no model" in result.output
    assert home.exists()


def test_a_language_that_is_not_spoken_is_said_before_anything_is_fetched(server, checksum):
    server.asked.clear()
    address = f"{server.address}/vosk-model-own-en-1.0.zip"
    result = run("install", address, "--sha256", checksum, "--language", "xx")
    assert result.exit_code == 1 and 'no language pack "xx"' in result.output
    assert server.asked == []


def test_nothing_of_the_network_is_loaded_but_to_install():
    code = (
        "import sys; from voice_guide.cli import model; "
        "from voice_guide.speech_models import catalog, download, installed, trial; "
        "model.model(['list'], standalone_mode=False); "
        "print(sorted({'pooch', 'requests', 'urllib3'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.skipif(shutil.which("strace") is None, reason="not installed: strace")
def test_list_and_use_open_no_network_socket(built_in, tmp_path):
    trace = tmp_path / "trace"
    for arguments in (["list"], ["use", str(built_in)]):
        command = [sys.executable, "-m", "voice_guide", "model", *arguments]
        strace = ["strace", "-f", "--seccomp-bpf", "-e", "trace=socket", "-o", str(trace)]
        subprocess.run([*strace, *command], check=True, capture_output=True, timeout=120)
        calls = [line for line in trace.read_text().splitlines() if "socket(" in line]
        assert all("AF_UNIX" in call for call in calls)


def test_a_settings_file_in_its_own_way_is_left_alone(built_in):
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text("{rate: 150}\n")
    result = run("use", built_in)
    assert result.exit_code == 1 and f'write this line: model: "{Path(built_in).resolve()}"' in (
        result.output
    )
    assert installed.installed() == {}


@pytest.mark.parametrize("sha256", ["", "abc"])
def test_what_is_no_checksum_is_not_taken_for_none(archive, sha256):
    result = run("install", archive, "--sha256", sha256)
    assert result.exit_code == 1 and "64 hexadecimal digits" in result.output
    assert left_over() == []


def test_a_published_model_is_not_checked_against_another_checksum():
    result = run("install", "small-en-us", "--sha256", "0" * 64)
    assert result.exit_code == 1 and "Leave --sha256 out" in result.output


@pytest.mark.parametrize("name", ["x" * 5000, "~nobody-here/model", "model\0", "st\udcff"])
@pytest.mark.parametrize("command", ["install", "use"])
def test_a_name_that_no_folder_can_have_is_an_error_in_words(command, name):
    result = run(command, name)
    assert result.exit_code == 1 and isinstance(result.exception, SystemExit)
    assert result.output.strip()


@pytest.mark.parametrize("name", ["~nobody-here/model", '"a\\0b"', '"\\ud800"', "x" * 5000])
def test_settings_with_such_a_name_never_end_in_a_traceback(name):
    settings_path().parent.mkdir(parents=True, exist_ok=True)
    settings_path().write_text(f"model: {name}\n")
    for result in (run("list"), run("use", "built-in")):
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert result.output.strip()
