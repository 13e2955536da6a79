"""A session that was broken off is gone on with, as it was."""

from dataclasses import replace

import pytest
from drive import Drive, drive
from hypothesis import given, settings
from hypothesis import strategies as st
from test_properties import HAPPENINGS, SCRIPT, happen

from voice_guide.session import actions, events
from voice_guide.session.resuming import can_continue

AS_IT_WAS = ("position", "scales", "sore", "answers", "held", "cues_said", "announced", "due")


def again(session: Drive, **continued) -> Drive:
    """Break a session off, and begin to go on with it in a new process."""
    opening = events.Continued(session.state.last_at, **continued)
    return Drive(session.engine, session.state, opening)


def lines(session: Drive) -> list[str]:
    """Return what was said since the session goes on."""
    return [say.text for say in session.told(actions.Say)]


def gliding() -> Drive:
    session = drive(**SCRIPT)
    session.hear("ready")
    for question in ("red", "blood clot"):
        session.run_until(question)
        session.hear("no")
    session.run_until("Warm the oil")
    session.hear("ready")
    session.run(8)
    session.hear("firmer")
    session.run(40)
    return session


def test_a_session_that_was_broken_off_in_its_goodbye_can_be_gone_on_with():
    session = drive(steps=[{"name": "Rest", "say": "Rest now.", "for": "5 s"}])
    session.run_until("Goodbye")
    session._line = None  # the program that said it is gone
    session.feed(events.Continued(session.now))
    session.run(2)
    session.hear("yes")
    session.hear("next")
    session.run(60)
    assert session.told(actions.Ended) == [actions.Ended("finished")]


def test_it_asks_where_to_go_on():
    session = again(gliding(), away=60)
    said = lines(session)
    assert said[0].startswith("Last time we stopped at Glide, half a minute in.")
    assert said[0].endswith("Shall we pick up from there?")
    assert session.told(actions.Listen), "nobody would be heard"


@pytest.mark.parametrize("word", ["yes", "carry on"])
def test_yes_goes_on_as_it_was(word):
    before = gliding()
    session = again(before, away=60)
    session.run(8)
    session.hear(word)
    session.run(5)
    for name in AS_IT_WAS:
        assert getattr(session.state, name) == getattr(before.state, name), name
    assert session.state.suspended is None and session.state.aside is None
    told = session.told(actions.StepBegan)
    assert [step.name for step in told] == ["Glide"]


def test_what_was_left_of_the_wait_is_waited():
    before = gliding()
    left = 90 - before.state.waited_until(before.state.last_at)
    session = again(before)
    session.run(8)
    session.hear("yes")
    at = session.now
    session.run_until("Too hard or just right?")
    assert left <= session.now - at < left + 20


def test_an_instruction_that_was_cut_off_is_said_again():
    session = drive(**SCRIPT)
    session = again(session)
    session.run(8)
    session.hear("yes")
    said = session.run(15)
    assert any("You need oil" in line for line in said)


def test_a_question_that_was_open_is_asked_again():
    session = again(at_the_health_question())
    session.run(8)
    session.hear("yes")
    assert "Is it red?" in session.run(10)


def at_the_health_question() -> Drive:
    session = drive(**SCRIPT)
    session.hear("ready")
    session.run_until("red")
    return session


def test_a_hold_still_holds():
    session = gliding()
    session.hear("more oil")
    session = again(session)
    session.run(8)
    session.hear("yes")
    session.run(30)
    assert session.state.held
    session.hear("ready")
    session.run(5)
    assert not session.state.held


def test_yes_ends_a_stop():
    session = gliding()
    session.hear("stop")
    session = again(session)
    session.run(8)
    session.hear("yes")
    assert session.state.halted is None


def test_no_plays_the_script_from_the_beginning():
    session = again(gliding())
    session.run(8)
    session.hear("no")
    session.run(10)
    assert session.state.ended and session.state.ending == "restart"


def test_after_a_day_it_is_suggested_to_start_over():
    session = again(gliding(), away=2 * 86400 + 60)
    session.run(14)
    said = lines(session)
    assert "that was two days ago" in said[0]
    session.hear("no")
    session.run(5)
    assert session.state.position == gliding().state.position
    session = again(gliding(), away=86400)
    session.run(14)
    session.hear("yes")
    session.run(5)
    assert session.state.ending == "restart"


def test_nobody_answers_so_it_stands_paused():
    session = again(gliding())
    session.run(60)
    assert session.state.halted == "paused" and session.state.suspended is None
    session.hear("resume")
    session.run(10)
    assert session.state.halted is None


@pytest.mark.parametrize(
    ("script", "words"), [("changed", "has been changed"), ("missing", "cannot find the script")]
)
def test_a_script_that_changed_or_is_gone_is_named(script, words):
    session = again(gliding(), script=script)
    session.run(10)
    said = lines(session)
    assert words in said[0] and "pick up" in said[1]


def test_a_script_that_is_gone_cannot_be_started_over():
    session = again(gliding(), script="missing", away=1e6)
    session.run(20)
    session.hear("no")
    session.run(10)
    assert session.state.ending == "asked"


def test_stop_stops_while_it_asks():
    session = again(gliding())
    session.hear("stop")
    assert session.state.halted == "stopped"
    session.hear("resume")
    session.run(10)
    session.hear("yes")
    assert session.state.suspended is None and session.state.halted is None


def test_end_ends_it_for_good():
    session = again(gliding())
    session.hear("end")
    session.run(10)
    assert session.state.ending == "asked"


def test_a_session_that_ended_by_silence_goes_on():
    before = gliding()
    before.hear("stop")
    before.run(2000)
    assert before.state.ended and can_continue(before.state)
    session = again(before)
    session.run(8)
    session.hear("yes")
    said = session.run(20)
    assert any("glide" in line for line in said)


def test_broken_off_twice_it_still_knows_where_it_was():
    before = gliding()
    session = again(again(again(before)))
    session.run(8)
    session.hear("yes")
    assert session.state.position == before.state.position
    assert session.state.waited == before.state.waited_until(before.state.last_at)


@settings(max_examples=150, deadline=None)
@given(HAPPENINGS, HAPPENINGS)
def test_whenever_it_is_broken_off_it_goes_on_and_ends(happenings, later):
    before = drive(**SCRIPT)
    for kind, what in happenings:
        happen(before, kind, what)
    if not can_continue(before.state):
        return
    session = again(before)
    session.run(8)
    session.hear("yes")
    was = before.state if before.state.suspended is None else before.state.suspended
    for name in ("position", "scales", "sore", "answers"):
        assert getattr(session.state, name) == getattr(was, name)
    for kind, what in later:
        happen(session, kind, what)
        state = session.state
        assert state.ended or state.sounding is not None or state.timers, "silent for ever"
    session.feed(events.SpeechOver(session.now))
    session.run(6000)
    assert session.state.ended


@settings(max_examples=60, deadline=None)
@given(HAPPENINGS, st.sampled_from(["yes", "no", "next", "back", "repeat", "it hurts", "softer"]))
def test_anything_may_be_said_to_the_question(happenings, word):
    before = drive(**SCRIPT)
    for kind, what in happenings:
        happen(before, kind, what)
    if not can_continue(before.state):
        return
    session = again(before)
    session.hear(word)
    session.run(8000)
    assert session.state.ended
    assert replace(session.state, suspended=None) == session.state
