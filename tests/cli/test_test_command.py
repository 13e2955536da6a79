"""``voice-guide test`` as a user types it."""

import json

import pytest
from click.testing import CliRunner

from voice_guide.cli import main


def test_the_command_runs_files_folders_and_what_is_beside_a_script(here, user):
    folder = user.folder
    (folder / "short.dialogue.yaml").write_text("title: A\ntalk: [step: One]\n")
    (folder / "short.more.dialogue.yaml").write_text("title: B\ntalk: [step: One]\n")
    (folder / "other.dialogue.yaml").write_text("title: C\nscript: short.yaml\ntalk: [step: Two]\n")
    assert "2 dialogues, all as written" in here("test", "short.yaml").stdout
    everything = here("test")
    assert everything.exit_code == 1 and "3 dialogues, 1 not as written" in everything.stdout
    assert here("test", str(folder)).stdout.count(": fine: ") == 2
    told = [json.loads(line) for line in here("test", "--json").stdout.splitlines()]
    assert [one["ok"] for one in told] == [False, True, True]
    assert (told[0]["line"], told[0]["instead"]) == (3, "One")
    (folder / "short.dialogue.yaml").write_text("title: A\ntalk: [stop: One]\n")
    assert here("test", "short.dialogue.yaml").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["none.dialogue.yaml"], "no such file"),
        (["short.yaml"], "There is no dialogue test beside"),
        ([], "There are no dialogue tests here"),
        (["no_such_script"], "There is no script"),
    ],
)
def test_without_a_dialogue_test_it_says_where_they_are_looked_for(here, arguments, message):
    done = here("test", *arguments)
    assert done.exit_code == 1 and message in done.stderr


def test_wrong_usage_is_exit_code_2():
    assert CliRunner().invoke(main, ["test", "--aloud"]).exit_code == 2
