"""Levels, pace and patience of a single step; pauses, pronunciation, other words for areas."""

import pytest
from drive import Drive, drive

from voice_guide.session import actions

PRESSURE = {"pressure": {"levels": ["feather-light", "light", "medium", "firm"], "start": "light"}}
TEXT = "With {pressure} pressure glide."


def glide(name: str, **more) -> dict:
    return {"name": name, "say": f"{name}: {TEXT}", "for": "30 s", **more}


def pressed(*steps: dict, **script) -> Drive:
    session = drive(scales=PRESSURE, steps=[*steps, glide("Last")], **script)
    session.run_until("glide")
    session.run(4)
    return session


FIRM = {"with": {"pressure": "firm"}}
FEATHER = {"with": {"pressure": "feather-light"}}


def test_a_step_can_have_a_level_of_its_own():
    said = pressed(glide("One", **FIRM)).told(actions.Say)[-1].text
    assert said == "One: With firm pressure glide."
    session = pressed(glide("One", **FIRM))
    session.run_until("Last: With light pressure")


def test_whoever_turns_it_is_obeyed_in_that_step_and_later():
    session = pressed(glide("One", **FIRM), glide("Two"), glide("Three", **FIRM))
    assert session.hear("softer") == ["Now medium pressure."]
    session.run_until("Two: With feather-light pressure")
    session.run_until("Three: With feather-light pressure")


def test_a_lighter_step_stays_lighter():
    session = pressed(glide("One"), glide("Two", **FEATHER))
    session.hear("more pressure")
    session.run_until("Two: With feather-light pressure")
    assert session.hear("more pressure") == ["Light pressure from here."]
    session.run_until("Last: With firm pressure")


def test_pain_is_heeded_in_a_step_with_a_level_of_its_own():
    session = pressed(glide("One", **FIRM), glide("Two", **FIRM))
    session.hear("it hurts")
    session.run(10)
    assert session.state.scales == {"pressure": 0}
    session.run_until("Two: With feather-light pressure")


def test_undo_brings_the_level_of_the_step_back():
    session = pressed(glide("One", **FIRM, until="ready"))
    session.hear("softer")
    session.hear("undo")
    session.hear("repeat")
    assert session.told(actions.Say)[-1].text == "One: With firm pressure glide."
    assert session.state.scales == {"pressure": 1}


def test_a_step_can_be_spoken_slowly():
    cues = [{"at": "10 s", "say": "Slow hands."}]
    session = pressed(glide("One", speak="slowly", cues=cues))
    session.run_until("Slow hands.")
    assert [say.slow for say in session.told(actions.Say)][-2:] == [True, True]
    session.run_until("Last")
    assert not session.told(actions.Say)[-1].slow


def test_a_step_can_leave_more_time_until_it_reminds():
    boil = {"name": "Boil", "say": "Boil the water.", "until": "ready"}
    assert drive(steps=[boil]).run(70)[-1] != "Boil the water."
    assert drive(steps=[boil | {"remind": "3 min"}]).run(170)[-1] == "Boil the water."
    assert drive(steps=[boil | {"remind": "3 min"}]).run(200)[-1] != "Boil the water."


def test_a_pause_is_heard_and_not_read():
    session = drive(steps=[{"name": "Breathe", "say": "In. [2 s] Out. [pause]"}])
    session.run_until("In. Out.")
    say = session.told(actions.Say)[-1]
    assert (say.text, say.spoken) == ("In. Out.", "In. [2 s] Out. [pause]")


def test_a_word_is_pronounced_as_the_author_says():
    session = drive(
        pronounce={"effleurage": "ef lur ahj", "L5": "L five"},
        steps=[{"name": "Glide", "say": "Effleurage, up from L5.", "for": "5 s"}],
    )
    session.run_until("Effleurage")
    say = session.told(actions.Say)[-1]
    assert say.text == "Effleurage, up from L5."
    assert say.spoken == "ef lur ahj, up from L five."
    assert "ef lur ahj, up from L five." in session.engine.texts(session.state)


def test_only_whole_words_are_pronounced_differently():
    session = drive(pronounce={"tea": "tee"}, steps=[{"name": "a", "say": "Tea for the teacher."}])
    session.run_until("teacher")
    assert session.told(actions.Say)[-1].spoken == "tee for the teacher."


AREAS = {"lower back": ["small of the back", "waist"], "neck": []}


@pytest.mark.parametrize("said", ["waist", "small of the back", "lower back"])
def test_an_area_has_other_words(said):
    neck = glide("Neck", area="neck")
    session = pressed(neck, glide("Back", area="lower back"), areas=AREAS)
    session.hear("it hurts")
    session.run(10)
    session.hear(said)
    assert list(session.state.sore) == ["lower back"]


@pytest.mark.parametrize("said", ["my waist hurts", "the small of the back hurts"])
def test_an_area_is_named_at_once_by_other_words(said):
    session = pressed(glide("Neck", area="neck"), areas=AREAS)
    session.hear(said)
    assert list(session.state.sore) == ["lower back"]


def test_a_step_is_skipped_to_by_other_words_for_its_area():
    session = pressed(glide("One"), glide("Two"), glide("Rub", area="lower back"), areas=AREAS)
    assert session.hear("skip to the waist")[0].startswith("Rub:")
