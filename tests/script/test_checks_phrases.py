"""What people can say, and what the narrator could say to itself."""

from pathlib import Path

import pytest

from voice_guide.script import ScriptError, check, load_script, parse_script, require_playable

HEAD = "format: 1\ntitle: Test\n"
STEPS = "steps:\n  - {name: One, say: Sit down.}\n"
UNIVERSALS = {
    "stop": ("stop", "stop it"),
    "pause": ("pause", "hold on"),
    "end": ("end", "quit"),
    "it hurts": ("ouch", "it hurts"),
    "numb": ("tingling",),
    "ready": ("ready", "done"),
    "softer": ("too hard",),
    "repeat": ("once more",),
}


def _knows(word: str) -> bool:
    return word not in {"emollient", "unguent"}


def test_words_that_the_speech_model_cannot_hear_are_errors(findings):
    text = f"{HEAD}{STEPS}replies:\n  - hear: [more oil, 'more (emollient|unguent)']\n    say: a\n"
    found = findings(text, vocabulary=_knows)
    assert [(line, severity) for line, severity, _ in found] == [(6, "error"), (6, "error")]
    assert '"emollient" (in "more emollient")' in found[0][2]


def test_answers_and_areas_must_be_hearable_as_well(findings):
    text = f"{HEAD}areas: [unguent]\nbefore:\n  - ask: a?\n    answers: {{emollient: }}\n{STEPS}"
    found = [message for _, severity, message in findings(text, _knows) if severity == "error"]
    assert len(found) == 2


def test_loading_needs_no_speech_model(write):
    loaded = load_script(write(f"{HEAD}{STEPS}replies: [{{hear: emollient, say: a}}]\n"))
    assert loaded.script.replies[0].say == "a"


@pytest.mark.parametrize(
    ("template", "part"),
    [
        ("'more (oil'", "brackets"),
        ("'{amount} more'", "phrases have neither"),
        ("'[a]'", None),
        ("'[]'", "no phrase"),
        ("'?!'", "no phrase"),
        ("'" + "[a|b]" * 8 + "'", "more than 200"),
    ],
)
def test_a_bad_template_is_an_error_at_its_place(write, template, part):
    path = write(f"{HEAD}{STEPS}replies:\n  - say: a\n    hear: [b, {template}]\n")
    if part is None:
        load_script(path)
        return
    with pytest.raises(ScriptError, match=part) as caught:
        load_script(path)
    at = caught.value.findings[0].position
    assert (at.line, at.column) == (7, 15)


def test_two_replies_with_the_same_words_are_an_error(error):
    replies = "replies:\n  - {hear: '[some] more oil', say: a}\n  - {hear: More oil!, say: b}\n"
    found = error(HEAD + STEPS + replies)
    assert found.line == 7
    assert '"more oil" already means something else in line 6' in found.message


def test_two_answers_with_the_same_words_are_an_error(error):
    assert "line 3" in error(f"{HEAD}before: [{{ask: a?, answers: {{b: , B: }}}}]\n{STEPS}").message
    assert (
        '"yes"' in error(f"{HEAD}before: [{{ask: a?, yes: , answers: {{yes: }}}}]\n{STEPS}").message
    )


def test_the_same_words_twice_in_one_reply_or_in_two_steps_are_fine(findings):
    text = """\
steps:
  - name: One
    ask: a?
    answers: {b: }
    replies: [{hear: [c, '(c|d)'], say: e}]
  - name: Two
    ask: a?
    answers: {b: }
"""
    assert findings(HEAD + text) == []


HIDDEN = """\
steps:
  - name: One
    ask: a?
    answers: {{b: }}
    replies: [{{hear: c, say: d}}]
replies: [{{hear: {0}, {1}: e}}]
"""


@pytest.mark.parametrize(("phrase", "line"), [("b", 6), ("c", 7)])
def test_an_inner_phrase_that_hides_a_reply_is_a_warning(findings, phrase, line):
    found = findings(HEAD + HIDDEN.format(phrase, "say"))
    assert [(at, severity) for at, severity, _ in found] == [(line, "warning")]
    assert f'"{phrase}" hides the reply in line 8' in found[0][2]


@pytest.mark.parametrize("effect", ["stop", "end"])
def test_a_stop_sign_is_never_hidden(error, effect):
    found = error(HEAD + HIDDEN.format("b", effect))
    assert found.line == 6 and "A stop sign is never hidden" in found.message


def test_an_answer_that_hides_a_reply_of_its_own_step_is_a_warning(findings):
    step = "{name: a, ask: b?, answers: {c: }, replies: [{hear: c, say: d}]}"
    found = findings(f"{HEAD}steps:\n  - {step}\n")
    assert len(found) == 1 and "hides the reply in line 4" in found[0][2]


