"""Questions, steps, times and care."""

import pytest

HEAD = "format: 1\ntitle: Test\n"
STEPS = "steps:\n  - {name: One, say: Sit down.}\n"


@pytest.mark.parametrize(
    ("step", "part"),
    [
        ("{name: a}", "neither says nor asks"),
        ("{name: a, for: 3 s}", "neither says nor asks"),
        ("{name: a, ask: b?}", "cannot be answered"),
        ("{name: a, ask: b?, silence: 'no'}", "cannot be answered"),
        ("{name: a, ask: b?, number: 0-9, yes: {}}", "not both"),
        ("{name: a, ask: b?, number: 0-9, duration: 1-5 min}", "not both"),
        ("{name: a, ask: b?, number: 0-9, answers: {c: }}", "none of the answers"),
        ("{name: a, ask: b?, number: 0-9, answers: {8-12: , 8-9: }}", "never used"),
        ("{name: a, ask: b?, number: 0-9, answers: {10-12: }}", "none of the answers"),
        ("{name: a, ask: b?, duration: 1-5 min, answers: {6 min - 9 min: }}", "none of the answ"),
        ("{name: a, ask: b?, duration: 5}", "no span of time"),
        ("{name: a, ask: b?, duration: 5-10}", "not a duration"),
        ("{name: a, ask: b?, duration: 5-1 min}", "shorter time first"),
        ("{name: a, ask: b?, duration: 1-3 h}", "longest is an hour"),
        ("{name: a, ask: b?, duration: 1-5 min, silence: 7 min}", "no answer to this question"),
        ("{name: a, say: b, confirm: c}", "'confirm' belongs to a question"),
        ("{name: a, say: b, answer_within: 5 s}", "'answer_within' belongs to a question"),
        ("{name: a, say: b, for_answer: c}", "No duration is kept as 'c'"),
        ("{name: a, ask: b?, number: 0-9, save: c, for_answer: c}", "No duration is kept"),
        ("{name: a, ask: b?, duration: 1-5 min, save: c, for_answer: c}", "Add 'silence:'"),
        ("{name: a, ask: b?, number: 9-0}", "lower number first"),
        ("{name: a, ask: b?, number: 5-5}", "lower number first"),
        ("{name: a, ask: b?, number: 0-9, silence: 10}", "no answer to this question"),
        ("{name: a, ask: b?, yes: , silence: maybe}", "There is: yes, no"),
        ("{name: a, ask: b?, answers: {good: , bad: }, silence: god}", "Did you mean 'good'"),
        ("{name: a, say: b, yes: {say: c}}", "'yes' belongs to a question"),
        ("{name: a, say: b, number: 0-9}", "'number' belongs to a question"),
        ("{name: a, say: b, save: c}", "'save' belongs to a question"),
        ("{name: a, say: b, cues: [{at: 1 s, say: c}]}", "needs a time"),
        ("{name: a, say: b, for: 9 s, cues: [{at: 10 s, say: c}]}", "when the step is over"),
        ("{name: a, say: b, for: 9 s, cues: [{at: 9 s, say: c}]}", "when the step is over"),
    ],
)
def test_a_step_that_makes_no_sense_is_an_error(error, step, part):
    found = error(f"{HEAD}steps:\n  - {step}\n")
    assert part in found.message
    assert found.line == 4


@pytest.mark.parametrize(
    "step",
    [
        "{name: a, ask: b?, yes: }",
        "{name: a, ask: b?, no: , silence: 'yes'}",
        "{name: a, ask: b?, number: 0 - 10, silence: 5}",
        "{name: a, ask: b?, answers: {(good|fine): }, silence: good}",
        "{name: a, say: b, until: ready, cues: [{at: 10 min, say: c}]}",
        "{name: a, say: b, for: 9 s, cues: [{at: 8 s, say: c}]}",
    ],
)
def test_a_step_that_makes_sense_is_no_finding(findings, step):
    assert findings(f"{HEAD}steps:\n  - {step}\n") == []


def test_before_and_after_are_checked_too(errors):
    found = errors(f"{HEAD}before: [{{ask: b?}}]\nafter: [{{ask: b?, number: 3-1}}]\n{STEPS}")
    assert [line for line, _, _ in found] == [3, 4]


@pytest.mark.parametrize(
    ("step", "part"),
    [
        ("{name: a, say: " + "word " * 40 + ", for: 9 s}", "about 15 s"),
        ("{name: a, say: " + "word " * 31 + "}", "31 words"),
        ("{name: a, ask: " + "word " * 31 + "?, yes: }", "31 words"),
    ],
)
def test_hasty_or_long_narration_is_a_warning(findings, step, part):
    found = findings(f"{HEAD}steps:\n  - {step}\n")
    assert {severity for _, severity, _ in found} == {"warning"}
    assert any(part in message for _, _, message in found)


def test_a_long_text_in_short_sentences_is_fine(findings):
    assert findings(f"{HEAD}steps:\n  - {{name: a, say: {'Breathe in and out. ' * 20}}}\n") == []


def test_an_answer_that_replaces_another_is_a_warning(findings):
    question = "{ask: How?, number: 0-9, save: sore}"
    found = findings(f"{HEAD}before: [{question}]\nafter: [{question}]\n{STEPS}")
    assert [(line, severity) for line, severity, _ in found] == [(4, "warning")]
    assert "line 3" in found[0][2]


def test_hands_on_a_body_without_care_is_a_warning(findings):
    found = findings(f"{HEAD}areas: [back]\n{STEPS}")
    assert [severity for _, severity, _ in found] == ["warning", "warning"]
    assert "before" in found[0][2] + found[1][2]
    assert "numbness" in found[0][2] + found[1][2]


def test_a_reply_for_pain_that_only_talks_is_not_enough(findings):
    care = "before: [{ask: Well?, yes: {end: No.}}]\nreplies: [{hear: bad pain, say: Oh.}]\n"
    assert len(findings(f"{HEAD}areas: [back]\n{care}{STEPS}")) == 1
    care = care.replace("say: Oh.", "stop: Stopped.")
    assert findings(f"{HEAD}areas: [back]\n{care}{STEPS}") == []
