"""A laptop is closed amid a session, and opened again."""

import sys

import pytest
from in_a_room import InARoom

from voice_guide import keeping, sitting
from voice_guide.keeping import keep
from voice_guide.opening import open_session
from voice_guide.session import actions, events
from voice_guide.settings import Settings
from voice_guide.store.database import open_database
from voice_guide.store.history import used
from voice_guide.store.replay import events_of, replay
from voice_guide.store.store import Store
from voice_guide.suspension import LEAST, SleepWatch, slept_so_far

TEXT = """
format: 1
title: Roll
limits: {per_day: 60 s}
steps:
  - {name: Roll, say: Roll slowly along the calf., for: 50 s}
"""


@pytest.fixture
def laptop(monkeypatch):
    """How long the machine has slept, to be turned by a test."""
    slept = {"s": 0.0}
    monkeypatch.setattr(
        sitting,
        "SleepWatch",
        lambda woken: SleepWatch(woken, lambda: slept["s"]),
    )
    return slept


@pytest.fixture
def played(journal, tmp_path, monkeypatch, laptop):
    monkeypatch.setattr(keeping, "Store", lambda: Store(journal))
    script = tmp_path / "roll.yaml"
    script.write_text(TEXT)
    with keep(open_session(str(script), Settings()), Settings(), print) as sat:
        session = InARoom(sat)
        session.run_until(actions.StepBegan)
        session.run(10)
        yield session


def test_after_a_sleep_it_stands_paused_says_so_and_counts_no_time(played, laptop, journal):
    before = played.conductor.now
    laptop["s"] += 3600.0
    played.run_until(actions.Say, text="This machine was asleep for about")
    assert played.of(actions.Halted)[-1].kind == "paused"
    assert played.conductor.now - before < 1.0, "the hour counted as session time"
    played.run(20)
    connection = open_database(journal)
    kept = [event for event in events_of(connection, 1) if isinstance(event, events.Noticed)]
    assert [(event.notice, event.lasted) for event in kept] == [("woken", 3600.0)]
    _, state = replay(connection, 1, played.conductor._engine)
    assert state == played.conductor.state and state.halted == "paused"
    played.hear("resume")
    played.run_until(actions.Ended, reason="finished")
    day = connection.execute("SELECT day FROM sittings").fetchone()[0]
    assert used(connection, "roll", day).today < 60.0


def test_a_nap_is_like_a_gap_in_the_sound(played, laptop):
    laptop["s"] += LEAST - 1.0
    played.run(2)
    laptop["s"] += LEAST - 1.0
    played.run(2)
    assert played.of(actions.Halted) == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs a clock that can be asked for")
def test_a_machine_that_is_awake_does_not_sleep():
    first = slept_so_far()
    assert 0.0 <= slept_so_far() - first < 1.0
    assert first >= -0.001
