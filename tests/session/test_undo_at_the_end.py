"""Undo in the goodbye: the last answer was wrong, and the session is not over yet."""

import pytest
from drive import Drive, drive

from voice_guide.session import actions, events

GLIDE = {"name": "Glide", "say": "Glide up.", "for": "20 s"}
SORE = {"ask": "How sore is it?", "number": "0-10", "save": "soreness"}
WELL = {"ask": "Are you well?", "yes": {}, "no": {}, "save": "well"}
SKIN = {"ask": "Is the skin red?", "yes": {"end": "Then today is not the day."}, "no": {}}


def at_the_goodbye(**script) -> Drive:
    session = drive(**({"steps": [GLIDE], "after": [SORE, WELL]} | script))
    session.run_until("How sore is it?")
    session.run(2)
    session.hear("two")
    session.run_until("Are you well?")
    session.run(2)
    session.hear("no")
    while session.state.ending is None:
        session.run(0.1)
    return session


def test_undo_in_the_goodbye_asks_the_last_question_again():
    session = at_the_goodbye()
    session.hear("undo")
    assert session.state.answers == {"soreness": "2"}
    session.run_until("Are you well?", limit=6)
    session.run(2)
    session.hear("yes")
    session.run()
    assert session.state.answers == {"soreness": "2", "well": "yes"}
    assert session.told(actions.Ended) == [actions.Ended("finished")]


def test_undo_that_is_heard_as_the_last_word_fades_still_counts():
    """Its words are decided when the voice is silent, and that is after the goodbye."""
    session = at_the_goodbye()
    session.feed(events.SpeechBegan(session.now))
    while session.state.talk:
        session.run(0.1)
    session.run(1.0)
    assert not session.state.ended
    session.hear("that was wrong")
    session.feed(events.SpeechOver(session.now))
    session.run_until("Are you well?", limit=6)


def test_talk_at_the_end_delays_it_by_two_seconds_at_most():
    session = at_the_goodbye()
    session.feed(events.SpeechBegan(session.now))
    while session.state.talk:
        session.run(0.1)
    session.run(2.1)
    assert session.told(actions.Ended) == [actions.Ended("finished")]


def test_stop_in_the_goodbye_ends_at_once_though_somebody_speaks():
    session = at_the_goodbye()
    session.feed(events.SpeechBegan(session.now))
    session.hear("stop")
    assert session.state.ended


def test_next_by_mistake_in_the_last_step_is_taken_back():
    session = drive(steps=[GLIDE])
    session.run_until("Glide up.")
    session.run(3)
    session.hear("next")
    assert session.state.ending == "finished"
    session.hear("undo")
    session.run_until("Glide up.", limit=6)
    assert session.state.ending is None


def test_what_was_said_long_before_the_goodbye_is_not_taken_back_there():
    session = drive(steps=[GLIDE, GLIDE | {"name": "Again"}])
    session.run_until("Glide up.")
    session.run(2)
    session.hear("next")
    while session.state.ending is None:
        session.run(0.5)
    session.hear("undo")
    session.run()
    assert session.told(actions.Ended) == [actions.Ended("finished")]
    assert len(session.told(actions.StepBegan)) == 2


def test_an_answer_before_the_first_step_that_has_ended_all_is_taken_back():
    session = drive(before=[SKIN], steps=[GLIDE])
    session.run_until("Is the skin red?")
    session.run(2)
    assert session.hear("yes") == ["Then today is not the day."]
    session.hear("undo")
    session.run_until("Is the skin red?", limit=6)
    session.run(2)
    session.hear("no")
    session.run_until("Glide up.")


@pytest.mark.parametrize("moment", ["Is the skin broken?", "Glide up."])
def test_a_reply_that_has_ended_all_is_not_taken_back(moment):
    again = {"ask": "Is the skin broken?", "yes": {}, "no": {}}
    replies = [{"hear": ["the bell rings"], "end": "Stop for today."}]
    session = drive(before=[SKIN, again], steps=[GLIDE], replies=replies)
    session.run_until("Is the skin red?")
    session.run(2)
    session.hear("no")
    session.run_until("Is the skin broken?")
    session.run(2)
    if moment == "Glide up.":
        session.hear("no")
        session.run_until(moment)
        session.run(1)
    session.hear("the bell rings")
    session.hear("undo")
    session.run()
    assert session.told(actions.Ended) == [actions.Ended("script")]


def test_an_end_that_was_confirmed_is_not_taken_back():
    session = drive(steps=[GLIDE])
    session.run_until("Glide up.")
    session.run(2)
    session.hear("next")
    session.hear("undo")
    session.run(3)
    session.hear("end the session")
    session.run(2)
    session.hear("yes")
    session.hear("undo")
    session.run()
    assert session.told(actions.Ended) == [actions.Ended("asked")]
