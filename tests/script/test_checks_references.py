"""Scales, areas, placeholders."""

import pytest

HEAD = """\
format: 1
title: Test
scales: {pressure: {levels: [light, firm], start: light}}
areas: [back, neck]
"""
STEPS = "steps:\n  - {name: One, say: Sit down.}\n"
CARE = "before: [{ask: Well?, yes: {end: No.}}]\nreplies: [{hear: numb leg, stop: Stopped.}]\n"


@pytest.mark.parametrize(
    ("line", "column", "part"),
    [
        ("  - {name: a, say: 'with {presure}'}", 22, "Did you mean 'pressure'"),
        ("  - {name: a, say: '{side}'}", 22, "each: [left, right]"),
        ("  - {name: '{side}', say: b}", 12, "each: [left, right]"),
        ("  - {name: '{pressure}', say: b}", 12, "Remove the braces"),
        ("  - {name: a, say: 'a } b'}", 20, "single brace"),
        ("  - {name: a, say: '{{pressure}}'}", 20, "single brace"),
        ("  - {name: a, say: '{}'}", 20, "no value"),
        ("  - {name: a, say: '{pressure.x}'}", 20, "no value"),
        ("  - {name: a, say: b, for: 9 s, cues: [{at: 1 s, say: '{x}'}]}", 55, "no value"),
        ("  - {name: a, ask: '{x}?', yes: }", 20, "no value"),
        ("  - {name: a, ask: b?, yes: {say: '{x}'}}", 35, "no value"),
        ("  - {name: a, ask: b?, yes: {stop: '{x}'}}", 36, "no value"),
        ("  - {name: a, ask: b?, yes: {end: '{side}'}}", 35, "no value"),
        ("  - {name: a, say: b, each: [left, '{x}']}", 36, "Remove the braces"),
        ("  - {name: a, say: '{side}', each: [left, Left]}", 43, "there twice"),
        ("  - {name: a, say: b, area: bak}", 29, "Did you mean 'back'"),
        ("  - {name: a, say: b, area: knee}", 29, "There is: back, neck"),
        ("  - {name: a, ask: b?, yes: {turn: {presure: up}}}", 36, "Did you mean 'pressure'"),
        ("  - {name: a, ask: b?, yes: {turn: {pressure: lite}}}", 46, "Did you mean 'light'"),
        ("  - {name: a, ask: b?, yes: {stop: c, end: d}}", 39, "both stops and ends"),
    ],
)
def test_a_name_that_leads_nowhere_is_an_error(errors, line, column, part):
    found = errors(f"{HEAD}steps:\n{line}\n")
    near = [message for at, col, message in found if at == 6 and abs(col - column) <= 2]
    assert any(part in message for message in near), found


@pytest.mark.parametrize(
    ("scales", "part"),
    [
        ("{a: {levels: [b, c], start: d}}", "'d' is not among the levels"),
        ("{a: {levels: [b, b], start: b}}", "there twice"),
        ("{a: {levels: [b, up], start: b}}", "'up' cannot be a level"),
        ("{side: {levels: [b, c], start: b}}", "cannot be called 'side'"),
        ("{a.b: {levels: [b, c], start: b}}", "cannot be called 'a.b'"),
        ("{a: {levels: [b, '{c}'], start: b}}", "Remove the braces"),
    ],
)
def test_a_wrong_scale_is_an_error(error, scales, part):
    assert part in error(f"format: 1\ntitle: a\nscales: {scales}\n{STEPS}").message


def test_areas_cannot_be_asked_for_when_there_are_none(error):
    found = error("format: 1\ntitle: a\nbefore: [{ask: b?, yes: {ask_area: avoid}}]\n" + STEPS)
    assert "no areas" in found.message
    assert found.line == 3


def test_good_names_are_no_findings(findings):
    text = """\
steps:
  - name: The {side} arm
    each: [left, right]
    say: With {pressure} pressure, stroke the {side} arm.
    area: neck
    replies: [{hear: which one, say: 'The {side} one.'}]
  - ask: How?
    name: b
    answers: {too hard: {turn: {pressure: down}}, too soft: {turn: {pressure: firm}}}
"""
    assert findings(HEAD + CARE + text) == []


def test_each_without_side_is_a_warning(findings):
    found = findings(HEAD + CARE + "steps:\n  - {name: a, say: b, each: [left, right]}\n")
    assert [(line, severity) for line, severity, _ in found] == [(8, "warning")]


def test_side_in_the_name_is_enough(findings):
    assert findings(HEAD + CARE + "steps:\n  - {name: '{side}', say: b, each: [left]}\n") == []
