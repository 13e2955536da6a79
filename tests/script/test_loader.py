"""What a good script becomes, and how a wrong one is explained."""

from pathlib import Path

import pytest

from voice_guide.script import ScriptError, load_script
from voice_guide.script.positions import Position

GOOD = """\
format: 1
title: Test
before:
  - ask: Is it on?
    yes:
    no: {say: off}
steps:
  - name: "12:30"
    say: 1e3
    for: 1 min 30 s
    ask: When?
    answers:
      on: {say: 2024-01-02}
      07:
    silence: on
"""


def test_every_value_is_the_text_that_the_author_wrote(write):
    script = load_script(write(GOOD)).script
    question, step = script.before[0], script.steps[0]
    assert question.yes is not None
    assert question.yes.say is None
    assert question.no is not None
    assert question.no.say == "off"
    assert (step.name, step.say, step.for_) == ("12:30", "1e3", 90.0)
    assert step.answers["on"].say == "2024-01-02"
    assert set(step.answers) == {"on", "07"}
    assert script.format == 1


def test_an_answer_that_is_not_there_is_not_there(write):
    script = load_script(write(GOOD.replace("    no: {say: off}\n", ""))).script
    assert script.before[0].no is None


def test_every_key_and_value_has_its_place(write):
    loaded = load_script(write(GOOD))
    assert loaded.where(("title",)) == Position(2, 8)
    assert loaded.where(("title",), key=True) == Position(2, 1)
    assert loaded.where(("before", 0, "no", "say")) == Position(6, 15)
    assert loaded.where(("steps", 0)) == Position(8, 5)
    assert loaded.where(("steps", 0, "answers", "on"), key=True) == Position(13, 7)


def test_what_is_not_in_the_file_has_the_place_around_it(write):
    loaded = load_script(write(GOOD))
    assert loaded.where(("steps", 0, "cues", 3, "say")) == loaded.where(("steps", 0))
    assert loaded.where(("steps", 7)) == loaded.where(("steps",))


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\N{LINE SEPARATOR}"])
def test_other_line_ends_and_a_byte_order_mark_do_not_shift_places(errors, line_end):
    text = "\ufeff" + GOOD.replace("silence: on", "silence: off").replace("\n", line_end)
    assert [(line, column) for line, column, _ in errors(text)] == [(15, 14)]


def test_the_message_names_file_line_column_and_shows_the_line(write):
    path = write(GOOD.replace("silence: on", "silense: on"))
    with pytest.raises(ScriptError) as caught:
        load_script(path)
    assert str(caught.value).splitlines() == [
        f"{path}:15:5: 'silense' is not known here. Did you mean 'silence'? [E04]",
        "        silense: on",
        "        ^",
    ]


def test_a_long_line_is_cut_around_the_caret(write):
    text = "format: 1\ntitle: Test\nsteps: [{name: a, say: " + "word " * 200 + ", sai: b}]\n"
    with pytest.raises(ScriptError) as caught:
        load_script(write(text))
    _, source, caret = str(caught.value).splitlines()
    assert len(source) < 120
    assert source[caret.index("^") :].startswith("sai")


def test_all_errors_come_at_once_in_the_order_of_the_file(errors):
    found = errors(
        "format: 2\ntitel: Test\n"
        "steps:\n  - {name: a, say: b, until: redy}\n  - {say: c, for: 10}\n"
    )
    assert [line for line, _, _ in found] == [1, 1, 2, 4, 5, 5]
    assert found == sorted(found)
    messages = " ".join(message for _, _, message in found)
    assert "'format' cannot be \"2\"" in messages
    assert "'title' is missing" in messages
    assert "Did you mean 'title'?" in messages
    assert "Did you mean 'ready'?" in messages
    assert "'name' is missing" in messages
    assert '"10" is not a duration' in messages


