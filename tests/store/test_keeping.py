"""Playing with a journal: what is offered, and what is said when there is none."""

import sqlite3

import pytest

from voice_guide import keeping, live
from voice_guide.cli.commands import INTERRUPTED
from voice_guide.cli.play import play_kept
from voice_guide.errors import InputError, MachineError
from voice_guide.keeping import keep, keep_last
from voice_guide.opening import open_session
from voice_guide.session import events
from voice_guide.settings import Settings
from voice_guide.sitting import Sitting
from voice_guide.store import clock
from voice_guide.store.store import Store

TEXT = """
format: 1
title: Short
steps:
  - {name: Rest, say: Sit down and rest., for: 60 s}
  - {name: Breathe, say: Breathe in and out., for: 60 s}
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A journal of the test's own."""
    path = tmp_path / "data" / "journal.db"
    monkeypatch.setattr(keeping, "Store", lambda: Store(path))
    return path


@pytest.fixture
def script(tmp_path):
    path = tmp_path / "short.yaml"
    path.write_text(TEXT)
    return path


def play_a_little(sitting: Sitting) -> None:
    """Play up to the second step, and break off."""
    state = sitting.opening.state
    happened = [sitting.opening.event]
    happened += [events.NarrationFinished(5.0, 1), events.TimerFired(6.0, "wait")]
    happened += [events.NarrationFinished(10.0, 2), events.TimerFired(70.0, "wait")]
    for event in happened:
        sitting.journal.record(event)
        state, done = sitting.engine.step(state, event)
        sitting.journal.acted(state, done)


def sit(script, told):
    return keep(open_session(str(script), Settings()), Settings(), told.append)


def test_a_session_that_was_broken_off_is_offered_again(home, script):
    told = []
    with sit(script, told) as sitting:
        assert isinstance(sitting.opening.event, events.Began)
        play_a_little(sitting)
        left = sitting.engine
    with sit(script, told) as sitting:
        event = sitting.opening.event
        assert isinstance(event, events.Continued)
        assert event.at == 70.0 and event.script == "same" and 0 <= event.away < 60
        assert sitting.opening.state.position == 2
        anew = sitting.anew()
        assert isinstance(anew.opening.event, events.Began)
    assert told == [] and left is not None


def test_another_script_is_not_offered_it(home, script, tmp_path):
    with sit(script, []) as sitting:
        play_a_little(sitting)
    other = tmp_path / "elsewhere" / "short.yaml"
    other.parent.mkdir()
    other.write_text(TEXT)
    with sit(other, []) as sitting:
        assert isinstance(sitting.opening.event, events.Began)


def test_a_script_that_was_changed_goes_on_as_it_was(home, script):
    with sit(script, []) as sitting:
        play_a_little(sitting)
    script.write_text(TEXT.replace("Breathe in and out.", "Something new."))
    with sit(script, []) as sitting:
        assert sitting.opening.event.script == "changed"
        assert "Breathe in and out." in sitting.engine.texts(sitting.opening.state)
        assert "Something new." in sitting.anew().engine.texts(sitting.engine.begin())


def test_resume_goes_on_though_the_script_is_gone(home, script):
    with sit(script, []) as sitting:
        play_a_little(sitting)
    script.unlink()
    for name in (None, "short", str(script)):
        with keep_last(name, Settings(), print) as sitting:
            assert sitting.opening.event.script == "missing"
            assert sitting.opening.state.position == 2


def test_what_a_script_includes_is_kept_with_it(home, tmp_path):
    script, part = tmp_path / "whole.yaml", tmp_path / "part.yaml"
    part.write_text(TEXT.replace("title", "part"))
    script.write_text("format: 1\ntitle: Whole\nsteps: [{include: part.yaml}]\n")
    with sit(script, []) as sitting:
        play_a_little(sitting)
    with sit(script, []) as sitting:
        assert sitting.opening.event.script == "same"
    part.write_text(TEXT.replace("title", "part").replace("in and out", "out and in"))
    with sit(script, []) as sitting:
        assert sitting.opening.event.script == "changed"
        assert "Breathe in and out." in sitting.engine.texts(sitting.opening.state)
    part.unlink()
    with keep_last("whole", Settings(), print) as sitting:
        assert sitting.opening.event.script == "changed"
        assert sitting.opening.state.position == 2


