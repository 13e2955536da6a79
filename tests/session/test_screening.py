"""Questions that keep people safe are answered, or the session does not go past them."""

import pytest
from drive import Drive, drive

from voice_guide.session import actions, events

FEVER = {"ask": "Is there a fever?", "yes": {"end": "Then not today."}, "no": {}}
CLOT = {"ask": "Is there a blood clot?", "yes": {"end": "Then not today."}, "no": {}}
RED = {"ask": "Is the skin red?", "yes": {"ask_area": "avoid"}, "no": {}}
RUB = {"name": "Rub", "area": "back", "say": "Rub the back.", "for": "60 s"}
REST = {"name": "Rest", "area": "neck", "say": "Rest now.", "for": "60 s"}


def asked(**script) -> Drive:
    """A session whose first question before the steps is open."""
    fields = {"before": [FEVER, CLOT], "steps": [RUB, REST], "areas": ["back", "neck"]} | script
    session = drive(**fields)
    session.run_until(fields["before"][0]["ask"])
    session.run(3)
    return session


def begun(session: Drive) -> bool:
    return bool(session.told(actions.StepBegan))


@pytest.mark.parametrize("words", ["next", "skip this", "go back", "start over", "undo", "ready"])
def test_no_word_for_moving_passes_a_question_of_safety(words):
    session = asked()
    for _ in range(6):
        session.hear(words)
        session.run(6)
        session.hear("yes" if session.state.aside is not None else words)
        session.run(6)
    answered = {answer.question for answer in session.told(actions.Answered)}
    assert not begun(session) and all("first step?" in question for question in answered)


def test_next_says_that_an_answer_is_needed_and_asks_again():
    session = asked()
    assert session.hear("next") == ["I need an answer before we begin."]
    assert "Is there a fever?" in session.run(6)


def test_skipping_to_a_step_first_asks_what_has_not_been_answered():
    session = asked()
    session.feed(events.Heard(session.now, "skip to", "universal", slots=(("step", "Rest"),)))
    session.hear("no")
    session.feed(events.Heard(session.now, "skip to", "universal", slots=(("step", "Rest"),)))
    assert not begun(session)
    session.run_until("Is there a blood clot?", limit=10)
    session.hear("no")
    session.run_until("Rub the back.")


def test_an_answer_that_is_still_to_be_confirmed_is_no_answer():
    session = asked()
    session.hear("no", confidence=0.3)
    session.hear("next")
    session.run(10)
    assert session.told(actions.Answered) == [] and not begun(session)


def test_a_question_with_an_answer_for_silence_may_be_passed():
    session = asked(before=[FEVER | {"silence": "no"}])
    assert session.hear("next") == ["Rub the back."]


@pytest.mark.parametrize("words", ["next", "ready", "go back", "start over"])
def test_the_question_after_a_rest_day_is_not_passed(words):
    session = drive(
        needs=["a ball"],
        limits={"rest_day_if": "still stiff"},
        steps=[RUB],
        began=events.Began(0.0, days_since=1),
    )
    session.run_until("Are you still stiff")
    session.run(3)
    for _ in range(4):
        session.hear(words)
        session.run(6)
    assert session.state.aside is not None and not begun(session)
    session.hear("yes")
    session.run(10)
    assert session.told(actions.Ended) == [actions.Ended("limit")]


def test_next_does_not_forget_that_something_hurts():
    session = drive(steps=[RUB, RUB, REST], areas=["back", "neck"])
    session.run_until("Rub the back.")
    session.hear("it hurts")
    session.run(1)
    session.hear("next")
    assert session.told(actions.AreaNamed) == [actions.AreaNamed("back", "avoid")]
    assert "Rub the back." not in session.run_until("Rest now.")


def test_next_on_where_it_is_red_still_says_to_leave_it_alone():
    session = asked(before=[RED])
    session.hear("yes")
    session.run(3)
    said = session.hear("next")
    assert said == ["Leave the sore spot alone, or touch it only very lightly."]
    session.run_until("Rub the back.", limit=10)
