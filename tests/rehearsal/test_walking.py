"""How long a session is when all is well."""

import pytest

from voice_guide.language.pack import load_language
from voice_guide.rehearsal.walking import walk_through
from voice_guide.script.estimate import ANSWER_SECONDS, READY_SECONDS
from voice_guide.script.model import Script
from voice_guide.session.engine import Engine


def walk(line: float = 1.0, **script):
    """Walk through a session in which every line takes so many seconds."""
    loaded = Script.model_validate({"format": 1, "title": "T"} | script)
    return walk_through(Engine(loaded, load_language("en")), lambda text: line)


def step(**keys):
    return {"name": keys.pop("name", "A"), "say": "b", **keys}


def test_a_step_is_as_long_as_its_text_and_its_time():
    assert walk(steps=[step(**{"for": "70 s"})]).seconds - walk(
        steps=[step(**{"for": "10 s"})]
    ).seconds == pytest.approx(60)
    short, long = (walk(line, steps=[step(**{"for": "70 s"})]).seconds for line in (1.0, 2.0))
    assert long - short == pytest.approx(3)  # the welcome, the step and the goodbye


def test_ready_and_answers_take_their_time():
    plain = walk(steps=[step(**{"for": "10 s"})]).seconds
    ready = walk(steps=[step(**{"for": "10 s"}), step(name="B", until="ready")]).seconds
    assert ready - plain == pytest.approx(1 + READY_SECONDS)
    asked = {"name": "B", "ask": "c?", "answers": {"d": {}, "e": {}}}
    assert walk(steps=[step(**{"for": "10 s"}), asked]).seconds - plain == pytest.approx(
        1 + ANSWER_SECONDS, abs=1
    )


def test_an_answer_that_ends_the_session_is_not_given():
    ends = [{"ask": "Is it bad?", "yes": {"end": "Then not."}, "no": {}}]
    found = walk(before=ends, steps=[step(**{"for": "300 s"})])
    assert found.ended and found.seconds > 300
    ends = [{"ask": "May I?", "yes": {"say": "Good."}, "no": {"end": "Then not."}, "silence": "no"}]
    assert walk(before=ends, steps=[step(**{"for": "300 s"})]).seconds > 300


def test_the_answer_for_silence_is_the_one_that_counts():
    question = {
        "name": "B", "ask": "c?", "silence": "long",
        "answers": {"short": {}, "long": {"go to": "C"}},
    }  # fmt: skip
    steps = [question, step(name="D", **{"for": "500 s"}), step(name="C", **{"for": "10 s"})]
    assert walk(steps=steps).seconds < 100


def test_every_side_and_round_counts():
    one = walk(steps=[step(say="{side}", each=["left"], **{"for": "50 s"})]).seconds
    two = walk(steps=[step(say="{side}", each=["left", "right"], **{"for": "50 s"})]).seconds
    assert two - one == pytest.approx(51)


def test_a_session_of_repetitions_ends():
    assert walk(0.2, steps=[step(reps="10", tempo=["in", "out"], beat="2 s")]).ended
