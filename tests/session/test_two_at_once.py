"""Two things said in one breath: both are done, and both are told."""

import pytest
from drive import Drive, drive

from voice_guide.session import actions

PRESSURE = {"pressure": {"levels": ["light", "medium", "firm"], "start": "firm"}}
WARM = {"name": "Ask", "ask": "Is it warm?", "yes": {"say": "Good."}, "no": {}, "save": "warm"}
SORE = {"name": "Ask", "ask": "How sore is it?", "number": "0-10", "save": "sore"}
REST = {"name": "Rest", "say": "Rest now.", "for": "60 s"}
MORE_OIL = {"hear": "more oil", "say": "Take your time.", "hold": "until ready"}


def asked(question=WARM, **script) -> Drive:
    fields = {"steps": [question, REST], "scales": PRESSURE, "replies": [MORE_OIL]} | script
    session = drive(**fields)
    session.run_until(question["ask"])
    session.run(3)
    return session


def after(session: Drive, words: str, seconds: float = 12) -> list[str]:
    """Say something, and return all that is said then."""
    return session.hear(words) + session.run(seconds)


def test_an_answer_and_a_wish():
    session = asked()
    assert after(session, "yes, but softer")[:3] == ["Good.", "Now medium pressure.", "Rest now."]
    assert session.state.answers == {"warm": "yes"}
    assert session.state.scales == {"pressure": 1}


def test_a_number_and_more_oil():
    session = asked(SORE)
    assert after(session, "seven and more oil") == ["Take your time."]
    assert session.state.answers == {"sore": "7"} and session.state.held
    session.hear("ready")
    session.run_until("Rest now.")


def test_a_wish_first_and_then_the_answer():
    session = asked()
    assert after(session, "softer and yes")[:2] == ["Now medium pressure.", "Good."]


def test_nothing_is_begun_between_the_two():
    session = asked()
    before = len(session.told(actions.Say))
    session.hear("yes but softer")
    assert len(session.told(actions.Say)) == before + 1


def test_a_yes_and_stop_is_stopped():
    session = asked()
    assert session.hear("yes but stop") == ["Stopped. Say resume, or end."]
    assert session.state.answers == {"warm": "yes"} and session.state.halted == "stopped"
    assert session.run(60) == []


@pytest.mark.parametrize(
    "words", ["so I said stop it and she laughed", "no and yes", "yes yes but"]
)
def test_what_is_no_two_commands_does_nothing(words):
    session = asked()
    session.hear(words)
    assert session.state.answers == {} and session.state.halted is None


def test_in_one_breath_next_does_not_lose_what_was_said_before():
    session = asked()
    session.hear("next")
    session.run(3)
    assert after(session, "softer and repeat")[:2] == ["Now medium pressure.", "Rest now."]
