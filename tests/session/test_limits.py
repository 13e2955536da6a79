"""Limits hold before a session and in it, and the reason is said."""

import pytest
from drive import Drive, drive

from voice_guide.session import actions, events

ROLLER = {
    "limits": {"per_day": "5 min", "rest_days": "1", "rest_day_if": "still stiff or sore"},
    "steps": [{"name": "Roll", "say": "Roll slowly.", "for": "4 min"}] * 2,
    "after": [{"ask": "How sore is it?", "number": "0-10", "save": "soreness"}],
}


def begin(**began) -> Drive:
    return drive(**ROLLER, began=events.Began(0.0, **began))


def lines(session: Drive) -> list[str]:
    return [say.text for say in session.told(actions.Say)]


def test_a_day_that_is_used_up_ends_it_before_it_begins():
    session = begin(used_today=300.0, days_since=0)
    session.run(30)
    assert session.state.ended and session.state.ending == "limit"
    assert lines(session)[0].startswith("You have done about five minutes of this today")
    assert not session.told(actions.StepBegan)


def test_a_day_of_rest():
    session = begin(days_since=1)
    session.run(30)
    assert session.state.ending == "limit"
    assert lines(session)[0].startswith("Your last session was a day ago")
    assert "a day of rest" in lines(session)[0]


def test_the_same_day_is_no_day_of_rest():
    session = begin(used_today=60.0, days_since=0)
    session.run(8)
    session.hear("no")
    session.run(30)
    assert session.told(actions.StepBegan)


def test_a_body_that_still_feels_it_rests():
    session = begin(days_since=2)
    session.run(8)
    assert lines(session) == ["Are you still stiff or sore from the last time?"]
    session.hear("yes")
    session.run(30)
    assert session.state.ending == "limit" and "day of rest" in lines(session)[-1]


def test_nobody_is_taken_to_be_well_by_silence():
    session = begin(days_since=2)
    session.run(4000)
    assert session.state.ending == "silence"
    assert not session.told(actions.StepBegan)


def test_long_ago_is_not_asked_about():
    session = begin(days_since=3)
    session.run(60)
    assert session.told(actions.StepBegan)
    assert not any("from the last time" in line for line in lines(session))


def test_the_limit_ends_the_steps_and_the_last_questions_are_asked():
    session = begin()
    session.run_until("That makes about five minutes today", 700)
    assert 300 < session.now < 340
    session.run(10)
    assert "How sore is it?" in lines(session)
    session.hear("two")
    session.run(30)
    assert session.state.ending == "finished" and session.state.answers == {"soreness": "2"}


def test_what_was_used_before_counts():
    session = begin(used_today=240.0)
    session.run_until("That makes about five minutes today", 700)
    assert 60 < session.now < 100


def test_a_pause_uses_nothing_up():
    session = begin()
    session.run(60)
    session.hear("pause")
    before = session.state.practised
    session.run(100)
    session.hear("resume")
    assert session.state.practised == before
    session.run_until("That makes about five minutes today", 700)
    assert session.now > 400


@pytest.mark.parametrize("same_day", [True, False])
def test_after_a_resume_only_today_counts(same_day):
    session = begin()
    session.run(100)
    used = session.state.practised if same_day else 0.0
    session.feed(events.Continued(session.now, used_today=used))
    session.run(8)
    session.hear("yes")
    resumed = session.now
    session.run_until("That makes about five minutes today", 700)
    assert session.now - resumed == pytest.approx(300 - used, abs=10)
