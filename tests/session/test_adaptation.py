"""How the session adapts: pace, more time, moving by name, undo, private talks, repeating."""

from drive import Drive, drive

from voice_guide.session import actions

GLIDE = {"name": "Glide", "area": "back", "say": "Glide up. Slowly, with care.", "for": "60 s"}
ARMS = {"name": "Arms", "area": "arms", "say": "Stroke the arms.", "for": "40 s"}
REST = {"name": "Rest", "say": "Rest now.", "for": "40 s"}
PRESSURE = {"pressure": {"levels": ["light", "medium", "firm"], "start": "medium"}}


def waiting(**script) -> Drive:
    """A session whose first step has been said."""
    fields = {"steps": [GLIDE, ARMS, REST], "scales": PRESSURE, "areas": ["back", "arms"]}
    session = drive(**(fields | script))
    session.run_until("Glide up.")
    session.run(6)
    return session


def until(session: Drive, text: str) -> float:
    begun = session.now
    session.run_until(text)
    return session.now - begun


def test_two_more_minutes_are_two_more_minutes():
    plain = until(waiting(), "Stroke the arms.")
    session = waiting()
    assert session.hear("two more minutes") == ["Two minutes more here."]
    assert 119 < until(session, "Stroke the arms.") - plain < 126


def test_more_time_after_the_time_is_up_keeps_the_step_going():
    session = waiting()
    session.run(30)
    session.hear("more time")
    assert until(session, "Stroke the arms.") > 60


def test_slower_stretches_every_wait_and_says_when_it_cannot_go_slower():
    plain = until(waiting(), "Stroke the arms.")
    session = waiting()
    assert session.hear("slower") == ["More time for everything."]
    assert until(session, "Stroke the arms.") > plain * 1.15
    said = [session.hear("slower")[0] for _ in range(4)]
    assert said[-1] == "This is as slow as it goes."


def test_faster_shortens_the_waits_and_the_cues():
    cue = {"at": "40 s", "say": "Slow hands."}
    session = waiting(steps=[GLIDE | {"cues": [cue]}, REST])
    session.hear("faster")
    assert until(session, "Slow hands.") < 36


def test_no_timer_fires_over_and_over_at_the_same_moment():
    session = waiting()
    for _ in range(3):
        session.run(0.0123)
        session.hear("faster")
        session.run(0.0077)
        session.hear("slower")
    before = len(session.log)
    session.run_until("Rest now.")
    assert len(session.log) - before < 60


def test_skip_to_a_step_by_its_name_or_its_area():
    session = waiting()
    assert session.hear("skip to the rest") == ["Rest now."]
    assert session.hear("go to the arms") == ["Stroke the arms."]
    assert session.hear("skip to back") == ["Glide up. Slowly, with care."]


def test_a_sore_area_can_be_named_at_any_time():
    session = waiting()
    assert session.hear("her arm hurts") == ["I leave out the arms from now on."]
    assert session.told(actions.AreaNamed) == [actions.AreaNamed("arms", "avoid")]
    assert session.told(actions.ScaleTurned) == [actions.ScaleTurned("pressure", "light")]
    assert "Stroke the arms." not in session.run_until("Rest now.")


def test_undo_takes_back_a_scale():
    session = waiting()
    session.hear("softer")
    assert session.hear("undo") == ["Back to medium pressure."]
    assert session.state.scales == {"pressure": 1}
    assert session.hear("undo") == ["There is nothing to take back."]


def test_undo_of_a_scale_stays_in_the_step_that_has_begun_meanwhile():
    session = waiting()
    session.hear("softer")
    session.run_until("Stroke the arms.")
    assert session.hear("undo") == ["Back to medium pressure."]
    assert session.told(actions.StepBegan)[-1].name == "Arms"
    assert "Glide up. Slowly, with care." not in session.run(200)


