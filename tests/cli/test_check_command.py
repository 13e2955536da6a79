"""``voice-guide check`` as a user types it."""

import json


def test_every_script_is_checked_also_behind_a_wrong_one(here):
    result = here("check", "none.yaml", "no_such_name", "klingon.yaml", "broken.yaml", "short.yaml")
    assert result.exit_code == 1
    assert "none.yaml: There is no such file" in result.stdout
    assert 'There is no script "no_such_name"' in result.stdout
    assert 'klingon.yaml:2:11: There is no language pack "tl"' in result.stdout
    assert "broken.yaml:3:1" in result.stdout
    assert "short.yaml: fine, 2 to look at. It takes less than a minute." in result.stdout


def test_a_bundled_script_is_fine_and_its_length_is_told(here):
    result = here("check", "back_massage")
    assert result.exit_code == 0 and "It takes about" in result.stdout


def test_findings_as_json(here):
    result = here("check", "klingon.yaml", "broken.yaml", "--json")
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert (told[0]["file"], told[0]["line"], told[0]["column"]) == ("klingon.yaml", 2, 11)
    assert {one["severity"] for one in told} == {"error"}
    assert all(
        set(one) == {"file", "line", "column", "severity", "code", "message"} for one in told
    )


def test_a_word_that_the_speech_model_does_not_know_is_an_error_with_its_place(here, user):
    (user.folder / "odd.yaml").write_text(
        "format: 1\ntitle: X\nsteps: [{name: A, say: x}]\nreplies:\n"
        "  - {hear: more blorpfx, say: Yes.}\n"
    )
    result = here("check", "odd.yaml")
    assert result.exit_code == 1
    assert "odd.yaml:5:" in result.stdout and "blorpfx" in result.stdout


def test_a_code_is_explained_without_a_script(here):
    result = here("check", "--explain", "w41")
    assert result.exit_code == 0
    assert result.stdout.startswith("W41: A sentence that is too long to follow by ear.")
    assert '"# check: off W41"' in result.stdout


def test_an_unknown_code_is_wrong_usage(here):
    result = here("check", "--explain", "X1")
    assert result.exit_code == 2 and '"X1" is no code' in result.stderr
