"""Sound is stored only where --record asks for it; that is said aloud, and it can be erased."""

import json
import resource
import stat
import sys

import numpy as np
import pytest
import soundfile
from click.testing import CliRunner
from in_a_room import InARoom

from voice_guide import keeping
from voice_guide.audio.format import RATE
from voice_guide.cli import main
from voice_guide.errors import MachineError
from voice_guide.keeping import keep, keep_last
from voice_guide.opening import open_session
from voice_guide.session import actions, events
from voice_guide.settings import Settings
from voice_guide.store import erasing, place, reading, recording, schema
from voice_guide.store.database import open_database
from voice_guide.store.store import Store

TEXT = "{format: 1, title: Rest, steps: [{name: Rest, say: Sit down and rest now., for: 30 s}]}"


@pytest.fixture(autouse=True)
def home(journal, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(keeping, "Store", lambda: Store(journal))
    for module in (place, reading, erasing):
        monkeypatch.setattr(module, "journal_path", lambda: journal)
    return journal.parent


@pytest.fixture
def script(tmp_path):
    path = tmp_path / "rest.yaml"
    path.write_text(TEXT)
    return path


def sit(script, *, record, told=None):
    tell = print if told is None else told.append
    return keep(open_session(str(script), Settings()), Settings(), tell, record=record)


def run(*arguments: str):
    return CliRunner().invoke(main, list(arguments))


def files_of(home):
    return sorted(file.name for file in home.rglob("*") if file.is_file())


def test_no_sound_is_stored_unless_it_was_asked_for(script, home):
    with sit(script, record=False) as sitting:
        InARoom(sitting).run(12)
    assert files_of(home) == ["journal.db", "player.lock"]


def test_it_is_said_first_then_told_and_the_file_is_private_and_right(script, home):
    told = []
    with sit(script, record=True, told=told) as sitting:
        path = sitting.recording.path
        session = InARoom(sitting)
        session.run(12)
    assert "is recorded" in session.of(actions.Say)[1].text, "not before the first words are over"
    assert session.of(events.Noticed)[0].notice == "recording"
    assert str(path) in told[0] and "voice-guide forget 1" in told[0]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    sound, rate = soundfile.read(path, dtype="float32")
    played, heard = session.room.recording()
    assert rate == RATE and len(sound) == len(played) == 12 * RATE
    assert np.abs(sound[:, 0] - played).max() < 1e-3 and np.abs(played).max() > 0.05
    assert np.abs(sound[:, 1] - heard).max() < 1e-3


def test_what_was_recorded_is_there_though_the_player_is_killed(script, tmp_path):
    with sit(script, record=True) as sitting:
        session = InARoom(sitting)
        session.run(5)
        while not sitting.recording._blocks.empty():
            session.run(0.1)
        left = tmp_path / "left.wav"
        left.write_bytes(sitting.recording.path.read_bytes())
        sound, _ = soundfile.read(left)
        assert len(sound) > 4 * RATE and np.abs(sound).max() > 0.05


def test_each_sitting_has_a_file_and_all_are_listed_and_forgotten(script, home):
    with sit(script, record=True) as sitting:
        InARoom(sitting).run(8)
    with keep_last("rest", Settings(), print, record=True) as sitting:
        InARoom(sitting).run(4)
    with sit(script, record=False) as sitting:
        other = sitting.anew()
        InARoom(other).run(4)
    names = [name for name in files_of(home) if name.endswith(".wav")]
    assert [name[:4] for name in names] == ["1-1-", "1-2-"]
    row = json.loads(run("history", "--json").output.splitlines()[0])
    assert row["recordings"] == names
    exported = json.loads(run("export").output)["sessions"]
    assert [one["recordings"] for one in exported] == [names, []]
    assert run("forget", "2", "--yes").exit_code == 0
    assert set(names) < set(files_of(home))
    assert run("forget", "1", "--yes").exit_code == 0
    assert not set(names) & set(files_of(home))


def test_forget_all_takes_the_recordings_too(script, home):
    with sit(script, record=True) as sitting:
        InARoom(sitting).run(2)
    assert run("forget", "--all", "--yes").exit_code == 0
    assert files_of(home) == ["player.lock"]


def test_starting_over_records_into_a_file_of_its_own(script, home):
    with sit(script, record=True) as sitting:
        first = sitting.recording.path
        InARoom(sitting).run(2)
        second = sitting.anew()
        InARoom(second).run(3)
        assert second.recording.path != first
    lengths = [len(soundfile.read(file)[0]) / RATE for file in (first, second.recording.path)]
    assert lengths == [2.0, 3.0]


@pytest.mark.skipif(sys.platform == "win32", reason="no file sizes can be limited")
def test_a_disk_that_is_full_ends_the_recording_and_not_the_session(script):
    told = []
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        with sit(script, record=True, told=told) as sitting:
            session = InARoom(sitting)
            resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, before[1]))
            session.run_until(actions.Say, text="The recording ends here")
            session.run_until(actions.Ended, reason="finished")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert "The recording ends here: File too large. The session goes on." in told
    sound, _ = soundfile.read(sitting.recording.path)
    assert 4 * RATE < len(sound) < 8 * RATE


