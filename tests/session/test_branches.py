"""Steps that depend on answers, scales and areas; answers that lead elsewhere."""

import pytest
from drive import Drive, drive
from hypothesis import given, settings
from hypothesis import strategies as st

from voice_guide.session import actions

PRESSURE = {"pressure": {"levels": ["light", "medium", "firm"], "start": "medium"}}
END = {"name": "Rest", "say": "Rest now.", "for": "5 s"}


def step(name: str, **more) -> dict:
    return {"name": name, "say": f"{name} now.", "for": "5 s", **more}


def names(session: Drive) -> list[str]:
    session.run(400)
    return [began.name for began in session.told(actions.StepBegan)]


def asked(question: dict, *steps: dict, **script) -> Drive:
    """A session in which the question before it is open."""
    question = {"ask": "Well?", "save": "answer kept"} | question
    session = drive(before=[question], steps=[*steps, END], **script)
    session.run_until("Well?")
    session.run(3)
    return session


@pytest.mark.parametrize(
    ("condition", "said", "played"),
    [
        ({"when": {"answer kept": "yes"}}, "yes", True),
        ({"when": {"answer kept": "yes"}}, "no", False),
        ({"unless": {"answer kept": "yes"}}, "yes", False),
        ({"unless": {"answer kept": "yes"}}, "no", True),
    ],
)
def test_a_step_depends_on_yes_or_no(condition, said, played):
    session = asked({"yes": {}, "no": {}}, step("Extra", **condition))
    session.hear(said)
    assert ("Extra" in names(session)) is played


@pytest.mark.parametrize(
    ("value", "said", "played"),
    [
        ("7", "seven", True),
        ("5-10", "seven", True),
        ("5-10", "four", False),
        ("0-3", "four", False),
    ],
)
def test_a_step_depends_on_a_number(value, said, played):
    session = asked({"number": "0-10"}, step("Extra", when={"answer kept": value}))
    session.hear(said)
    assert ("Extra" in names(session)) is played


def test_a_step_on_a_side_depends_on_that_side():
    arm = {"name": "{side} arm", "each": ["left", "right"], "say": "The {side} arm.", "for": "5 s"}
    arm["when"] = {"answer kept": ["{side}", "both"]}
    for said, played in (("left", ["left arm"]), ("both", ["left arm", "right arm"])):
        session = asked({"answers": {"left": {}, "right": {}, "both": {}}}, arm)
        session.hear(said)
        assert names(session) == [*played, "Rest"]


def test_a_step_depends_on_a_scale_as_it_is_when_its_turn_comes():
    light = step("Light", when={"pressure": ["light"]})
    session = drive(scales=PRESSURE, steps=[step("One"), light, END])
    session.run_until("One now")
    session.hear("softer")
    assert names(session) == ["One", "Light", "Rest"]
    assert "Light" not in names(drive(scales=PRESSURE, steps=[step("One"), light, END]))


def test_a_step_depends_on_a_sore_area():
    instead = step("Instead", when={"neck": "sore"})
    steps = [step("One"), step("Neck", area="neck"), instead, END]
    assert names(drive(areas=["neck", "back"], steps=steps)) == ["One", "Neck", "Rest"]
    session = drive(areas=["neck", "back"], steps=steps)
    session.run_until("One now")
    session.hear("my neck hurts")
    assert names(session) == ["One", "Instead", "Rest"]


def test_all_conditions_have_to_be_so():
    both = step("Both", when={"answer kept": "yes", "pressure": "firm"})
    session = asked({"yes": {}, "no": {}}, both, scales=PRESSURE)
    session.hear("yes")
    assert "Both" not in names(session)


def test_nobody_is_told_of_a_step_that_is_not_for_them():
    session = drive(steps=[step("Extra", when={"x": "yes"}), END])
    said = session.run(60)
    assert not any("Extra" in line for line in said)


def test_a_question_depends_on_an_answer_too():
    after = [
        {"ask": "How sore?", "number": "0-10", "save": "sore now"},
        {"ask": "Since when?", "answers": {"today": {}, "long": {}}, "when": {"sore now": "5-10"}},
    ]
    for said, then in (("two", False), ("eight", True)):
        session = drive(steps=[END], after=after)
        session.run_until("How sore?")
        session.run(2)
        session.hear(said)
        assert ("Since when?" in session.run(60)) is then


def test_back_and_next_pass_over_what_is_left_out():
    steps = [step("One"), step("Extra", when={"x": "yes"}), step("Two"), END]
    session = drive(steps=steps)
    session.run_until("One now")
    assert session.hear("next") == ["Two now."]
    assert session.hear("back") == ["One now."]


