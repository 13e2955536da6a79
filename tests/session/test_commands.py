import itertools

from drive import Drive, drive

from voice_guide.session import actions, events

GLIDE = {"name": "Glide", "say": "Glide up. Slowly now.", "for": "60 s"}
KNEAD = {"name": "Knead", "say": "Knead the shoulders.", "for": "30 s"}
PRESSURE = {"pressure": {"levels": ["light", "medium", "firm"], "start": "medium"}}


def begun(**script) -> Drive:
    """A session whose first step has just begun to be said."""
    script.setdefault("steps", [GLIDE, KNEAD])
    session = drive(**script)
    session.run_until(script["steps"][0].get("say") or script["steps"][0]["ask"])
    return session


def waiting(**script) -> Drive:
    """The same, after the first step has been said."""
    session = begun(**script)
    session.run(6)
    return session


def test_stop_silences_at_once_and_says_how_to_go_on():
    session = begun()
    done = session.feed(events.Heard(session.now, "stop", "universal", "stop"))
    kinds = [type(action) for action in done]
    assert kinds.index(actions.Hush) < kinds.index(actions.Say)
    assert actions.Halted("stopped") in done
    assert session.told(actions.Say)[-1].text == "Stopped. Say resume, or end."


def test_no_time_runs_while_stopped():
    session = waiting()
    session.hear("stop")
    waited = session.state.waited
    assert session.run(200) == []
    assert session.state.waited == waited
    session.hear("resume")
    assert session.state.position == 1
    session.run_until("Knead")


def test_after_resume_the_wait_takes_what_was_left_of_it():
    plain = waiting()
    plain.run_until("Knead")
    stopped = waiting()
    stopped.run(10)
    stopped.hear("stop")
    stopped.run(100)
    stopped.hear("resume")
    stopped.run_until("Knead")
    assert 100 < stopped.now - plain.now < 106


def test_a_line_that_was_cut_off_is_said_again():
    session = begun()
    session.hear("stop")
    session.run(5)
    assert session.hear("resume") == ["Going on."]
    session.run(2)
    last = session.told(actions.Say)[-1]
    assert (last.text, last.again) == ("Glide up. Slowly now.", True)


def test_stop_twice_says_that_it_is_stopped():
    session = waiting()
    session.hear("stop")
    session.run(5)
    assert session.hear("stop") == ["We are stopped. Say resume, or end."]
    assert len(session.told(actions.Halted)) == 1


def test_other_commands_are_not_obeyed_while_the_session_is_stopped():
    session = waiting(scales=PRESSURE)
    session.hear("stop")
    session.run(5)
    assert session.hear("too hard") == []
    assert session.told(actions.PlayEarcon)[-1] == actions.PlayEarcon("not understood")
    assert session.told(actions.ScaleTurned) == []


def test_a_key_that_does_nothing_while_stopped_is_told_so():
    session = waiting(scales=PRESSURE)
    session.hear("stop")
    session.run(5)
    session.feed(events.Heard(session.now, "next", "universal"))
    assert session.told(actions.Say)[-1].text == "We are stopped. Say resume, or end."


def test_only_a_few_phrases_are_listened_for_while_the_session_stands_still():
    session = waiting(replies=[{"hear": "more oil", "say": "Take.", "hold": "until ready"}])
    going = len(session.engine.phrases(session.state))
    session.hear("more oil")
    held = len(session.engine.phrases(session.state))
    session.hear("stop")
    stopped = len(session.engine.phrases(session.state))
    assert stopped < held < going


def test_a_stopped_session_that_hears_nothing_ends_by_itself():
    session = waiting()
    session.hear("stop")
    session.run(400)
    assert session.told(actions.Ended) == [actions.Ended("silence")]


def test_pause_reminds_more_and_more_rarely_and_then_ends():
    session = waiting()
    session.hear("pause")
    session.run(3600)
    times = [at for at, a in session.log if isinstance(a, actions.Say) and "aused." in a.text]
    gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert len(gaps) >= 3 and gaps == sorted(gaps)
    assert session.state.ended


def test_ready_ends_a_pause():
    session = waiting()
    session.hear("pause")
    session.hear("ready")
    assert actions.Resumed() in session.told(actions.Resumed)


def test_end_is_confirmed():
    session = waiting()
    assert session.hear("end the session") == ["Shall we end here?"]
    session.run(3)
    session.hear("yes")
    session.run(10)
    assert session.told(actions.Ended) == [actions.Ended("asked")]


def test_ready_does_not_go_on_behind_a_stop():
    warm = {"name": "Warm", "say": "Warm the oil.", "until": "ready"}
    session = waiting(steps=[warm, KNEAD])
    session.hear("stop")
    session.run(5)
    assert session.hear("ready") == ["We are stopped. Say resume, or end."]
    session.run(5)
    session.hear("resume")
    assert session.told(actions.StepBegan)[-1].name == "Warm"


def test_a_key_that_ends_is_sure():
    session = waiting()
    session.feed(events.Heard(session.now, "end", "universal"))
    session.run(10)
    assert session.told(actions.Ended) == [actions.Ended("asked")]


def test_end_as_an_answer_to_something_else_is_confirmed():
    session = waiting()
    session.hear("start over")
    assert session.hear("end the session") == ["Shall we end here?"]


def test_a_no_to_the_end_goes_on():
    session = waiting()
    session.hear("end the session")
    session.hear("no")
    assert not session.state.ended
    session.run_until("Knead")


def test_silence_after_end_goes_on():
    session = waiting()
    session.hear("end the session")
    session.run_until("Knead")
    assert not session.state.ended


def test_end_after_stop_ends_at_once():
    session = waiting()
    session.hear("stop")
    assert session.hear("end") == ["The session is over. Goodbye."]
    session.run(5)
    assert session.state.ended


