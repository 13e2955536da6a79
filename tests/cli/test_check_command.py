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


def test_findings_as_json_and_a_summary_of_each_script(here):
    result = here("check", "klingon.yaml", "broken.yaml", "short.yaml", "--json")
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    findings = [one for one in told if "code" in one]
    first = findings[0]
    assert (first["file"], first["line"], first["column"]) == ("klingon.yaml", 2, 11)
    keys = {"file", "line", "column", "severity", "code", "message"}
    assert all(set(one) == keys for one in findings)
    summaries = [one for one in told if "fine" in one]
    assert [one["file"] for one in summaries] == ["klingon.yaml", "broken.yaml", "short.yaml"]
    assert [one["fine"] for one in summaries] == [False, False, True]
    short = summaries[2]
    assert (short["errors"], short["warnings"], short["steps"], short["questions"]) == (0, 2, 2, 1)
    assert short["rendered"] is True and short["model"] == "vosk-builtin-en"


def test_a_script_without_findings_has_a_summary_too(here):
    told = [json.loads(line) for line in here("check", "breathing", "--json").stdout.splitlines()]
    assert len(told) == 1 and told[0]["fine"] is True


def test_the_time_is_that_of_the_rendered_narration(here, user):
    script = "format: 1\ntitle: T\nsteps:\n  - {{name: A, say: '{0}', for: 10 s}}\n"
    (user.folder / "wide.yaml").write_text(script.format("strengths " * 40))
    (user.folder / "narrow.yaml").write_text(script.format("a " * 40))

    def seconds(*options):
        lines = here("check", "wide.yaml", "narrow.yaml", "--json", *options).stdout.splitlines()
        return [one["seconds"] for one in map(json.loads, lines) if "fine" in one]

    wide, narrow = seconds()
    assert wide > narrow + 10
    wide, narrow = seconds("--no-render")
    assert wide == narrow


def test_the_slower_the_voice_the_longer_the_session(here, user):
    def seconds():
        line = here("check", "breathing", "--json").stdout.splitlines()[-1]
        return json.loads(line)["seconds"]

    usual = seconds()
    user.settings.write_text("rate: 90\n")
    assert seconds() > usual + 5


def test_everything_that_can_be_said_is_told_on_request(here):
    told = here("check", "breathing", "--phrases").stdout
    assert "In every step: stop, it hurts," in told
    step = told.split('In step "How it feels":')[1].split("In step")[0]
    assert "answers: good, strange" in step
    assert "replies: i need a break, a break" in step
    assert "skip to ...: Settle down, Breathe with me" in step
    line = json.loads(here("check", "breathing", "--phrases", "--json").stdout.splitlines()[-1])
    step = next(one for one in line["can_be_said"] if one["name"] == "How it feels")
    assert step["answers"] == ["good", "strange"] and "stop" in step["commands"]


def test_how_long_a_sentence_may_be_is_an_option_and_a_setting(here, user):
    assert "[W41]" not in here("check", "breathing").stdout
    assert "[W41]" in here("check", "breathing", "--sentence-words", "8").stdout
    user.settings.write_text("sentence_words: 8\n")
    assert "[W41]" in here("check", "breathing").stdout


def test_phrases_that_sound_alike_are_told_with_the_voice_that_is_there(here, user):
    (user.folder / "alike.yaml").write_text(
        "format: 1\ntitle: X\nsteps:\n  - {name: A, ask: a?, answers: {cold: , hold: }}\n"
    )
    assert '"hold" sounds like "cold"' in here("check", "alike.yaml").stdout


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


def test_dialogue_tests_beside_the_scripts_are_read_too(here, user):
    (user.folder / "short.dialogue.yaml").write_text("title: A\ntalk:\n  - person: stop\n")
    (user.folder / "bad.dialogue.yaml").write_text("title: A\nscript: short.yaml\ntalks: []\n")
    result = here("check", "short.dialogue.yaml", "short.yaml")
    assert result.exit_code == 0
    assert "short.dialogue.yaml: a dialogue test that can be read" in result.stdout
    wrong = here("check", "bad.dialogue.yaml")
    assert wrong.exit_code == 1 and "bad.dialogue.yaml:3:1" in wrong.stdout
    told = json.loads(here("check", "bad.dialogue.yaml", "--json").stdout)
    assert told["fine"] is False and told["dialogue"] is True


def test_a_session_without_an_end_in_sight_is_told(here, user):
    steps = "".join(f"  - {{name: A{n}, say: b, for: 3 h}}\n" for n in range(3))
    (user.folder / "endless.yaml").write_text(f"format: 1\ntitle: X\nsteps:\n{steps}")
    assert "It takes more than six hours." in here("check", "endless.yaml").stdout
    summary = here("check", "endless.yaml", "--json").stdout.splitlines()[-1]
    assert json.loads(summary)["seconds"] is None


def test_a_command_that_is_typed_wrong_is_told_with_the_right_one(here):
    result = here("chek", "short.yaml")
    assert result.exit_code == 2 and "Did you mean 'check'?" in result.stderr
    assert "There is: play, resume" in here("qqq").stderr
