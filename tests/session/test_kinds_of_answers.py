"""Numbers, durations, long choices, and what is said back."""

import pytest
from drive import Drive, drive

from voice_guide.script.durations import parse_span, short
from voice_guide.session import actions

END = {"name": "Rest", "say": "Rest now.", "for": "5 s"}
HOW_LONG = {"ask": "How long?", "duration": "1-10 min", "silence": "2 min", "save": "time"}


def asked(question: dict, *steps: dict) -> Drive:
    session = drive(steps=[{"name": "Question", **question}, *steps, END])
    session.run_until(question["ask"])
    session.run(3)
    return session


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("five minutes", "5 min"),
        ("one minute", "1 min"),
        ("a minute", "1 min"),
        ("ninety seconds", "90 s"),
        ("two and a half minutes", "150 s"),
    ],
)
def test_a_duration_is_kept(said, kept):
    session = asked(HOW_LONG)
    session.hear(said)
    assert session.state.answers == {"time": kept}


def test_a_duration_out_of_the_span_cannot_be_said():
    session = asked(HOW_LONG)
    texts = {phrase.text for phrase in session.engine.phrases(session.state)}
    assert (
        "eleven minutes" not in texts and "ten minutes" in texts and "thirty seconds" not in texts
    )


def test_a_step_goes_on_as_long_as_was_answered():
    breathe = {"name": "Breathe", "say": "Breathe for {time}.", "for_answer": "time"}
    for said, seconds in ((None, 120), ("five minutes", 300)):
        session = asked(HOW_LONG, breathe)
        if said:
            session.hear(said)
        session.run_until("Breathe for", limit=60)
        start = session.now
        session.run_until("Rest now.")
        assert session.now - start == pytest.approx(seconds, abs=4)


def test_the_time_that_is_left_knows_the_answer():
    breathe = {"name": "Breathe", "say": "Breathe.", "for_answer": "time"}
    session = asked(HOW_LONG, breathe)
    assert "In all, about two minutes" in session.hear("how much time is left")[0]
    session.hear("nine minutes")
    session.run_until("Breathe.")
    assert session.hear("how much time is left")[0].count("nine minutes") == 2


def test_the_span_of_times_is_told_when_nothing_is_understood():
    session = asked(HOW_LONG)
    session.hear("nonsense")
    session.run(4)
    assert session.hear("nonsense") == ["You can say a time from one minute to ten minutes."]


@pytest.mark.parametrize(
    ("question", "said", "back"),
    [
        ({"number": "0-10"}, "seven", "Seven, then."),
        ({"duration": "1-5 min"}, "ninety seconds", "One and a half minutes, then."),
        ({"answers": {"(slowly|slow)": {}, "fast": {}}}, "slow", "Slowly, then."),
        ({"yes": {}, "no": {}}, "nope", "No, then."),
    ],
)
def test_an_answer_is_said_back(question, said, back):
    session = asked({"ask": "Well?", "confirm": "{answer}, then.", **question})
    assert session.hear(said) == [back]


def test_what_silence_stands_for_is_said_back_too():
    session = asked({"ask": "Well?", "confirm": "{answer}, then.", "number": "0-9", "silence": "4"})
    session.run_until("Four, then.", limit=60)


def test_what_is_said_back_comes_before_what_the_answer_does():
    effect = {"say": "Then stay low.", "turn": {"pressure": "down"}}
    session = drive(
        scales={"pressure": {"levels": ["light", "firm"], "start": "firm"}},
        steps=[
            {"name": "Q", "ask": "How?", "yes": effect, "confirm": "{answer}."},
            END,
        ],
    )
    session.run_until("How?")
    session.hear("yes")
    said = session.run_until("Rest now.")
    lines = [say.text for say in session.told(actions.Say)]
    at = lines.index("Yes.")
    assert lines[at + 1 : at + 3] == ["Then stay low.", "Now light pressure."] and said


@pytest.mark.parametrize(
    ("said", "then"), [("nine", "Not today."), ("six", "Gently, then."), ("two", "Rest now.")]
)
def test_what_a_number_does_depends_on_its_range(said, then):
    ranges = {"8-10": {"end": "Not today."}, "5-10": {"say": "Gently, then."}}
    session = asked({"ask": "How sore?", "number": "0-10", "answers": ranges})
    lines = session.hear(said)
    assert (lines or session.run(3))[0] == then


def test_a_number_is_not_asked_for_by_its_range():
    session = asked({"ask": "How sore?", "number": "0-10", "answers": {"8-10": {"say": "Oh."}}})
    texts = {phrase.text for phrase in session.engine.phrases(session.state)}
    assert "eight" in texts and not {text for text in texts if "-" in text or "8" in text}


def test_a_choice_can_have_many_answers():
    drinks = ["tea", "coffee", "milk", "water", "juice", "nothing"]
    question = {"ask": "What to drink?", "answers": {key: {} for key in drinks}, "save": "drink"}
    for drink in drinks:
        session = asked(question)
        session.hear(drink)
        assert session.state.answers == {"drink": drink}
    session = asked(question)
    session.hear("nonsense")
    session.run(4)
    told = session.hear("nonsense")[0]
    assert told == "You can say tea, coffee, milk, water, juice or nothing."


def test_a_question_can_wait_longer_for_its_answer():
    patient = asked({"ask": "Look. Is it red?", "yes": {}, "answer_within": "30 s"})
    assert patient.run(26) == []
    assert asked({"ask": "Look. Is it red?", "yes": {}}).run(26) != []


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("1-10 min", (60, 600)),
        ("1 min - 10 min", (60, 600)),
        ("30 s - 5 min", (30, 300)),
        ("10-45s", (10, 45)),
    ],
)
def test_a_span_can_be_written_in_several_ways(text, span):
    assert parse_span(text) == span


def test_a_duration_is_kept_short():
    assert [short(90.0), short(120.0), short(45.0)] == ["90 s", "2 min", "45 s"]
