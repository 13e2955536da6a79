"""What the README and the help tell a user to type is there."""

import re
import shlex
from pathlib import Path

import click
import pytest

from voice_guide import settings
from voice_guide.cli import main
from voice_guide.keyboard import HELP, KEYS
from voice_guide.language.pack import load_language
from voice_guide.opening import open_session

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
PROGRAMS = ("./play", "./test", "voice-guide")
COMMANDS = main.list_commands(click.Context(main))


def _blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def _typed() -> list[str]:
    """Return every line of ours that the README shows, without comments."""
    lines = [line for block in _blocks("") for line in block.splitlines()]
    lines += re.findall(r"`([^`\n]+)`", README)
    lines = [line.split("  #")[0].strip() for line in lines]
    return sorted({line for line in lines if line.startswith(PROGRAMS)})


def _words(line: str) -> list[str]:
    return shlex.split(line.replace("[", "").replace("]", "").replace("...", ""))


def test_the_readme_shows_what_to_type():
    assert "./play" in _typed() and len(_typed()) > 8


@pytest.mark.parametrize("line", [line for line in _typed() if not line.startswith("./test")])
def test_what_the_readme_shows_can_be_typed(line):
    program, *words = _words(line)
    name = "play" if program == "./play" else words.pop(0) if words else None
    if name is None:
        return
    command = main.get_command(click.Context(main), name)
    assert command is not None, f"there is no command {name}"
    options = {option for parameter in command.params for option in parameter.opts}
    used = {word for word in words if word.startswith("-")}
    assert used <= options


def test_the_settings_of_the_readme_are_settings(tmp_path):
    path = tmp_path / "settings.yaml"
    path.write_text(_blocks("yaml")[0].replace("# model:", "model:"))
    given = settings.load_settings(path)
    assert all(value is not None for _, value in given)


def test_the_phrases_of_the_readme_are_heard():
    table = README.split("| say | and it |")[1].split("\n\n")[0]
    rows = [row.split("|")[1] for row in table.splitlines() if row.count("|") > 2][1:]
    said = {phrase.strip().lower() for row in rows for phrase in row.split(",")}
    said -= {"more lotion (a reply of the back massage; every script has its own)", "more lotion"}
    massage = open_session("back_massage", settings.Settings()).engine
    known = {phrase.text for phrase in (*load_language("en").phrases, *massage.every_phrase())}
    assert len(said) > 20 and said <= known


def test_the_keys_of_the_help_are_keys():
    assert KEYS[" "] == "stop" and KEYS["q"] == "end" and KEYS["\r"] == "ready"
    assert "Space stops and resumes, Enter is ready" in HELP
    assert "Space stops and resumes, Enter is ready" in README


@pytest.mark.parametrize("name", COMMANDS)
def test_each_help_has_an_example_that_begins_with_the_command(here, name):
    help_text = here(name, "--help").stdout
    assert re.search(rf"Examples?:\n\s+voice-guide {name}\b", help_text)


def test_the_help_lists_every_command_and_the_version_is_told(here):
    told = here("--help").stdout
    assert all(re.search(rf"^  {name} ", told, re.MULTILINE) for name in COMMANDS)
    assert re.fullmatch(r"voice-guide, version \d+\.\d+\S*\n", here("--version").stdout)


def test_wrong_usage_is_exit_code_2_and_names_what_is_wrong(here):
    for arguments in (["frobnicate"], ["play", "--frob"], ["check"]):
        result = here(*arguments)
        assert result.exit_code == 2 and "Usage:" in result.stderr and result.stdout == ""
