"""Areas with other words, pronunciation, pauses, and what holds in one step only."""

import pytest

from voice_guide.script import load_script
from voice_guide.script.positions import Position

HEAD = "format: 1\ntitle: Test\nscales: {pressure: {levels: [light, firm], start: light}}\n"
CARE = "before: [{ask: Well?, yes: }]\nreplies: [{hear: numb leg, stop: Stopped.}]\n"
STEPS = "steps:\n  - {name: One, say: Sit down.}\n"


def test_areas_are_a_list_or_a_mapping(write):
    text = f"{HEAD}areas: [neck, back]\n{STEPS}"
    assert load_script(write(text)).script.areas == {"neck": (), "back": ()}
    text = f"{HEAD}areas: {{neck: , back: [waist, small of the back], arms: upper arms}}\n{STEPS}"
    assert load_script(write(text)).script.areas == {
        "neck": (),
        "back": ("waist", "small of the back"),
        "arms": ("upper arms",),
    }


def test_an_area_has_its_place_however_it_is_written(write):
    for areas in ("[neck, back]", "{neck: , back: }"):
        loaded = load_script(write(f"{HEAD}areas: {areas}\n{STEPS}"))
        column = 3 + len("areas") + areas.index("back")
        assert loaded.where(("areas", "back"), key=True) == Position(4, column)


@pytest.mark.parametrize(
    ("line", "column", "part"),
    [
        ("areas: arm", 8, "'areas' must be a list"),
        ("areas: [arm, {leg: }]", 14, "item 2 of 'areas' must be a text"),
        ("areas: {arm: {leg: }}", 14, "'arm' must be a list"),
        ("areas: {arm: [leg, '']}", 20, "item 2 of 'arm' is empty"),
        ("areas: [arm, arm]", 8, "'arm' is there twice"),
        ("areas: {arm: [leg], leg: }", 21, '"leg" already means something else'),
        ("areas: {arm: ['{leg}']}", 15, "Remove the braces"),
        ("pronounce: tea", 12, "'pronounce' must be a mapping"),
        ("pronounce: {tea: }", 18, "'tea' is empty"),
    ],
)
def test_a_wrong_word_is_told_with_its_place(errors, line, column, part):
    found = errors(f"{HEAD}{line}\n{CARE}{STEPS}")
    assert [(at, col) for at, col, message in found if part.lower() in message.lower()] == [
        (4, column)
    ], found


@pytest.mark.parametrize(
    ("step", "column", "part"),
    [
        ("with: {presure: firm}", 30, "Did you mean 'pressure'?"),
        ("with: {pressure: frm}", 40, "Did you mean 'firm'?"),
        ("speak: slow", 30, "Did you mean 'slowly'?"),
        ("remind: 5 s", 31, "at least 10 s"),
    ],
)
def test_a_wrong_override_is_told_with_its_place(error, step, column, part):
    found = error(f"{HEAD}steps:\n  - {{name: a, say: b, {step}}}\n")
    assert part in found.message
    assert (found.line, found.column) == (5, column)


def test_what_is_no_pause_is_a_warning(findings):
    found = findings(HEAD + "steps:\n  - {name: a, say: 'In. [pause two] Out. [1 s]'}\n")
    assert found[0][2].startswith("'[pause two]' is no pause.")
    assert len(found) == 1


def test_pauses_are_no_narration_that_could_be_heard(findings):
    text = HEAD + "steps:\n  - {name: a, say: 'In. [pause] Out. [pause 2 s] In.'}\n"
    assert findings(text, None, {"pause": ["pause"]}) == []


def test_pauses_take_time(findings):
    step = "steps:\n  - {name: a, say: 'In. [10 s] Out.', for: 5 s}\n"
    assert "takes about 11 s" in findings(HEAD + step)[0][2]
