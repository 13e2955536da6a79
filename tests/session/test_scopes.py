"""What can be heard where: the scopes, and what nothing shadows."""

import pytest
from drive import Drive, drive

from voice_guide.session import actions

BACK = {"name": "Back", "area": "back", "say": "Stroke the back.", "for": "60 s"}
REST = {"name": "Rest", "area": "shoulders", "say": "Rest now.", "for": "60 s"}
MORE_OIL = {"hear": "more oil", "say": "Take your time.", "hold": "until ready"}
TOO_HOT = {"hear": "it is too hot", "stop": "Wipe the oil off."}


def massage(**script) -> Drive:
    fields = {"areas": ["back", "shoulders"], "steps": [BACK, REST]} | script
    session = drive(**fields)
    session.run_until("Stroke the back.")
    session.run(4)
    return session


def heard(session: Drive) -> dict[str, str]:
    """Return the phrases that can be said now, with what they mean."""
    return {phrase.text: phrase.intent for phrase in session.engine.phrases(session.state)}


def test_a_step_wins_over_the_script_and_both_over_the_universals():
    inner = {"hear": "softer", "say": "In this step."}
    outer = {"hear": ["softer", "firmer"], "say": "In this script."}
    session = massage(steps=[BACK | {"replies": [inner]}, REST], replies=[outer])
    assert session.hear("softer") == ["In this step."]
    assert session.hear("firmer") == ["In this script."]
    session.hear("next")
    assert session.hear("softer") == ["In this script."]


def test_nothing_shadows_a_stop_sign_of_the_script():
    answer = {"name": "Ask", "ask": "Warm?", "answers": {"it is too hot": {}, "fine": {}}}
    reply = {"hear": "it is too hot", "say": "Nice."}
    session = massage(steps=[BACK, answer | {"replies": [reply]}, REST], replies=[TOO_HOT])
    session.hear("next")
    session.run(2)
    assert session.hear("it is too hot") == ["Wipe the oil off."]
    assert session.state.halted == "stopped"


@pytest.mark.parametrize("before", ["more oil", "pause", "stop", "end the session", "it hurts"])
def test_a_stop_sign_of_the_script_is_heard_in_every_state(before):
    session = massage(replies=[MORE_OIL, TOO_HOT])
    session.hear(before)
    assert session.hear("it is too hot") == ["Wipe the oil off."]
    assert session.state.halted == "stopped"


def test_a_stop_sign_needs_no_name_before_it():
    session = massage(replies=[MORE_OIL, TOO_HOT], only_when_called=True)
    assert {"it is too hot", "guide more oil"} <= heard(session).keys()
    assert "more oil" not in heard(session)


def test_a_hold_hears_only_what_ends_it_and_what_keeps_people_safe():
    session = massage(replies=[MORE_OIL])
    session.hear("more oil")
    assert not {"next", "softer", "faster", "skip to", "more oil"} & set(heard(session).values())
    assert {"stop", "resume", "wake", "ready", "numb"} <= set(heard(session).values())


@pytest.mark.parametrize("words", ["resume", "listen again", "ready"])
def test_what_ends_a_hold(words):
    session = massage(replies=[MORE_OIL])
    session.hear("more oil")
    session.hear(words)
    assert not session.state.held


def test_a_private_talk_hears_nothing_but_stop_and_what_ends_it():
    session = massage(replies=[MORE_OIL, TOO_HOT])
    session.hear("this is private")
    assert set(heard(session).values()) == {"stop", "resume", "wake"}


@pytest.mark.parametrize(("words", "halted"), [("listen again", "stopped"), ("resume", None)])
def test_a_private_talk_after_a_sign_of_danger_goes_on_only_when_told_to(words, halted):
    session = massage()
    session.hear("it feels numb")
    session.hear("this is private")
    session.hear(words)
    assert session.state.halted == halted


def test_a_sore_area_can_be_named_while_a_question_is_open():
    ask = {"name": "Ask", "ask": "Is it warm?", "yes": {}, "no": {}}
    session = massage(steps=[BACK, ask, REST])
    session.hear("next")
    session.run(2)
    assert session.hear("her left shoulder hurts") == ["I leave out the shoulders from now on."]
    session.hear("yes")
    said = session.run(30)
    assert "Rest now." not in said and any("left out" in line for line in said)


@pytest.mark.parametrize(("halt", "go_on"), [("stop", "resume"), ("more oil", "ready")])
def test_an_area_that_is_named_while_it_stands_still_is_left_when_it_goes_on(halt, go_on):
    session = massage(replies=[MORE_OIL])
    session.hear(halt)
    session.run(4)
    assert session.hear("the back is sore") == ["I leave out the back from now on."]
    assert session.run(20) == [] and session.state.position == 1
    session.hear(go_on)
    assert session.told(actions.StepBegan)[-1].name == "Rest"