def test_it_leaves_room_on_the_disk(script, monkeypatch):
    with sit(script, record=True) as sitting:
        session = InARoom(sitting)
        monkeypatch.setattr(recording, "KEEP_FREE", 1 << 62)
        session.run_until(actions.Say, text="The recording ends here")
    with (
        pytest.raises(MachineError, match=r"Nothing can be recorded: the disk has less than"),
        sit(script, record=True),
    ):
        pass


def test_without_a_journal_nothing_is_recorded_as_nothing_would_erase_it(script, home):
    home.parent.mkdir(exist_ok=True)
    home.write_text("a file is in the way")
    with pytest.raises(MachineError, match="Play without --record"), sit(script, record=True):
        pass


def test_a_recording_that_cannot_be_begun_anew_is_told_and_the_session_begins(
    script, home, monkeypatch
):
    told = []
    with sit(script, record=True, told=told) as sitting:
        InARoom(sitting).run(1)
        monkeypatch.setattr(recording, "KEEP_FREE", 1 << 62)
        anew = sitting.anew()
        assert anew.recording is None
        InARoom(anew).run_until(actions.Say, text="The recording ends here")
    assert any("Nothing is recorded: the disk has less" in line for line in told)


def test_a_journal_from_before_recordings_gets_their_column(journal, monkeypatch):
    monkeypatch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:1])
    old = open_database(make(journal))
    old.execute("INSERT INTO scripts VALUES ('d', 'text')")
    old.execute(
        "INSERT INTO sessions (script, path, title, digest, version)"
        " VALUES ('rest', '/rest.yaml', 'Rest', 'd', '0')"
    )
    old.execute(
        "INSERT INTO sittings (session, number, began, day, last, from_s, to_s)"
        " VALUES (1, 1, '2031-05-06T10:00:00+02:00', '2031-05-06', 1, 0, 60)"
    )
    old.close()
    monkeypatch.undo()
    monkeypatch.setattr(reading, "journal_path", lambda: journal)
    row = json.loads(run("history", "--json").output)
    assert row["script"] == "rest" and row["recordings"] == []


def make(journal):
    place.make_private(journal)
    return journal


def test_a_rehearsal_of_a_recorded_session_says_so_and_does_not_answer_itself(script, tmp_path):
    out = tmp_path / "room.wav"
    out.write_text("an older one")
    out.chmod(0o644)
    result = run(*("rehearse", str(script), "--record", "--only-cues", "--out", str(out), "--json"))
    assert result.exit_code == 0, result.output
    told = [json.loads(line) for line in result.output.splitlines() if line.startswith("{")]
    assert [one["notice"] for one in told if one["event"] == "noticed"] == ["recording"]
    assert any("is recorded" in one.get("text", "") for one in told if one["event"] == "say")
    assert not any(one["event"] == "heard" for one in told)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert run("rehearse", str(script), "--record", "--no-recording").exit_code == 2
