"""What is said and done when a microphone, a loudspeaker or the recogniser fails."""

import pytest
from drive import Drive, drive

from voice_guide.session import actions, events

GLIDE = {"name": "Glide", "say": "Glide up. Slowly now.", "for": "60 s"}
KNEAD = {"name": "Knead", "say": "Knead the shoulders.", "for": "30 s"}
OIL = {"name": "Oil", "say": "Warm the oil.", "until": "ready"}


def begun(*steps: dict) -> Drive:
    session = drive(steps=list(steps) or [GLIDE, KNEAD])
    session.run_until("Glide up" if not steps else steps[0]["say"])
    return session


def lose(session: Drive, part: str) -> list[str]:
    done = session.feed(events.Lost(session.now, part))
    return [one.text for one in done if isinstance(one, actions.Say)]


def mend(session: Drive, part: str) -> list[str]:
    done = session.feed(events.Back(session.now, part))
    return [one.text for one in done if isinstance(one, actions.Say)]


def test_without_a_microphone_it_says_so_once_and_goes_on_by_time():
    session = begun()
    [said] = lose(session, "microphone")
    assert "cannot hear you" in said and "space" in said
    assert lose(session, "microphone") == []
    lines = session.run(120)
    assert "Glide up. Slowly now." in lines, "what was covered is said again"
    assert "Knead the shoulders." in lines
    assert session.told(actions.Halted) == []


def test_without_a_microphone_a_wait_for_ready_does_not_last_for_ever():
    session = begun(OIL, KNEAD)
    lose(session, "microphone")
    lines = session.run_until("Knead", limit=300)
    assert any("Press enter" in line for line in lines)
    assert session.state.ending is None


def test_a_hold_is_not_left_without_a_word_or_a_key():
    rash = {"hear": ["red spots"], "say": "Wipe it off.", "hold": "until ready"}
    session = drive(steps=[GLIDE, KNEAD], replies=[rash])
    session.run_until("Glide up")
    session.hear("red spots")
    lose(session, "microphone")
    assert not any("Knead" in line for line in session.run(7200))
    assert session.state.ending == "silence"


def test_with_a_microphone_it_waits_for_ready():
    session = begun(OIL, KNEAD)
    assert not any("Knead" in line for line in session.run(600))


@pytest.mark.parametrize(("part", "told"), [("ears", "cannot hear"), ("loudspeaker", "is gone")])
def test_it_pauses_without_what_it_needs_and_goes_on_with_the_sentence(part, told):
    session = begun()
    [said] = lose(session, part)
    assert told in said
    assert session.told(actions.Halted) == [actions.Halted("paused")]
    assert not any("Glide" in line or "Knead" in line for line in session.run(40))
    [said] = mend(session, part)
    assert session.told(actions.Resumed)
    again = session.run_until("Glide up")
    assert "Going on" in again[0] or "On we go" in again[0]
    assert session.told(actions.Say)[-1].again


def test_a_stop_that_was_said_meanwhile_stays():
    session = begun()
    lose(session, "loudspeaker")
    session.hear("stop")
    said = mend(session, "loudspeaker") + session.run(6)
    assert any("sound is back" in text for text in said)
    assert session.state.halted == "stopped" and not session.told(actions.Resumed)


def test_a_pause_of_the_person_is_not_ended_by_the_machine():
    session = begun()
    session.hear("pause")
    lose(session, "ears")
    mend(session, "ears")
    assert session.state.halted == "paused"


def test_it_goes_on_only_when_all_that_it_needs_is_back():
    session = begun()
    lose(session, "ears")
    lose(session, "loudspeaker")
    mend(session, "ears")
    assert session.state.halted == "paused"
    mend(session, "loudspeaker")
    assert session.state.halted is None


def test_when_the_recogniser_is_lost_for_good_it_goes_on_by_time():
    session = begun()
    lose(session, "ears")
    [said] = lose(session, "hearing")
    assert "by time" in said
    assert session.state.halted is None
    session.run_until("Knead")


def test_an_open_question_is_asked_again():
    ask = {"name": "Ask", "ask": "Good, or bad?", "answers": {"good": {}, "bad": {}}}
    session = drive(steps=[ask, KNEAD])
    session.run_until("Good, or bad?")
    lose(session, "ears")
    assert "Good, or bad?" not in session.run(20), "nobody could be heard answering"
    mend(session, "ears")
    session.run_until("Good, or bad?", limit=6)


def test_nobody_is_paused_in_the_goodbye():
    session = drive(steps=[{"name": "Rest", "say": "Rest.", "for": "3 s"}])
    session.run_until("Goodbye")
    lose(session, "loudspeaker")
    session.run(60)
    assert session.state.ended


def test_a_session_that_nobody_can_hear_saves_itself_in_the_end():
    session = begun()
    lose(session, "loudspeaker")
    session.run(7200)
    assert session.state.ended and session.state.ending == "silence"
