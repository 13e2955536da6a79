"""What has happened to the program is told, and nothing that was being said is lost by it."""

from drive import drive

from voice_guide.session import actions, events

STEPS = [{"name": "Rest", "say": "Sit down and rest.", "for": "60 s"}]


def noticed(session, notice="journal lost", **more):
    done = session.feed(events.Noticed(session.now, notice, **more))
    return [action.text for action in done if isinstance(action, actions.Say)]


def test_a_notice_comes_first_and_the_instruction_after_it():
    session = drive(steps=STEPS)
    said = noticed(session) + session.run(30)
    told = next(i for i, text in enumerate(said) if "take no notes" in text)
    assert any("Sit down" in text for text in said[told:])


def test_two_notices_at_once_are_both_said():
    session = drive(steps=STEPS)
    noticed(session, "recording")
    noticed(session, "journal unavailable")
    said = " ".join(session.run(60))
    begun = [a for a in session.told(actions.Say) if "recorded" in a.text]
    assert len(begun) == 1 and "take no notes" in said and "Sit down" in said


def test_a_notice_does_not_cut_off_why_a_session_is_not_to_be():
    session = drive(steps=STEPS, limits={"per_day": "5 min"})
    session.state = session.engine.begin()
    session._line = None
    session.feed(events.Began(0.0, used_today=300.0))
    noticed(session)
    session.run(60)
    assert session.state.ended
    said = [action.text for action in session.told(actions.Say)]
    assert "That is the limit" in said[-1] or "that is the limit" in said[-1]
    assert session.told(actions.Ended)[-1].reason == "limit"


def test_a_question_is_asked_again_after_a_notice():
    session = drive(steps=STEPS, before=[{"ask": "Is it red?", "yes": {}, "no": {}}])
    session.run_until("Is it red")
    said = noticed(session) + session.run(12)
    assert "take no notes" in said[0] and "Is it red" in said[1]


def test_after_a_sleep_of_the_machine_no_time_runs_until_somebody_says_so():
    session = drive(steps=STEPS)
    session.run_until("Sit down")
    session.run(20)
    said = noticed(session, "woken", pause=True, lasted=1200.0)
    assert said[0] == "This machine was asleep for about twenty minutes."
    assert session.told(actions.Halted)[-1].kind == "paused"
    practised = session.state.practised
    session.run(30)
    assert session.state.practised == practised
    session.hear("resume")
    assert session.state.halted is None
    session.run(20)
    assert session.state.practised > practised


def test_a_sleep_of_a_night_is_told_in_hours():
    session = drive(steps=STEPS)
    session.run(20)
    said = noticed(session, "woken", pause=True, lasted=8.2 * 3600)
    assert said[0] == "This machine was asleep for about eight hours."


def test_a_session_that_was_stopped_stays_stopped_over_a_sleep():
    session = drive(steps=STEPS)
    session.run(20)
    session.hear("stop")
    said = noticed(session, "woken", pause=True, lasted=1200.0) + session.run(10)
    assert "asleep" in " ".join(said)
    assert session.state.halted == "stopped"