def test_one_wrong_item_does_not_make_its_list_too_short(error):
    assert (
        "Did you mean 'say'?" in error("format: 1\ntitle: a\nsteps:\n- {name: b, sai: c}").message
    )


@pytest.mark.parametrize(
    ("line", "place", "part"),
    [
        ("titles: [a]", (3, 1), "Did you mean 'title'?"),
        ("zzz: a", (3, 1), "What can be here: format, title, language"),
        ("<<: {needs: []}", (3, 1), "'<<' is not known here"),
        ("areas: arm", (3, 8), "'areas' must be a list, not a text"),
        ("areas: [{a: b}]", (3, 9), "item 1 of 'areas' must be a text, not a mapping"),
        ("areas: [a, '']", (3, 12), "item 2 of 'areas' is empty"),
        ("about:", (3, 7), "'about' is empty"),
        ("about: '   '", (3, 8), "'about' is empty"),
        ("about: " + "a" * 2001, (3, 8), "'about' is too long: the most is 2000 characters"),
        ("before: [{ask: b, no: {end: So, not today then.}}]", (3, 33), "with a comma in it needs"),
        ("needs: [" + "a," * 41 + "]", (3, 8), "'needs' can have 40 at most"),
        ("language: english", (3, 11), '"en"'),
        ("scales: {a: {levels: [b], start: b}}", (3, 22), "'levels' needs at least 2"),
        ("scales: {a: {levels: [b, c]}}", (3, 13), "'start' is missing"),
        ("replies: [{hear: []}]", (3, 18), "'hear' needs at least 1"),
        ("replies: [{hear: a, turn: up}]", (3, 27), "'turn' must be a mapping"),
        ("after: [{ask: How sore?, number: many}]", (3, 34), '"0-10"'),
        ("title: b", (3, 1), "'title' is here already, in line 2"),
        ("'title ': b", (3, 1), "'title' is here already, in line 2"),
    ],
)  # fmt: skip
def test_a_wrong_form_is_told_in_plain_words(error, line, place, part):
    found = error(f"format: 1\ntitle: Test\n{line}\nsteps:\n  - {{name: One, say: Sit down.}}\n")
    assert (found.line, found.column) == place
    assert part.lower() in found.message.lower()


@pytest.mark.parametrize("key", ["format", "title", "steps"])
def test_what_has_to_be_there_is_asked_for(error, key):
    lines = ["format: 1", "title: a", "steps: [{name: b, say: c}]"]
    text = "\n".join(line for line in lines if not line.startswith(key))
    what = 'a line "format: 1"' if key == "format" else "it"
    assert error(text).message == f"'{key}' is missing here. Add {what}."


def test_the_name_that_only_our_code_uses_is_no_key(error):
    found = error("format: 1\ntitle: a\nsteps:\n  - {name: a, say: b, for_: 3 s}\n")
    assert (found.line, found.column) == (4, 23)
    assert "Did you mean 'for'?" in found.message


def test_many_errors_are_counted_and_not_all_shown(write):
    keys = "\n".join(f"key{number}: a" for number in range(60))
    with pytest.raises(ScriptError) as caught:
        load_script(write("format: 1\ntitle: a\nsteps: [{name: b, say: c}]\n" + keys))
    assert len(caught.value.findings) == 60
    assert str(caught.value).splitlines()[-1] == "... and 35 more."


def test_a_script_of_1000_steps_loads_and_one_more_is_too_many(write, error):
    step = "  - {name: a, say: b}\n"
    head = "format: 1\ntitle: a\nsteps:\n"
    assert len(load_script(write(head + step * 1000)).script.steps) == 1000
    assert "'steps' can have 1000 at most" in error(head + step * 1001).message


def test_the_place_is_given_with_the_path_as_the_user_wrote_it(write, monkeypatch):
    path = write("format: 2\n")
    monkeypatch.chdir(path.parent)
    with pytest.raises(ScriptError, match=r"^test\.yaml:1:1: "):
        load_script(Path("test.yaml"))
