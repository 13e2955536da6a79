"""``voice-guide new`` as a user types it."""

import re

import pytest
from click.testing import CliRunner

from voice_guide.cli import main
from voice_guide.script import load_script

WARM = ["--no-questions", "--title", "Warm hands", "--step", "Rub | Rub your hands. | 20 s"]


@pytest.fixture
def answers(here):
    """Return a function that answers the questions of ``new``."""
    del here

    def answers(*lines: str, options: tuple[str, ...] = ()):
        text = "".join(f"{line}\n" for line in lines)
        return CliRunner().invoke(main, ["new", *options], input=text)

    return answers


def test_a_few_questions_make_a_script_that_check_finds_fine(answers, here, user):
    result = answers(
        "Calf stretch", "Two stretches, standing.", "a wall, shoes",
        "Lean", "Lean on the wall with one foot behind you.", "30 s",
        "Change", "", "",
        "",
        "y", "calves",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert (
        "Written to calf_stretch.yaml. Next: voice-guide check calf_stretch.yaml" in result.stdout
    )
    script = load_script(user.folder / "calf_stretch.yaml").script
    assert script.title == "Calf stretch" and script.needs == ("a wall", "shoes")
    assert [step.name for step in script.steps] == ["Lean", "Change"]
    assert script.steps[0].for_ == 30 and script.steps[1].until == "ready"
    assert script.before and script.replies[0].stop and list(script.areas) == ["calves"]
    checked = here("check", "calf_stretch.yaml").stdout
    assert "calf_stretch.yaml: fine. " in checked


def test_a_wrong_time_is_asked_for_again(answers, user):
    result = answers("T", "", "", "A", "b", "ten", "10 s", "", "n")
    assert '"ten" is not a duration' in result.stderr
    assert load_script(user.folder / "t.yaml").script.steps[0].for_ == 10


def test_options_ask_nothing(here, user):
    result = here("new", *WARM, "--need", "a basin", "--about", "Short: warm.")
    assert result.exit_code == 0
    text = (user.folder / "warm_hands.yaml").read_text()
    script = load_script(user.folder / "warm_hands.yaml").script
    assert script.needs == ("a basin",) and script.about == "Short: warm."
    assert text.count("# ") > 5, "the script explains itself"
    assert "warm_hands.yaml: fine. It takes" in here("check", "warm_hands.yaml").stdout


def test_with_nothing_but_defaults_it_is_a_script_all_the_same(here, user):
    assert here("new", "--no-questions").exit_code == 0
    assert "a_new_session.yaml: fine. " in here("check", "a_new_session.yaml").stdout
    assert here("new", "--no-questions", "--body", "-o", "body.yaml").exit_code == 0
    assert "body.yaml: fine. " in here("check", "body.yaml").stdout


def test_a_file_that_is_there_is_never_written_over(here, user):
    (user.folder / "warm_hands.yaml").write_text("mine")
    result = here("new", *WARM)
    assert result.exit_code == 1 and "warm_hands.yaml is there already" in result.stderr
    assert (user.folder / "warm_hands.yaml").read_text() == "mine"


def test_what_is_commented_out_can_be_taken_in(here, user):
    here("new", *WARM)
    path = user.folder / "warm_hands.yaml"
    taken_in = re.sub(
        r"^( *)# (?=needs:|cues:|replies:|after:|  - |    \w+:)",
        r"\1",
        path.read_text(),
        flags=re.M,
    )
    path.write_text(taken_in)
    script = load_script(path).script
    assert script.needs and script.steps[0].cues and script.replies and script.after
    assert "warm_hands.yaml: fine. " in here("check", "warm_hands.yaml").stdout


@pytest.mark.parametrize("step", ["Rub", "Rub |", "a | b | soon", "a | b | 1 s | d"])
def test_a_wrong_step_is_told(user, step):
    assert "Write" in user.errs("new", "--no-questions", "--step", step, code=1)


def test_the_script_alone_goes_to_standard_output(here):
    result = here("new", *WARM, "--output", "-")
    assert result.stdout.startswith("# Warm hands.") and "format: 1" in result.stdout


def test_braces_that_have_no_value_are_refused(user):
    told = user.errs("new", "--no-questions", "--step", "a | with {care} | 3 s", code=1)
    assert "{care} has no value" in told
