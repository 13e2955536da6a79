import pytest
from drive import Drive, drive

from voice_guide.session import actions

BACK = {"name": "Back", "area": "back", "say": "Stroke the back.", "for": "60 s"}
REST = {"name": "Rest", "say": "Rest now.", "for": "60 s"}
PRESSURE = {"pressure": {"levels": ["light", "medium", "firm"], "start": "firm"}}


def massage(**script) -> Drive:
    session = drive(
        **({"scales": PRESSURE, "areas": ["back", "neck"], "steps": [BACK, REST]} | script)
    )
    session.run_until("Stroke the back.")
    session.run(5)
    return session


def test_pain_takes_pressure_away_and_asks_where():
    session = massage()
    assert session.hear("it hurts") == ["Take your hands off that spot."]
    assert session.told(actions.ScaleTurned) == [actions.ScaleTurned("pressure", "medium")]
    session.run_until("Where does it hurt?")


def test_a_painful_area_under_the_hands_is_left_at_once():
    session = massage()
    session.hear("it hurts")
    session.run_until("Where does it hurt?")
    session.hear("back")
    assert session.told(actions.AreaNamed) == [actions.AreaNamed("back", "avoid")]
    session.run_until("Rest now.", limit=10)


def test_when_nobody_says_where_the_area_under_the_hands_is_taken():
    session = massage()
    session.hear("it hurts")
    session.run_until("Rest now.", limit=60)
    assert session.told(actions.AreaNamed) == [actions.AreaNamed("back", "avoid")]


def test_pain_is_heard_while_stopped():
    session = massage()
    session.hear("stop")
    assert session.hear("it hurts") == ["Take your hands off that spot."]
    assert session.state.halted == "stopped"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("it feels numb", "ask a doctor"),
        ("tingling", "ask a doctor"),
        ("i feel dizzy", "call a doctor"),
        ("i'm dizzy", "lie down"),
        ("chest pain", "emergency"),
        ("i can't breathe", "emergency"),
    ],
)
def test_a_warning_sign_stops_and_says_when_to_call_for_help(said, told):
    session = massage()
    lines = session.hear(said)
    assert session.state.halted == "stopped"
    assert lines[0].startswith("Stopped. Take your hands away") and told in lines[0]


def test_a_script_cannot_take_a_warning_sign_away():
    harmless = {"hear": ["it's numb", "chest pain", "stop"], "say": "Carry on."}
    session = massage(replies=[harmless])
    for said in ("it's numb", "chest pain", "stop"):
        session.hear(said)
        assert session.state.halted == "stopped"
        session.hear("resume")


def test_warning_signs_are_heard_in_every_state():
    session = massage(replies=[{"hear": "more oil", "say": "Take.", "hold": "until ready"}])
    for before in ("more oil", "it hurts", "end", "pause", "stop"):
        session.hear(before)
        texts = {phrase.text for phrase in session.engine.phrases(session.state)}
        assert {"stop", "it's numb", "chest pain", "it hurts"} <= texts


def test_an_effect_can_stop_the_session():
    session = massage(replies=[{"hear": "it is too hot", "stop": "Wipe the oil off."}])
    assert session.hear("it is too hot") == ["Wipe the oil off."]
    assert session.told(actions.Halted) == [actions.Halted("stopped")]
