"""Conditions that can be fulfilled, places that are there, and rounds that end."""

import pytest

HEAD = """\
format: 1
title: Test
scales: {pressure: {levels: [light, firm], start: light}}
areas: [back, neck]
before:
  - {ask: Well?, yes: , no: , save: well}
  - {ask: How sore?, number: 0-10, save: soreness}
steps:
"""


@pytest.mark.parametrize(
    ("line", "column", "part"),
    [
        ("  - {name: a, say: b, when: {wel: yes}}", 32, "Did you mean 'well'?"),
        ("  - {name: a, say: b, when: {zzz: yes}}", 32, "pressure, well, soreness, back, neck"),
        ("  - {name: a, say: b, unless: {well: [yes, may]}}", 45, "'well' is never 'may'"),
        ("  - {name: a, say: b, when: {pressure: lite}}", 42, "Did you mean 'light'?"),
        ("  - {name: a, say: b, when: {soreness: 12}}", 42, "never '12'"),
        ("  - {name: a, say: b, when: {soreness: 11-20}}", 42, "never '11-20'"),
        ("  - {name: a, say: b, when: {bak: sore}}", 32, "Did you mean 'back'?"),
        ("  - {name: a, say: b, each: [l], when: {well: '{side}'}}", 49, "never 'l'"),
        ("  - {name: a, ask: b?, yes: {set: {pressure: x}}}", 39, "is a scale"),
        ("  - {name: a, ask: b?, yes: , save: side}", 40, "cannot be kept as 'side'"),
        ("  - {name: a, ask: b?, yes: , save: 'a.b'}", 40, "cannot be kept as 'a.b'"),
        ("  - {name: a, say: 'so {soreness}'}", 22, "Add 'silence:' to the question in line 7"),
        ("  - {name: axe, ask: b?, yes: {go to: axi}}", 42, "Did you mean 'axe'?"),
        ("  - {name: a, ask: b?, yes: {go_to: a}}", 32, "Did you mean 'go to'?"),
        ("  - {name: a, ask: b?, yes: {go to: a, end: c}}", 32, "Keep one"),
        ("  - {name: a, ask: b?, yes: {go to: a}, no: {go to: a}, silence: yes}", 69, "again and"),
        ("  - {name: a, ask: b?, yes: {go to: a}, no: , silence: yes}", 60, "again and again"),
    ],
)
def test_what_leads_nowhere_is_an_error(errors, line, column, part):
    found = errors(f"{HEAD}{line}\n")
    near = [message for at, col, message in found if at == 9 and abs(col - column) <= 4]
    assert any(part in message for message in near), found


def test_a_round_without_a_way_out_is_an_error(errors):
    steps = """\
  - {name: a, say: Sit.}
  - {name: b, ask: Which?, answers: {one: {go to: a}, two: {go to: b}}, silence: one}
  - {name: c, say: Never.}
"""
    messages = [message for line, _, message in errors(HEAD + steps) if line == 10]
    assert any("Nobody gets out" in message for message in messages)


def test_two_steps_of_a_name_are_no_place_to_go_to(errors):
    steps = (
        "  - {name: a, say: b}\n  - {name: a, say: b}\n  - {name: c, ask: d?, yes: {go to: a}}\n"
    )
    assert "2 steps called 'a'" in errors(HEAD + steps)[0][2]


def test_no_question_before_the_session_leads_away(error):
    text = HEAD.replace("yes: ,", "yes: {go to: a},") + "  - {name: a, say: b}\n"
    assert "Save the answer, and use 'when'" in error(text).message


@pytest.mark.parametrize(
    "steps",
    [
        "  - {name: a, say: b, when: {well: yes, soreness: 5-10}, unless: {neck: sore}}",
        "  - {name: a, say: b, when: {pressure: firm}}",
        "  - {name: a, ask: b?, yes: {go to: a}, no: , silence: no}",
        "  - {name: a, ask: b?, yes: {go to: a}, no: }",
        "  - {name: a, ask: b?, yes: {go to: the end}, no: , silence: yes}",
        "  - {name: a, ask: b?, yes: {set: {k: x}, go to: a}, silence: yes, unless: {k: x}}",
        "  - {name: 'my {side}', say: b, each: [l, r]}\n  - {name: c, ask: d?, yes: {go to: my r}}",
    ],
)
def test_what_leads_somewhere_is_fine(findings, steps):
    assert [f for f in findings(HEAD + steps + "\n") if f[1] == "error"] == []
