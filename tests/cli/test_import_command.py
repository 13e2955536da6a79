"""``voice-guide import`` as a user types it."""

import pytest

TEXT = """\
Warm feet

You will need a bowl and a towel.

- Fill the bowl with warm water.
- Put both feet into it for five minutes.
- Dry them well. Our shop has the best towels!

Stop if the feet hurt.
"""


@pytest.fixture
def article(user):
    (user.folder / "feet.txt").write_text(TEXT)
    return user.folder / "feet.txt"


def test_a_text_becomes_a_script_that_check_has_no_errors_for(here, user, article):
    result = here("import", "feet.txt")
    assert result.exit_code == 0
    assert result.stdout.startswith("feet.yaml: 3 steps, 0 questions, 1 stop sign. 2 things to")
    script = (user.folder / "feet.yaml").read_text()
    assert "for: 5 min" in script and "shop" not in script
    checked = here("check", "feet.yaml")
    assert checked.exit_code == 0 and "feet.yaml: fine" in checked.stdout


def test_a_file_that_is_there_is_never_written_over(here, user, article):
    (user.folder / "feet.yaml").write_text("mine")
    result = here("import", "feet.txt")
    assert result.exit_code == 1 and "feet.yaml is there already" in result.stderr
    assert (user.folder / "feet.yaml").read_text() == "mine"
    assert here("import", "feet.txt", "--output", "other.yaml").exit_code == 0


def test_the_draft_alone_goes_to_standard_output(here, user, article):
    result = here("import", "feet.txt", "--output", "-")
    assert result.stdout.startswith("format: 1\ntitle: Warm feet\n")
    assert "3 steps" in result.stderr
    assert not (user.folder / "feet.yaml").exists()


def test_what_is_left_out_is_told_on_request(here, article):
    assert "best towels" in here("import", "feet.txt", "--left-out").stdout


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("none.txt", None, "cannot be read"),
        ("photo.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF", "this is no text"),
        ("empty.txt", b" \n", "the file is empty"),
        ("poem.txt", b"The sky is blue today.", "no instructions were found"),
    ],
)
def test_what_cannot_be_imported_is_told_without_a_traceback(user, name, content, told):
    if content is not None:
        (user.folder / name).write_bytes(content)
    assert told in user.errs("import", name, code=1)


def test_a_script_is_no_text_to_import(here):
    result = here("import", "short.yaml")
    assert result.exit_code == 1
    assert "already" in result.stderr and "voice-guide check short.yaml" in result.stderr
