"""The codes of the findings, the page about them, and switching them off."""

import re
from pathlib import Path

import pytest

from voice_guide.script import check, load_script
from voice_guide.script.codes import all_codes, find_code
from voice_guide.script.codes.page import page_text

ROOT = Path(__file__).parents[2]
LONG = "word " * 31
HEAD = "format: 1\ntitle: Test\n"
ON_BODY = f"{HEAD}areas: [back]{{0}}\nsteps: [{{{{name: a, say: Rub the back., area: back}}}}]\n"


@pytest.fixture
def codes(write):
    """Return a function that gives (line, code) of what is found in a script."""
    return lambda text, **known: [
        (found.position.line, found.code.id) for found in check(load_script(write(text)), **known)
    ]


def test_no_two_codes_are_the_same_and_all_look_alike():
    ids = [code.id for code in all_codes()]
    assert len(ids) > 30 and len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[EW]\d\d", one) for one in ids)


def test_the_committed_page_is_current():
    assert (ROOT / "docs" / "check-codes.md").read_text("utf-8") == page_text(), (
        "run: python -m voice_guide.script.codes.page > docs/check-codes.md"
    )


def test_every_code_is_used_in_the_code():
    folder = ROOT / "voice_guide" / "script"
    used = "".join(p.read_text("utf-8") for p in folder.rglob("*.py") if p.parent.name != "codes")
    used += (ROOT / "voice_guide" / "opening.py").read_text("utf-8")
    for path in sorted((folder / "codes").glob("*.py")):
        for name in re.findall(r"^([A-Z_]+) = (?:error|warning)\(", path.read_text("utf-8"), re.M):
            assert re.search(rf"\b{name}\b", used), f"{path.name}: {name} is never found"


def test_a_code_is_looked_up_in_any_case():
    assert find_code("w41") is find_code(" W41 ") is not None
    assert find_code("W999") is None


@pytest.mark.parametrize(
    "steps",
    [
        f"steps:\n  - name: a\n    say: {LONG} # check: off W41\n",
        f"steps:\n  - name: a\n    # check: off W41\n    say: {LONG}\n",
        f"steps:\n  - name: a\n    # check: off W41: why\n    # a poem\n\n    say: {LONG}\n",
        f"steps:\n  - name: a\n    say: >-  #check: off w41\n      {LONG}\n",
    ],
)
def test_a_warning_is_switched_off_for_its_line(codes, steps):
    assert codes(HEAD + steps) == []


def test_it_is_switched_off_for_that_line_only(codes):
    steps = f"steps:\n  - {{name: a, say: {LONG}}} # check: off W41\n  - {{name: a, say: {LONG}}}\n"
    assert codes(HEAD + steps) == [(5, "W41")]


@pytest.mark.parametrize("comment", ["W41", "W99", "", "E20", "W41, W40"])
def test_a_comment_that_switches_nothing_off_is_told(codes, comment):
    found = codes(f"{HEAD}steps:\n  - {{name: a, say: b}} # check: off {comment}\n")
    assert set(found) == {(4, "W01")}


def test_an_error_is_not_switched_off(error):
    told = error(f"{HEAD}steps:\n  - {{name: a, ask: b}} # check: off E20\n")
    assert "cannot be answered" in told.message


def test_a_word_that_is_not_heard_is_switched_off_for_another_model(codes):
    text = f"{HEAD}steps: [{{name: a, say: b}}]\nreplies:\n  - {{hear: unguent, say: c}}"
    assert codes(text, vocabulary=lambda word: word != "unguent") == [(5, "E31")]
    assert codes(f"{text} # check: off E31\n", vocabulary=lambda word: word != "unguent") == []


def test_care_is_only_switched_off_with_a_reason(codes):
    assert codes(ON_BODY.format("")) == [(3, "W60"), (3, "W61")]
    assert codes(ON_BODY.format("  # check: off W60, W61")) == [(3, "W60"), (3, "W61")]
    assert codes(ON_BODY.format("  # check: off W60, W61: a doll's back")) == []