def test_repeat_says_the_instruction_and_not_the_last_chatter():
    session = waiting()
    session.hear("how long is left")
    session.run(6)
    assert session.hear("say that again") == ["Glide up. Slowly now."]


def test_next_and_back_move_by_steps():
    session = waiting()
    assert session.hear("next") == ["Knead the shoulders."]
    assert session.hear("go back") == ["Glide up. Slowly now."]
    assert session.hear("go back") == ["Glide up. Slowly now."]
    steps = [step.name for step in session.told(actions.StepBegan)]
    assert steps == ["Glide", "Knead", "Glide", "Glide"]


def test_next_in_the_last_step_says_goodbye_and_ends():
    session = waiting(steps=[GLIDE])
    assert "Goodbye" in session.hear("next")[0]
    session.run(10)
    assert session.told(actions.Ended) == [actions.Ended("finished")]


def test_too_hard_changes_what_is_said_later():
    later = {"name": "Arms", "say": "With {pressure} pressure stroke down.", "for": "30 s"}
    session = waiting(scales=PRESSURE, steps=[GLIDE, later])
    assert session.hear("too hard") == ["Now light pressure."]
    assert session.told(actions.ScaleTurned) == [actions.ScaleTurned("pressure", "light")]
    session.run_until("With light pressure stroke down.")


def test_a_line_cut_off_by_too_hard_is_said_with_the_new_pressure():
    step = {"name": "Arms", "say": "With {pressure} pressure stroke down.", "for": "30 s"}
    session = drive(scales=PRESSURE, steps=[step])
    session.run_until("With medium pressure")
    session.hear("softer")
    session.run_until("With light pressure stroke down.")


def test_a_scale_says_when_it_is_at_its_end_and_says_it_differently_the_next_time():
    session = waiting(scales=PRESSURE)
    session.hear("softer")
    first = session.hear("softer")
    second = session.hear("softer")
    assert "light" in first[0] and "light" in second[0] and first != second
    assert len(session.told(actions.ScaleTurned)) == 1


def test_without_a_scale_too_hard_is_answered():
    session = waiting()
    assert "nothing to turn" in session.hear("too hard")[0]


def test_time_left_counts_down():
    session = waiting()
    assert session.hear("how long is left") == [
        "In this step, about a minute. In all, about a minute and a half."
    ]
    session.run(20)
    assert "half a minute" in session.hear("how long is left")[0].lower()


def test_help_names_the_choices_of_an_open_question():
    question = {"name": "Check", "ask": "How is it?", "answers": {"fine": {}, "too cold": {}}}
    session = begun(steps=[question])
    assert session.hear("what can i say") == ["You can say fine or too cold."]


def test_help_names_the_replies_of_the_script():
    session = waiting(replies=[{"hear": "more lotion", "say": "Take some."}])
    assert "more lotion" in session.hear("help")[0]


def test_where_are_we():
    session = waiting()
    assert session.hear("where are we") == ["Step 1 of 2: Glide."]


def test_louder_turns_the_volume_up():
    session = waiting()
    session.hear("louder")
    assert session.told(actions.TurnVolume)[-1].decibels > 0


def test_talk_that_is_not_for_the_narrator_does_nothing():
    session = waiting()
    before = session.state
    session.hear("did you feed the cat")
    session.hear("yes")
    assert session.state.position == before.position
    assert session.told(actions.Say)[-1].text == "Glide up. Slowly now."


def test_a_hold_waits_for_ready_and_goes_on_where_it_was():
    reply = {"hear": "[a bit] more (lotion|oil)", "say": "Say ready.", "hold": "until ready"}
    session = waiting(replies=[reply])
    session.run(10)
    waited = session.state.waited_until(session.now)
    assert session.hear("more oil") == ["Say ready."]
    session.run(30)
    assert session.state.held and abs(session.state.waited - waited) < 0.01
    assert session.hear("i'm ready") == ["Good. Going on."]
    session.run_until("Knead")
    assert session.told(actions.HoldEnded) == [actions.HoldEnded()]


def test_stop_and_resume_within_a_hold_come_back_to_the_hold():
    reply = {"hear": "more oil", "say": "Say ready.", "hold": "until ready"}
    session = waiting(replies=[reply])
    session.hear("more oil")
    session.hear("stop")
    session.hear("resume")
    assert session.state.held
    session.hear("ready")
    assert not session.state.held


def test_cues_come_in_their_time():
    step = GLIDE | {"cues": [{"at": "20 s", "say": "Slow hands."}]}
    session = begun(steps=[step, KNEAD])
    session.run_until("Slow hands.")
    instruction = next(at for at, a in session.log if getattr(a, "text", "").startswith("Glide"))
    cue = next(at for at, a in session.log if getattr(a, "text", "") == "Slow hands.")
    assert 20 < cue - instruction < 23


def test_each_does_both_sides():
    session = drive(steps=[{"name": "{side} arm", "each": ["left", "right"], "say": "The {side}."}])
    said = session.run(60)
    assert [line for line in said if line.startswith("The ")] == ["The left.", "The right."]
    assert [s.name for s in session.told(actions.StepBegan)] == ["left arm", "right arm"]


def test_until_ready_reminds_and_goes_on_at_ready():
    warm = {"name": "Warm", "say": "Warm the oil.", "until": "ready"}
    session = begun(steps=[warm, KNEAD])
    assert session.run(60) == ["Say ready to go on."]
    assert session.hear("done") == ["Knead the shoulders."]


def test_the_welcome_waits_for_what_is_needed():
    session = drive(needs=["oil", "a towel"], steps=[GLIDE])
    assert "oil and a towel" in session.told(actions.Say)[0].text
    session.run(30)
    assert session.hear("ready") == ["Glide up. Slowly now."]
