import pytest
from drive import drive

from voice_guide.session import actions

GLIDE = {"name": "Glide", "say": "Glide up. Slowly now.", "for": "60 s"}


@pytest.mark.parametrize(
    ("words", "mode", "told"),
    [
        ("i'm wearing head phones", "headphones", "You wear headphones"),
        ("use the loud speaker", "room", "over the loudspeaker"),
        ("always listen", "room", "over the loudspeaker"),
        ("only listen when i press", "push", "press the tab key"),
    ],
)
def test_the_way_of_listening_is_changed_by_voice(words, mode, told):
    session = drive(steps=[GLIDE])
    session.run_until("Glide up")
    [said] = session.hear(words)
    assert told in said
    assert session.told(actions.SetMode) == [actions.SetMode(mode)]
    assert "Glide up. Slowly now." in session.run(20), "what was covered is said again"


def test_in_every_way_of_listening_the_narrator_says_how_to_stop_where_it_is_not_by_voice():
    session = drive(steps=[GLIDE])
    session.run_until("Glide up")
    [said] = session.hear("only listen when i press")
    assert "space key stops" in said
