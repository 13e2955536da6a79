"""The page with the states is what the engine does."""

from pathlib import Path

import pytest

from voice_guide.session.diagram import MEANS, changes, page

PAGE = Path(__file__).parents[2] / "docs" / "states.md"


@pytest.fixture(scope="module")
def found():
    return changes()


def test_the_page_is_current():
    assert PAGE.read_text("utf-8") == page(), (
        "run: python -m voice_guide.session.diagram > docs/states.md"
    )


def test_every_state_is_reached_and_left(found):
    assert {change.after for change in found} | {"Tells"} == set(MEANS)
    assert {change.before for change in found} | {"Ended"} == set(MEANS)


def test_stop_leads_to_stopped_from_everywhere(found):
    stopped = {c.before for c in found if c.after == "Stopped" and "stop" in c.causes}
    assert stopped == set(MEANS) - {"Stopped", "Says goodbye", "Ended"}


def test_a_private_talk_is_left_by_four_ways_only(found):
    causes = {cause for c in found if c.before == "Asleep" for cause in c.causes}
    assert causes == {"stop", "resume", "wake", "long silence"}
