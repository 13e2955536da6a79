"""Whatever the text: a draft without errors, or a message for a person."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voice_guide.errors import InputError
from voice_guide.importing import read_source

SETTINGS = settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
PIECES = st.sampled_from(
    [
        *(
            "- ",
            "* ",
            "1. ",
            "# ",
            "\n",
            "\n\n",
            ". ",
            ": ",
            ", ",
            "{",
            "}",
            "[",
            "]",
            "(",
            "|",
            "#",
        ),
        *("Rub the back", "Stop if it hurts", "Ask the person how it feels", "for 20 seconds", "'"),
        *("ten times", "on each side", "no more than five minutes a day", "You will need oil", '"'),
        *("Do not do this if you have a fever", "<p>", "</p>", "<ul><li>", "&amp;", "\\", "{side}"),
        *("Put more oil on your hands when needed", "Ingredients", "still sore the next day", "\t"),
        *("Massage the left arm", "Check that it is warm", "see a doctor", "word " * 40, "%", "@"),
    ]
)


@SETTINGS
@given(
    pieces=st.lists(st.one_of(PIECES, st.text(max_size=8)), min_size=1, max_size=40),
    name=st.sampled_from(["a.txt", "a.md", "a.html"]),
)
def test_a_draft_is_a_script_that_can_be_played(pieces, name, imported):
    try:
        draft = imported("\n" + "".join(pieces).replace("\0", ""), name)
    except InputError as error:
        assert str(error)
        return
    assert [f.message for f in draft.findings if f.severity == "error"] == []
    assert draft.script.steps


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"\0\1\2" * 50, "no text"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04....", "a document or an archive"),
        (b"\xff\x01\x02\x03\x04" * 20, "no text"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path, content, told):
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(InputError, match=told):
        read_source(path)


def test_a_file_of_100_mb_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    with pytest.raises(InputError, match="100 MB, and 2 MB is the most"):
        read_source(path)


def test_a_folder_and_a_missing_file_are_refused(tmp_path):
    with pytest.raises(InputError, match="a folder"):
        read_source(tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        read_source(tmp_path / "none.txt")


def test_old_encodings_are_read(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("- Put the café table up.\n".encode("cp1252"))
    assert "café" in read_source(path).text
    path.write_bytes("- Warm it.\n".encode("utf-16"))
    assert read_source(path).text == "- Warm it.\n"


def test_a_text_without_instructions_is_refused(imported):
    with pytest.raises(InputError, match="no instructions were found"):
        imported("\nThe sky is blue today.\n")


def test_html_is_known_by_its_tags_and_markdown_by_its_marks(tmp_path):
    path = tmp_path / "page"
    path.write_text("<html><body><p>a</p></body></html>")
    assert read_source(path).kind == "html"
    path.write_text("# Title\n\ntext\n")
    assert read_source(path).kind == "markdown"


@pytest.mark.parametrize(
    "text",
    [
        "- Rub the back for 20 s.\n" * 2000,
        "Rub the back. " * 5000,
        "- " + "Rub the back slowly with both hands. " * 500,
        "- Rub it.\n" + "- Never press on the spine.\n" * 500,
        "- Rub it.\n- Ask the person where it hurts.\n" + "- Do not rub a sore place.\n" * 500,
        "- Rub it.\n" + "- Do not do this if you have a fever.\n" * 100,
        "- Rub it.\n"
        + "".join(f"- Stop if {n} hurts, and call a nurse {n}.\n" for n in range(300)),
        "".join(f"You need a bowl {n}.\n\n" for n in range(100)) + "- Rub it.\n",
        "A " * 40 + "\n\n- Rub it " + "and rub it " * 300 + ".\n",
    ],
)
def test_what_is_too_much_for_a_script_is_left_out(imported, text):
    draft = imported(f"Title\n\n{text}")
    assert [f.message for f in draft.findings if f.severity == "error"] == []
    assert len(draft.script.steps) <= 1000


@pytest.mark.parametrize("text", ["<div>" * 3000 + "- Rub it." + "</div>" * 3000, "[" * 3000])
def test_what_is_nested_deeply_is_no_trouble(imported, text):
    for name in ("a.html", "a.md"):
        try:
            imported(f"\n{text}", name)
        except InputError as error:
            assert "no instructions" in str(error)