def test_a_script_behind_a_link_includes_from_its_own_folder(home, tmp_path):
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "part.yaml").write_text(TEXT.replace("title", "part"))
    script = tmp_path / "own" / "whole.yaml"
    script.write_text("format: 1\ntitle: Whole\nsteps: [{include: part.yaml}]\n")
    link = tmp_path / "link.yaml"
    link.symlink_to(script)
    with sit(link, []) as sitting:
        play_a_little(sitting)
    with sit(link, []) as sitting:
        assert sitting.opening.event.script == "same"


def test_resume_says_that_nothing_was_broken_off(home):
    with pytest.raises(InputError, match='No session of "back" was broken off'):
        keep_last("back", Settings(), print).__enter__()


def test_a_second_player_is_sent_away(home, script):
    with sit(script, []), pytest.raises(MachineError, match="Another voice-guide is playing"):
        sit(script, []).__enter__()


def test_without_a_folder_it_plays_and_says_that_it_keeps_nothing(home, script):
    home.parent.write_text("a file is in the way")
    told = []
    with sit(script, told) as sitting:
        assert sitting.journal is None
        conductor = sitting.conductor(None, None, None, ())
        first = conductor._news[0](0.0)
        assert first == events.Noticed(0.0, "journal unavailable")
    assert "can be played, but not be picked up" in told[0]


def test_a_journal_of_a_newer_program_does_not_keep_one_from_playing(home, script):
    with sit(script, []):
        pass
    connection = sqlite3.connect(home)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    told = []
    with sit(script, told) as sitting:
        assert sitting.journal is None
    assert "newer voice-guide" in told[0]


def test_what_the_narrator_says_when_the_journal_is_lost(script):
    engine = open_session(str(script), Settings()).engine
    for notice in ("journal lost", "journal unavailable"):
        state, _ = engine.step(engine.begin(), events.Began(0.0))
        _, done = engine.step(state, events.Noticed(1.0, notice))
        assert any("take no notes" in getattr(action, "text", "") for action in done)


def test_what_was_played_today_is_told_to_the_next_session(home, script, monkeypatch):
    days = ["2031-05-06", "2031-05-08", "2031-05-08", "2031-05-01"]
    began = []
    for day in days:
        moment = clock.Moment(2e9, f"{day}T23:00:00+02:00")
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        with sit(script, []) as sitting:
            sitting_anew = sitting.anew()
            began.append(sitting_anew.opening.event)
            play_a_little(sitting_anew)
    assert [(event.used_today, event.days_since) for event in began] == [
        (0.0, None),
        (0.0, 2),
        (64.0, 0),
        (0.0, None),
    ]


def test_scripts_that_share_their_limits_are_counted_together(home, tmp_path):
    def written(name: str, limits: str) -> str:
        path = tmp_path / f"{name}.yaml"
        path.write_text(f"{TEXT}limits: {{per_day: 5 min{limits}}}\n")
        return str(path)

    wall, floor = written("wall", ", shared: ball"), written("floor", ", shared: ball")
    alone = written("ball", "")
    with sit(wall, []) as sitting:
        play_a_little(sitting)
    used = {}
    for script in (floor, alone):
        with sit(script, []) as sitting:
            used[script] = sitting.opening.event.used_today
    assert used == {floor: 64.0, alone: 0.0}
    with sit(wall, []) as sitting:
        assert isinstance(sitting.opening.event, events.Continued)
        assert sitting.opening.event.used_today == 64.0


def test_a_session_goes_on_with_its_parts_as_they_were(home, script, tmp_path):
    part = tmp_path / "rest.yaml"
    part.write_text("format: 1\npart: rest\nsteps: [{name: Rest, say: Sit down., for: 60 s}]\n")
    script.write_text(TEXT.replace("steps:", "steps:\n  - include: rest.yaml"))
    with sit(script, []) as sitting:
        play_a_little(sitting)
    part.write_text(part.read_text().replace("Sit down.", "Lie down."))
    with sit(script, []) as sitting:
        assert sitting.opening.event.script == "changed"
        assert sitting.engine.setting.script.steps[0].say == "Sit down."
    part.unlink()
    with keep_last(None, Settings(), lambda _: None) as sitting:
        assert sitting.opening.event.script == "changed"
        assert sitting.engine.setting.script.steps[0].say == "Sit down."


@pytest.mark.parametrize("kept", [True, False])
def test_it_is_told_to_resume_only_where_that_will_work(home, script, monkeypatch, capsys, kept):
    def broken_off(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(live, "play_live", broken_off)
    if not kept:
        home.parent.write_text("a file in the place of the folder")
    with pytest.raises(SystemExit) as left:
        play_kept(sit(script, []), Settings(), as_json=True)
    assert left.value.code == INTERRUPTED
    assert ("voice-guide resume" in capsys.readouterr().err) is kept
