"""Scripts by name and by path."""

from pathlib import Path

import pytest

from voice_guide.errors import InputError
from voice_guide.script import bundled_scripts, find_script


@pytest.mark.parametrize(
    "name", ["back_massage", "back massage", "Back-Massage", "back_massage.yaml"]
)
def test_a_bundled_script_is_found_by_its_name(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert find_script(name).name == "back_massage.yaml"


def test_a_file_is_found_by_its_path(write, monkeypatch):
    path = write("a", "mine.txt")
    assert find_script(str(path)) == path
    monkeypatch.chdir(path.parent)
    assert find_script("mine.txt") == Path("mine.txt")


def test_the_ending_can_be_left_out(write, monkeypatch):
    monkeypatch.chdir(write("a", "mine.yaml").parent)
    assert find_script("mine") == Path("mine.yaml")
    (Path.cwd() / "breathing.yaml").write_text("a")
    assert find_script("breathing") != Path("breathing.yaml"), "a name is one of ours first"


def test_a_folder_with_the_name_of_a_script_does_not_hide_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "breathing").mkdir()
    assert find_script("breathing").name == "breathing.yaml"


def test_a_wrong_name_gives_the_nearest_and_all(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as caught:
        find_script("breating")
    assert "Did you mean breathing" in str(caught.value)
    assert all(name in str(caught.value) for name in bundled_scripts())


@pytest.mark.parametrize("name", ["", "a" * 5000, "a\0b", "../qqq", "qqq.yaml", "/"])
def test_odd_names_are_errors_in_words(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    if name in ("", "/"):
        assert find_script(name).is_dir()
    else:
        with pytest.raises(InputError):
            find_script(name)
