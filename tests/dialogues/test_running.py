"""Dialogue tests themselves: what they notice, and how they say so."""

# ruff: noqa: E501 -- a dialogue a line

import re
from pathlib import Path

import pytest

from voice_guide.dialogues.reading import read_dialogue
from voice_guide.dialogues.testing import run

PAGE = (Path(__file__).parents[2] / "docs" / "testing-a-script.md").read_text("utf-8")
HEAD = """\
title: A test
script:
  scales: {pressure: {levels: [light, medium, firm], start: medium}}
  areas: [neck]
  steps:
    - {name: Warm, say: Warm the oil., until: ready}
    - {name: Glide, say: "With {pressure} pressure glide. Slowly now.", for: 20 s}
    - {name: Ask, ask: Good or strange?, answers: {good: {}, strange: {}}, save: how}
talk:
"""
FIRST = HEAD.count("\n") + 1


@pytest.fixture
def dialogue(tmp_path):
    """Return a function that writes a dialogue on a small script and returns its path."""

    def dialogue(*talk: str, head: str = HEAD) -> Path:
        path = tmp_path / "small.dialogue.yaml"
        path.write_text(head + "".join(f"  - {line}\n" for line in talk))
        return path

    return dialogue


@pytest.fixture
def comes(dialogue):
    """Return a function that plays a dialogue and returns what was not as written, or None."""
    return lambda *talk, head=HEAD: run(read_dialogue(dialogue(*talk, head=head)))


@pytest.mark.parametrize(
    "talk",
    [
        ["say: Test", "say: Warm the oil", "person: I'm ready", "step: Glide"],
        ["step: {name: Warm, number: '1'}", "later say: [Huh, say ready]", "wait: 9 s", "say: [A, Whenever]"],
        ["all well until: Glide", "interrupts: too hard", "heard: softer", "scale: {pressure: light}"],
        ["all well until: Glide", "interrupts: STOP!", "stopped", "say: Stopped", "silent: 30 s"],
        ["all well until: With medium", "person: bananas", "heard: nothing", "silent: 5 s"],
        ["all well until: Ask", "{person: strange, confidence: 0.3}", "say: Did you say strange"],
        ["all well until: Ask", "later answer: {answer: none, silent: yes}", "saved: {how: nothing}"],
        ["all well until: Ask", "person: good", "answer: good", "saved: {how: good}", "ended"],
        ["all well until: Glide", "person: my neck hurts", "area: {neck: avoid}"],
        ["all well until: Glide", "press: space", "stopped", "wait: 2 s", "press: space", "resumed"],
        ["all well until: Glide", "person: louder", "volume: 4", "earcon: listening"],
        ["all well until: Glide", "wait: 15 s", "broken off: 5 min", "say: Last time we stopped"],
        ["all well until: Glide", "interrupts: stop", "person: resume", "later say: With medium"],
    ],
)  # fmt: skip
def test_what_is_as_written_is_fine(comes, talk):
    assert comes(*talk).shown() == ""


@pytest.mark.parametrize(
    ("talk", "message"),
    [
        (["say: Warm"], "The narrator said something else."),
        (["all well until: Glide", "person: too hard", "say: Now firm"], "was said in place of"),
        (["all well until: Glide", "person: too hard", "scale: {pressure: firm}"], "light, not firm"),
        (["all well until: Glide", "person: too hard", "heard: harder"], "instead   softer"),
        (["all well until: Glide", "person: good", "heard: good"], "instead   nothing"),
        (["step: Glide"], "There was another step."),
        (["stopped"], "it goes on"),
        (["all well until: Glide", "silent: 1 min"], "and spoke."),
        (["all well until: The moon"], "never came to this"),
        (["all well until: Ask", "answer: good"], "instead   nothing"),
        (["all well until: Ask", "person: good", "answer: {silent: yes}"], "instead   no"),
        (["later say: Goodbye, moon"], "before the session was over"),
        (["later earcon: paused"], "This did not happen before the session was over"),
        (["all well until: Ask", "person: good", "saved: {how: strange}"], "'how' is good"),
        (["ended: finished"], "instead   silence"),
    ],
)  # fmt: skip
def test_what_is_not_as_written_is_shown_with_its_place(comes, talk, message):
    shown = comes(*talk).shown()
    line = FIRST + len(talk) - 1
    assert re.match(rf".*small\.dialogue\.yaml:{line}:\d+: ", shown)
    assert message in shown and f"- {talk[-1]}" in shown and "What had happened:" in shown


def test_what_must_never_be_said(comes):
    head = HEAD.replace("talk:", 'never said: ["... slowly", Bananas]\ntalk:')
    assert comes("step: Warm", head=head).shown() == ""
    shown = comes("all well until: Ask", head=head).shown()
    assert f":{FIRST - 1}:14: This was said." in shown and "Slowly now" in shown


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("sai: Warm", "'sai' is not known here. Did you mean 'say'?"),
        ("person: ''", '"person" needs some words'),
        ("wait: soon", "a time with its unit"),
        ("press: fire", 'There is no key "fire"'),
        ("scale: {presure: light}", "Did you mean 'pressure'?"),
        ("scale: {pressure: hard}", "The script has no 'hard'"),
        ("scale: light", "a name and a value"),
        ("released: now", "stands alone"),
        ("later wait: 3 s", "cannot come later"),
        ("{say: a, b}", "'b' is not known here"),
        ("{person: a, confidence: high}", "a number from 0 to 1"),
        ("[a, b]", "This is no line of a dialogue"),
    ],
)
def test_what_is_wrong_in_a_file_is_said_with_its_place(dialogue, line, message):
    with pytest.raises(Exception, match=re.escape(message)) as caught:
        read_dialogue(dialogue("say: Test", line))
    assert f"small.dialogue.yaml:{FIRST + 1}:" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- a", "A dialogue begins with"),
        ("title: x", '"talk" is missing'),
        ("talk: [stopped]", '"title" is missing'),
        ("title: x\nscript: nowhere\ntalk: [stopped]", 'There is no script "nowhere"'),
        ("title: x\ntalk: [stopped]", "there is no script small.yaml beside it"),
        ("title: x\ntalk: []", '"talk" is a list'),
        ("title: x\nscript: {steps: [{nam: A}]}\ntalk: [stopped]", "small.dialogue.yaml:2:"),
        ("title: x\ndays since: long\ntalk: [stopped]", "a number of days"),
        ("title: x\ntalk: [stopped", "small.dialogue.yaml:2:"),
        ("title: x\ntalk: [stopped]\nonly when called: perhaps", "yes or no"),
    ],
)
def test_a_file_that_is_no_dialogue_says_why(dialogue, text, message):
    with pytest.raises(Exception, match=re.escape(message)) as caught:
        read_dialogue(dialogue(head=text))
    assert caught.value.exit_code == 1


def test_the_examples_of_the_page_are_as_written(tmp_path):
    examples = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert len(examples) == 2
    for number, text in enumerate(examples):
        path = tmp_path / f"{number}.dialogue.yaml"
        path.write_text(text)
        assert run(read_dialogue(path)).shown() == ""
    mistaken = examples[0].replace("Breathe at your own pace", "Breathe at my pace")
    (tmp_path / "breathing.dialogue.yaml").write_text(mistaken)
    shown = run(read_dialogue(tmp_path / "breathing.dialogue.yaml")).shown()
    failure = PAGE.split("breathing.dialogue.yaml:7:10")[1].split("    What had")[0]
    assert failure in shown
