import io
import json
from typing import get_args

import pytest

from voice_guide.language.phrases import Phrase
from voice_guide.session import actions, events
from voice_guide.trace import JsonTrace, as_json

EXAMPLES = {
    int: 3,
    float: 1.5,
    str: "one",
    bool: True,
}


def example(kind: type):
    """Make an event or an action with some value in each field."""
    values = {}
    for name, hint in kind.__annotations__.items():
        if name == "phrases":
            values[name] = (Phrase("more lotion", "more lotion", "script"),)
        elif name == "choices":
            values[name] = ("yes", "no")
        else:
            values[name] = EXAMPLES.get(hint, "stopped" if name == "kind" else "one")
    if kind is events.Heard:
        values["speech_end"] = 1.5
    return kind(**values)


@pytest.mark.parametrize("kind", [*get_args(events.Event), *get_args(actions.Action)])
def test_everything_that_can_happen_is_one_json_line_with_time_and_name(kind):
    stream = io.StringIO()
    JsonTrace(stream).tell(2.00049, example(kind))
    told = json.loads(stream.getvalue())
    assert stream.getvalue().count("\n") == 1
    assert list(told)[:2] == ["t", "event"]
    assert told["t"] == 2.0 and told["event"].islower()


def test_no_two_things_have_the_same_name():
    kinds = [*get_args(events.Event), *get_args(actions.Action)]
    names = [as_json(0.0, example(kind))["event"] for kind in kinds]
    assert len(set(names)) == len(names)


def test_what_was_heard():
    heard = events.Heard(3.0, "softer", "universal", "too hard", 0.98765, 2.34567)
    assert as_json(3.0, heard) == {
        "t": 3.0,
        "event": "heard",
        "intent": "softer",
        "scope": "universal",
        "text": "too hard",
        "confidence": 0.988,
        "speech_end_s": 2.346,
        "slots": (),
        "more": False,
    }


def test_a_key_has_no_end_of_speech_and_a_no_match_no_intent():
    assert as_json(1.0, events.Heard(1.0, "stop", "universal"))["speech_end_s"] is None
    assert as_json(1.0, events.Heard(1.0, None, None, "[unk]", 0.5, 0.9))["intent"] is None


@pytest.mark.parametrize("kind", ["stopped", "paused"])
def test_a_halt_is_named_by_its_kind(kind):
    assert as_json(0.5, actions.Halted(kind)) == {"t": 0.5, "event": kind}


def test_other_scripts_than_latin_stay_readable():
    stream = io.StringIO()
    JsonTrace(stream).tell(0.0, actions.Say(1, "Grüße 你好"))
    assert "Grüße 你好" in stream.getvalue()
