"""Every event is in the journal, and the state is what replaying them gives."""

import math
import sqlite3
import stat
from dataclasses import fields
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from journalled import SCRIPT, begin, engine_of, go_on
from test_properties import HAPPENINGS, happen

from voice_guide.errors import InputError, MachineError
from voice_guide.session import events
from voice_guide.store import schema
from voice_guide.store.codec import decode, encode
from voice_guide.store.database import open_database
from voice_guide.store.journal import SNAPSHOT_EVERY
from voice_guide.store.replay import events_of, replay
from voice_guide.store.store import Store


@given(st.one_of(*(st.from_type(kind) for kind in get_args(events.Event))))
def test_any_event_comes_back_from_its_json(event):
    back = decode(*encode(event))
    assert type(back) is type(event)
    for field in fields(event):
        one, other = getattr(event, field.name), getattr(back, field.name)
        assert one == other or (math.isnan(one) and math.isnan(other))


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(HAPPENINGS)
def test_the_state_is_what_replaying_the_journal_gives(tmp_path_factory, happenings):
    store = Store(tmp_path_factory.mktemp("journal") / "journal.db")
    session = begin(store)
    for kind, what in happenings:
        happen(session, kind, what)
    _, state = replay(store._connection, session.journal.session, engine_of(SCRIPT))
    assert state == session.state
    store.close()


def test_a_snapshot_is_the_state_that_replay_gives(journal):
    store = Store(journal)
    session = begin(store)
    for _ in range(600):
        session.hear("what is that")
        session.hear("softer")
        session.hear("back")
    saved = store._connection.execute("SELECT number FROM snapshots").fetchone()
    assert saved is not None and saved[0] > 1000
    quick = replay(store._connection, 1, engine_of(SCRIPT))
    store._connection.execute("DELETE FROM snapshots")
    assert replay(store._connection, 1, engine_of(SCRIPT)) == quick
    assert quick[1] == session.state


def test_a_session_broken_off_again_and_again_has_a_recent_snapshot(journal):
    """Each sitting is too short for a snapshot of its own, and none is closed properly."""
    begin(Store(journal)).journal._connection.close()
    for _ in range(4):
        journal.with_name("player.lock").unlink()  # as if the process had died
        store = Store(journal)
        session = go_on(store)
        session.hear("yes")
        while session.journal._events % (SNAPSHOT_EVERY - 100):
            session.hear("softer")
    events = store._connection.execute("SELECT count(*) FROM events").fetchone()[0]
    covered = store._connection.execute("SELECT number FROM snapshots").fetchone()[0]
    assert events > 3 * SNAPSHOT_EVERY - 400 and events - covered < SNAPSHOT_EVERY
    assert replay(store._connection, 1, engine_of(SCRIPT)) == (events, session.state)


def test_an_event_is_in_the_file_before_its_actions(journal):
    """Another process sees it while the first is still at work."""
    store = Store(journal)
    writing = store.begin(SCRIPT)
    writing.record(events.Began(0.0))
    other = open_database(journal)
    assert list(events_of(other, 1)) == [events.Began(0.0)]


def test_what_people_notice_is_synced_and_the_rest_only_committed(journal):
    from voice_guide.session import actions

    store, asked = Store(journal), []
    writing = store.begin(SCRIPT)
    writing._sync = lambda: asked.append("sync")
    store._connection.set_trace_callback(asked.append)
    state = engine_of(SCRIPT).begin()
    writing.record(events.SpeechBegan(1.0))
    writing.acted(state, (actions.CancelTimer("answer"),))
    assert asked[-1] == "COMMIT" and "sync" not in asked
    writing.record(events.Heard(1.0, "stop"))
    writing.acted(state, (actions.Halted("stopped"),))
    assert asked[-2:] == ["COMMIT", "sync"]


def test_nobody_else_can_read_the_journal(journal):
    session = begin(Store(journal))
    session.run(20)
    assert stat.S_IMODE(journal.parent.stat().st_mode) == 0o700
    for file in journal.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file


def test_a_journal_that_others_could_read_is_made_private(journal):
    Store(journal).close()
    journal.parent.chmod(0o755)
    journal.chmod(0o644)
    Store(journal).close()
    assert stat.S_IMODE(journal.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(journal.stat().st_mode) == 0o600


def test_two_players_do_not_share_a_journal(journal):
    first = Store(journal)
    with pytest.raises(MachineError, match="Another voice-guide is playing"):
        Store(journal)
    first.close()
    Store(journal).close()


def test_an_older_journal_is_brought_up_to_date(journal, monkeypatch):
    store = Store(journal)
    begin(store).run(20)
    store.close()
    later = (*schema.MIGRATIONS, "ALTER TABLE sessions ADD COLUMN mood TEXT DEFAULT 'calm'")
    monkeypatch.setattr(schema, "MIGRATIONS", later)
    connection = open_database(journal)
    assert schema.version_of(connection) == len(later)
    assert connection.execute("SELECT mood, title FROM sessions").fetchall() == [
        ("calm", "Back massage")
    ]


def test_a_migration_that_fails_changes_nothing(journal, monkeypatch):
    Store(journal).close()
    broken = (*schema.MIGRATIONS, "ALTER TABLE sessions ADD COLUMN mood TEXT; SELECT nonsense")
    monkeypatch.setattr(schema, "MIGRATIONS", broken)
    with pytest.raises(MachineError, match="nonsense"):
        open_database(journal)
    monkeypatch.undo()
    connection = open_database(journal)
    columns = [row[1] for row in connection.execute("PRAGMA table_info(sessions)")]
    assert "mood" not in columns


def test_a_journal_of_a_newer_program_is_left_alone(journal):
    Store(journal).close()
    connection = sqlite3.connect(journal)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = journal.read_bytes()
    with pytest.raises(InputError, match="newer voice-guide"):
        Store(journal)
    assert journal.read_bytes() == before


def test_sittings_of_a_session_are_kept_apart(journal):
    store = Store(journal)
    begin(store).run(30)
    store.close()
    store = Store(journal)
    session = go_on(store)
    session.hear("yes")
    session.run(30)
    session.hear("where are we")
    rows = store._connection.execute("SELECT from_s, to_s FROM sittings ORDER BY number").fetchall()
    assert len(rows) == 2
    (began, ended), (again_from, again_to) = rows
    assert began == 0.0 and ended == again_from == 12.375 and again_to > again_from