@pytest.mark.parametrize("phrase", ["stop", "Stop it!", "hold on", "end", "ouch", "tingling"])
@pytest.mark.parametrize(
    "place",
    [
        "replies: [{{hear: ['{0}'], say: a}}]\n" + STEPS,
        "before: [{{ask: a?, answers: {{'{0}': }}}}]\n" + STEPS,
        "steps:\n  - {{name: a, say: b, replies: [{{hear: '{0}', say: c}}]}}\n",
    ],
)
def test_nothing_can_take_over_stop_end_or_pain(findings, phrase, place):
    place = place.replace("{{", "<").replace("}}", ">").replace("{name", "{{name")
    text = HEAD + place.replace("<", "{").replace(">", "}").replace("{{", "{").replace(
        "{0}", phrase
    )
    found = findings(text, universals=UNIVERSALS)
    assert [severity for _, severity, _ in found] == ["error"]
    assert "always means" in found[0][2]


def test_a_reply_that_takes_over_another_universal_is_a_warning(findings):
    text = f"{HEAD}{STEPS}replies: [{{hear: ready, say: a}}]\n"
    found = findings(text, universals=UNIVERSALS)
    assert [severity for _, severity, _ in found] == ["warning"]
    assert '"ready"' in found[0][2]


def test_an_answer_may_take_over_another_universal(findings):
    text = f"{HEAD}before: [{{ask: How is it?, answers: {{too hard: , fine: }}}}]\n{STEPS}"
    assert findings(text, universals=UNIVERSALS) == []


@pytest.mark.parametrize(
    ("say", "command"),
    [
        ("Now stop and rest.", "stop"),
        ("Please hold on to the chair.", "hold on"),
        ("Press lightly. Once more!", "once more"),
        ("Ready?", "ready"),
        ("Both hands, tingling, warm.", "tingling"),
    ],
)
def test_narration_that_is_a_command_is_a_warning(findings, say, command):
    text = f"{HEAD}steps:\n  - name: a\n    say: {say}\n"
    found = findings(text, universals=UNIVERSALS)
    assert [(line, severity) for line, severity, _ in found] == [(5, "warning")]
    assert f'says "{command}"' in found[0][2]


@pytest.mark.parametrize(
    "say",
    ["Stopped. The end is near.", "Say ready when you are.", "Nonstop.", "Do it once more now."],
)
def test_narration_with_harmless_words_is_no_finding(findings, say):
    assert findings(f"{HEAD}steps:\n  - name: a\n    say: {say}\n", universals=UNIVERSALS) == []


def test_a_question_may_name_its_own_answers_but_not_other_commands(findings):
    text = HEAD + "steps:\n  - {{name: a, ask: '{0}', answers: {{too hard: , fine: }}}}\n"
    assert findings(text.format("Too hard, or fine?"), universals=UNIVERSALS) == []
    assert len(findings(text.format("Fine, or done? Done."), universals=UNIVERSALS)) == 1


def test_play_refuses_what_check_calls_an_error_but_not_warnings():
    warned = parse_script(f"{HEAD}{STEPS}replies: [{{hear: done, say: a}}]\n", Path("a.yaml"))
    require_playable(warned, _knows, UNIVERSALS)
    assert check(warned, _knows, UNIVERSALS)
    wrong = parse_script(f"{HEAD}{STEPS}replies: [{{hear: unguent, say: a}}]\n", Path("a.yaml"))
    with pytest.raises(ScriptError, match=r"a\.yaml:5:18: The speech model does not know"):
        require_playable(wrong, _knows, UNIVERSALS)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Rub slowly. More oil.", 7),
        ("First, more oil, then rub.", 7),
        ("If it is dry, say: more oil.", None),
        ("Take some more oil.", None),
    ],
)
def test_narration_that_is_a_reply_is_a_warning(findings, text, line):
    reply = "replies:\n  - {hear: '[some] more oil', say: Take it.}\n"
    found = findings(f"{HEAD}{reply}steps:\n  - name: a\n    say: '{text}'\n", None, UNIVERSALS)
    assert [at for at, _, _ in found] == [line] * (line is not None)


def test_a_reply_that_says_its_own_words_is_a_warning(findings):
    found = findings(f"{HEAD}{STEPS}replies: [{{hear: more oil, say: 'Yes, more oil.'}}]\n")
    assert len(found) == 1 and "a reply in line 5" in found[0][2]


def test_a_step_that_nobody_can_skip_to_is_a_warning(findings):
    step = "steps:\n  - name: The {side} unguent\n    each: [left]\n    say: Hold it.\n"
    found = findings(HEAD + step, _knows)
    assert [(line, severity) for line, severity, _ in found] == [(4, "warning")]
    assert '"skip to the left unguent"' in found[0][2]
    plain = "steps:\n  - name: Number {round}\n    repeat: 2\n    say: Hold it.\n"
    assert findings(HEAD + plain, _knows) == []