def test_undo_takes_back_an_answer_that_was_not_saved_and_asks_again():
    question = {"name": "Q", "ask": "Warm?", "yes": {}, "no": {}}
    session = waiting(steps=[GLIDE, question, REST])
    session.hear("next")
    session.run(3)
    session.hear("no")
    session.run_until("Rest now.")
    session.hear("undo")
    session.run_until("Warm?", limit=6)


def test_undo_takes_back_a_skip():
    session = waiting()
    session.hear("next")
    session.run(2)
    assert session.hear("undo")[0] in ("Taken back.", "As it was before.")
    session.run_until("Glide up.", limit=5)


def test_undo_takes_back_a_sore_area():
    session = waiting()
    session.hear("my arm is sore")
    session.run(10)
    session.hear("take that back")
    session.run_until("Stroke the arms.")


def test_undo_takes_back_an_answer_and_asks_again():
    question = {"name": "Q", "ask": "Warm enough?", "yes": {}, "no": {}, "save": "warm"}
    session = waiting(steps=[GLIDE, question, REST])
    session.hear("next")
    session.run(3)
    session.hear("no")
    assert session.state.answers == {"warm": "no"}
    session.hear("undo")
    session.run_until("Warm enough?", limit=6)
    assert session.state.answers == {}


def test_repeat_twice_is_slower_and_in_pieces():
    session = waiting()
    session.hear("repeat")
    first = session.told(actions.Say)[-1]
    session.hear("repeat")
    second = session.told(actions.Say)[-1]
    assert not first.slow and second.slow
    assert second.spoken == "Glide up. [pause] Slowly, [pause] with care."


def test_start_over_is_confirmed_and_begins_with_the_first_step():
    session = waiting()
    session.hear("next")
    assert session.hear("start over") == ["Shall we start again with the first step?"]
    session.run(4)
    session.hear("yes")
    session.run_until("Glide up.", limit=6)


def test_start_over_is_not_done_without_a_yes():
    session = waiting()
    session.hear("next")
    session.hear("start over")
    session.run_until("Rest now.")
    assert session.state.position == 3


def test_a_private_talk_hears_only_stop_and_what_ends_it():
    session = waiting()
    session.hear("this is private")
    session.run(10)
    said = len(session.told(actions.Say))
    for words in ("too hard", "next", "how long is left", "yes", "nonsense"):
        session.hear(words)
    assert len(session.told(actions.Say)) == said and session.run(600) == []
    session.hear("listen again")
    assert session.told(actions.Resumed) and session.state.halted is None


def test_stop_is_heard_in_a_private_talk():
    session = waiting()
    session.hear("don't listen")
    session.hear("stop")
    assert session.state.halted == "stopped"


def test_a_private_talk_does_not_last_for_ever():
    session = waiting()
    session.hear("don't listen")
    session.run(3600)
    assert session.told(actions.Ended) == [actions.Ended("silence")]


def test_speak_faster_turns_the_rate():
    session = waiting()
    session.hear("speak faster")
    assert session.told(actions.TurnRate)[-1].factor > 1


def test_what_the_narrator_asks_for_is_taken_without_its_name():
    session = waiting(only_when_called=True)
    session.hear("stop")
    session.hear("resume")
    assert session.state.halted is None
    session.hear("guide end the session")
    session.hear("no")
    assert not session.state.ending


def test_its_name_may_come_before_anything_that_is_said():
    session = waiting()
    assert session.hear("guide, next please") == ["Stroke the arms."]
    session.hear("guide stop")
    assert session.state.halted == "stopped"


def test_called_by_name_only_stop_and_danger_are_taken_without_it():
    session = waiting(only_when_called=True)
    assert session.hear("next") == []
    assert session.hear("it hurts") != []
    session.hear("no")
    assert session.hear("guide next") == ["Stroke the arms."]
    assert session.hear("guide slower and faster")[-1:] != []
    assert session.state.pace == 1.0
    session.hear("stop")
    assert session.state.halted == "stopped"
