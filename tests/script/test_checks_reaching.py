"""Steps that are never reached."""

import pytest

from voice_guide.script import check, load_script

HEAD = "format: 1\ntitle: Test\n"


@pytest.fixture
def unreached(write):
    """Return a function that gives the lines of what is never reached in a script."""
    return lambda text: [
        found.position.line
        for found in check(load_script(write(HEAD + text)))
        if found.code.id == "W50"
    ]


BOTH_END = "ask: a?, yes: {end: b}, no: {end: c}"


def test_a_step_behind_a_question_that_always_ends(unreached):
    text = f"steps:\n  - {{name: a, {BOTH_END}, silence: 'no'}}\n  - {{name: b, say: c}}\n"
    assert unreached(text) == [5]
    assert unreached(text.replace("no: {end: c}", "no: {}")) == []


def test_only_the_first_of_several_is_told(unreached):
    more = "".join(f"  - {{name: s{number}, say: c}}\n" for number in range(3))
    text = f"steps:\n  - {{name: a, {BOTH_END}, silence: 'no'}}\n{more}"
    assert unreached(text) == [5]


def test_a_step_that_every_answer_jumps_over(unreached):
    jump = "ask: a?, yes: {go to: c}, no: {go to: c}, silence: 'no'"
    steps = "  - {name: b, say: b}\n  - {name: c, say: c}\n"
    assert unreached(f"steps:\n  - {{name: a, {jump}}}\n{steps}") == [5]


def test_a_reply_leads_there_as_well(unreached):
    jump = "ask: a?, yes: {go to: c}, no: {go to: c}, silence: 'no'"
    steps = "  - {name: b, say: b}\n  - {name: c, say: c}\n"
    reply = "replies: [{hear: the other way, go to: b}]\n"
    assert unreached(f"steps:\n  - {{name: a, {jump}}}\n{steps}{reply}") == []


def test_a_question_before_the_session_that_always_ends(unreached):
    text = f"before:\n  - {{{BOTH_END}}}\nsteps:\n  - {{name: b, say: c}}\n"
    assert unreached(text) == [4]
    assert unreached(text.replace("yes: {end: b}, ", "yes: {}, ")) == []