def test_what_silence_stands_for_is_the_answer_until_there_is_one():
    question = {"yes": {}, "no": {}, "silence": "yes"}
    session = asked(question, step("Extra", when={"answer kept": "yes"}))
    session.hear("next")
    assert "Extra" in names(session)


def test_a_saved_answer_is_spoken_in_a_later_text():
    session = asked(
        {"answers": {"(tea|black tea)": {}, "coffee": {}}, "silence": "tea"},
        {"name": "Pour", "say": "Pour the {answer kept}.", "for": "5 s"},
    )
    session.hear("black tea")
    session.run_until("Pour the tea.")


def test_a_reply_sets_an_answer_and_undo_takes_it_back():
    reply = {"hear": "no time", "set": {"hurry": "yes"}, "say": "Then the short way."}
    steps = [step("One"), step("Long", unless={"hurry": "yes"}), END]
    session = drive(steps=steps, replies=[reply])
    session.run_until("One now")
    assert session.hear("no time") == ["Then the short way."]
    assert names(session) == ["One", "Rest"]

    session = drive(steps=steps, replies=[reply])
    session.run_until("One now")
    session.hear("no time")
    session.hear("undo")
    assert session.state.answers == {}
    assert "Long" in names(session)


ROUND = {"name": "Round", "say": "Go round.", "for": "5 s"}
AGAIN = {
    "name": "Again",
    "ask": "Once more?",
    "yes": {"say": "Round we go.", "go to": "Round"},
    "no": {},
}


def test_an_answer_goes_back_to_a_step():
    session = drive(steps=[ROUND, AGAIN, END])
    for _ in range(3):
        session.run_until("Once more?")
        session.run(2)
        assert session.hear("yes") == ["Round we go."]
    session.run_until("Once more?")
    session.hear("no")
    assert names(session) == ["Round", "Again"] * 4 + ["Rest"]


def test_undo_of_a_go_to_is_back_at_its_question():
    session = drive(steps=[ROUND, AGAIN, END])
    session.run_until("Once more?")
    session.hear("yes")
    session.run(2)
    assert session.hear("undo")[0] in ("Taken back.", "As it was before.")
    session.run_until("Once more?", limit=2)  # by itself the round comes to it after 4 s more


def test_an_answer_goes_to_the_end():
    question = AGAIN | {"no": {"go to": "the end"}}
    session = drive(steps=[ROUND, question, END], after=[{"ask": "Well?", "yes": {}}])
    session.run_until("Once more?")
    assert session.hear("no") == ["Well?"]


def test_a_step_with_sides_is_gone_to_by_its_name_or_that_of_one_side():
    arms = step("{side} arm", each=["left", "right"])
    for target, first in (("{side} arm", "left arm"), ("right arm", "right arm")):
        question = AGAIN | {"yes": {"go to": target}}
        session = drive(steps=[arms, question, END])
        session.run_until("Once more?")
        session.hear("yes")
        assert session.told(actions.StepBegan)[-1].name == first


def test_a_reply_that_leads_elsewhere_jumps_over_no_question_before_the_session():
    reply = {"hear": "only rest", "go to": "Rest"}
    session = asked({"yes": {"end": "Not today."}, "no": {}}, step("One"), replies=[reply])
    assert "only rest" not in {phrase.text for phrase in session.engine.phrases(session.state)}
    session.hear("no")
    session.run_until("One now")
    assert session.hear("only rest") == ["Rest now."]


def test_a_round_that_nobody_ends_is_saved_and_ended():
    session = drive(steps=[ROUND, AGAIN | {"silence": "yes"}, END])
    session.run(4000)
    assert session.told(actions.Ended) == [actions.Ended("silence")]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.booleans()), min_size=1, max_size=5)
)
def test_left_alone_a_session_ends_whatever_leads_where(ways):
    steps = [
        {
            "name": f"S{number}",
            "ask": "Which?",
            "yes": {"go to": f"S{yes}", "set": {"k": str(number)}},
            "no": {"go to": f"S{no}"},
            "silence": "yes",
            **({"unless": {"k": str(no)}} if conditional else {}),
        }
        for number, (yes, no, conditional) in enumerate(ways)
    ]
    session = drive(steps=steps)
    session.run(20_000)
    assert session.state.ended


def test_a_question_of_safety_that_is_not_called_for_stands_in_nobodys_way():
    before = [
        {"ask": "Fever?", "yes": {}, "no": {}, "save": "fever"},
        {"ask": "How high?", "number": "0-10", "when": {"fever": "yes"}},
    ]
    session = drive(before=before, steps=[step("One"), END])
    session.run_until("Fever?")
    session.hear("yes")
    session.run_until("How high?", limit=5)
    assert session.hear("next") == ["I need an answer before we begin."]

    session = drive(before=before, steps=[step("One"), END])
    session.run_until("Fever?")
    session.hear("no")
    session.run_until("One now.", limit=5)
