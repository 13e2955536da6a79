"""Cues without room, steps over the limits, and texts that are too long."""

import pytest

from voice_guide.script import check, load_script
from voice_guide.script.checks.common import Measures

HEAD = "format: 1\ntitle: Test\n"


@pytest.fixture
def codes(write):
    """Return a function that gives (line, code) of what is found in a script."""

    def codes(text: str, **measures) -> list[tuple[int, str]]:
        found = check(load_script(write(HEAD + text)), measures=Measures(**measures))
        return [(finding.position.line, finding.code.id) for finding in found]

    return codes


CUES = "steps:\n  - name: a\n    say: b\n    for: 20 s\n    cues:\n{0}"


def test_a_cue_that_runs_into_the_next_one(codes):
    cues = "      - {at: 2 s, say: one two three four five six}\n      - {at: 4 s, say: b}\n"
    assert codes(CUES.format(cues), seconds=lambda said: len(said.split())) == [(8, "W45")]
    assert codes(CUES.format(cues), seconds=lambda said: 0.3 * len(said.split())) == []


def test_a_cue_that_runs_over_the_end_of_the_step(codes):
    cues = "      - {at: 15 s, say: one two three four five six}\n"
    assert codes(CUES.format(cues), seconds=lambda said: len(said.split())) == [(8, "W45")]


def test_the_time_of_the_instruction_is_the_one_that_was_measured(codes):
    step = "steps: [{name: a, say: one two, for: 3 s}]"
    assert codes(step, seconds=lambda said: 5.0) == [(3, "W40")]
    assert codes(step, seconds=lambda said: 1.0) == []


def test_steps_that_go_over_the_limit_of_a_day(codes):
    steps = "limits: {per_day: 2 min}\nsteps:\n" + "  - {name: a, say: b, for: 50 s}\n" * 4
    assert codes(steps) == [(7, "W43")]
    assert codes(steps.replace("2 min", "4 min")) == []


def test_both_sides_of_a_step_count(codes):
    text = "limits: {per_day: 1 min}\nsteps:\n  - {name: a, say: '{side}', each: [l, r], for: 40 s}"
    assert codes(text) == [(5, "W43")]


def test_how_long_a_sentence_may_be_can_be_set(codes):
    text = "steps:\n  - {name: a, say: one two three four five six. Seven.}\n"
    assert codes(text) == []
    assert codes(text, sentence_words=6) == []
    assert codes(text, sentence_words=5) == [(4, "W41")]


def test_a_long_sentence_at_a_stop_sign(codes):
    text = "steps: [{name: a, say: b}]\nreplies:\n  - {hear: bad pain, stop: '{0}'}\n"
    assert codes(text.replace("{0}", "word " * 21)) == [(5, "W44")]
    assert codes(text.replace("{0}", "word " * 20)) == []


@pytest.mark.parametrize(
    "say",
    [
        "Rub the lower back.",
        "Slowly bend your left knee.",
        "Put a hand under the heel and lift the whole leg.",
    ],
)
def test_work_on_a_body_without_areas_needs_care_too(codes, say):
    assert codes(f"steps:\n  - {{name: a, say: '{say}'}}\n") == [(4, "W60"), (4, "W61")]


@pytest.mark.parametrize(
    "say", ["Let your shoulders drop.", "Turn the pan. Come back soon.", "Press the dough flat."]
)
def test_work_on_something_else_needs_none(codes, say):
    assert codes(f"steps:\n  - {{name: a, say: '{say}'}}\n") == []
