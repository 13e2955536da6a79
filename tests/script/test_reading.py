"""Files that cannot be scripts."""

import os

import pytest

from voice_guide.script import ScriptError, load_script


def test_a_file_of_100_mb_is_refused_unread(tmp_path):
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    with pytest.raises(ScriptError, match="too large"):
        load_script(path)


def test_a_missing_file_names_those_that_are_nearly_called_so(write):
    path = write("a", "back_massage.yaml")
    with pytest.raises(ScriptError, match=r"no such file.*Did you mean back_massage\.yaml"):
        load_script(path.with_name("bakc_massage.yaml"))


def test_a_missing_file_lists_what_is_there_instead(write):
    path = write("a", "back_massage.yaml")
    with pytest.raises(ScriptError, match=r"In that folder there is: back_massage\.yaml"):
        load_script(path.with_name("qqq.yaml"))


def test_a_missing_folder_is_told(tmp_path):
    with pytest.raises(ScriptError, match="no folder"):
        load_script(tmp_path / "nowhere" / "a.yaml")


def test_a_folder_is_no_script(tmp_path):
    with pytest.raises(ScriptError, match="folder"):
        load_script(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ScriptError, match="not a file"):
        load_script(tmp_path / "pipe")


@pytest.mark.parametrize("path", ["a" * 5000, "a\0b", "x/" * 3000])
def test_a_path_that_no_system_takes_is_an_error_in_words(tmp_path, path):
    with pytest.raises(ScriptError):
        load_script(tmp_path / path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all files")
def test_a_file_that_may_not_be_read_is_told(write):
    path = write("a")
    path.chmod(0)
    with pytest.raises(ScriptError, match="cannot be read"):
        load_script(path)


@pytest.mark.parametrize("text", ["", "  \n\n", "\ufeff"])
def test_an_empty_file_is_told(error, text):
    assert "empty" in error(text).message


def test_a_file_of_comments_is_told(error):
    assert "nothing here but comments" in error("# only\n# comments\n").message


@pytest.mark.parametrize(("text", "shape"), [("- a\n- b\n", "a list"), ("Sit down.", "a text")])
def test_a_list_or_a_text_at_the_top_is_told(error, text, shape):
    found = error(text)
    assert f"This is {shape}" in found.message
    assert (found.line, found.column) == (1, 1)


def test_bytes_that_are_not_utf8_are_told_with_their_place(error):
    found = error("format: 1\ntitle: Grüße\n".encode("latin-1"))
    assert "UTF-8" in found.message
    assert (found.line, found.column) == (2, 10)


def test_utf16_is_told(error):
    assert "UTF-8" in error("format: 1".encode("utf-16")).message


@pytest.mark.parametrize("bad", ["\0", "\x1b", "\x7f", "\x9b"])
def test_a_control_character_is_told_with_its_place(error, bad):
    found = error(f"format: 1\ntitle: a{bad}b\n")
    assert (found.line, found.column) == (2, 9)
    assert f"U+{ord(bad):04X}" in found.message
