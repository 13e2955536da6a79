"""A disk that does not answer: nobody waits for it, least of all "stop"."""

import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from in_a_room import InARoom
from journalled import begin

from voice_guide import keeping
from voice_guide.keeping import keep
from voice_guide.opening import open_session
from voice_guide.session import actions
from voice_guide.settings import Settings
from voice_guide.store import syncing
from voice_guide.store.database import open_database
from voice_guide.store.replay import events_of, replay
from voice_guide.store.store import Store

TEXT = "{format: 1, title: Rest, steps: [{name: Rest, say: Sit down and rest now., for: 9 s}]}"


class StalledDisk:
    """An fsync that does not come back until it is let."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.let = threading.Event()
        self.callers: set[int] = set()

    def fsync(self, number: int) -> None:
        assert number > 0
        self.callers.add(threading.get_ident())
        self.reached.set()
        assert self.let.wait(60), "the session waits for the disk"


@pytest.fixture
def disk(monkeypatch):
    disk = StalledDisk()
    monkeypatch.setattr(syncing.os, "fsync", disk.fsync)
    yield disk
    disk.let.set()


def test_a_session_goes_on_while_the_disk_stalls_and_nothing_is_lost(journal, disk):
    store = Store(journal)
    session = begin(store)
    session.run(20)
    assert disk.reached.wait(60)
    session.hear("stop")
    assert session.told(actions.Halted)[-1].kind == "stopped"
    session.run(20)
    session.hear("resume")
    session.run(200)
    _, state = replay(open_database(journal), 1, session.engine)
    assert state == session.state, "what happened meanwhile is not in the file"
    disk.let.set()
    store.close()
    assert threading.get_ident() not in disk.callers


def test_the_sound_stops_before_the_stop_is_written_down(journal, tmp_path, monkeypatch):
    monkeypatch.setattr(keeping, "Store", lambda: Store(journal))
    script = tmp_path / "rest.yaml"
    script.write_text(TEXT)
    with keep(open_session(str(script), Settings()), Settings(), print) as sitting:
        session = InARoom(sitting)
        session.run_until(actions.Say, text="Sit down")
        session.run(0.5)
        sounded = []
        record = sitting.journal.record

        def slow(event):
            sounded.append(session.conductor._player.position)
            record(event)

        monkeypatch.setattr(sitting.journal, "record", slow)
        assert session.conductor._player.position is not None
        session.hear("stop")
        assert sounded[0] is None
        assert session.conductor.state.halted == "stopped"


def test_a_disk_that_fails_is_told_once(journal, monkeypatch):
    def fails(number: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(syncing.os, "fsync", fails)
    store = Store(journal)
    session = begin(store)
    reasons = []
    session.journal.on_trouble = reasons.append
    for _ in range(20):
        session.hear("softer")
    store.close()
    assert len(reasons) == 1 and "Input/output error" in reasons[0]
    assert len(list(events_of(open_database(journal), 1))) > 20


def test_the_log_of_a_very_long_session_does_not_grow_for_ever(journal, monkeypatch):
    monkeypatch.setattr(syncing, "LOG_AT_MOST", 400_000)
    store = Store(journal)
    session = begin(store)
    log = journal.with_name(journal.name + "-wal")
    sizes = []
    for _ in range(10):
        for _ in range(100):
            session.hear("what is that")
        store._syncer._bring()
        sizes.append(log.stat().st_size)
    assert max(sizes) < 2_500_000  # of 6 MB that were written
    assert journal.stat().st_size > 50_000
    _, state = replay(open_database(journal), 1, session.engine)
    assert state == session.state


_PLAYS = """
import os, sys
sys.path[:0] = sys.argv[2:]
from pathlib import Path
from journalled import begin
from voice_guide.store.store import Store
store = Store(Path(sys.argv[1]))
session = begin(store)
os.sched_yield()
for _ in range(300):
    session.hear("softer")
    session.hear("harder")
os.sched_yield()
print(os.getpid())
store.close()
"""


@pytest.mark.skipif(shutil.which("strace") is None, reason="not installed: strace")
def test_the_thread_that_plays_never_asks_the_disk_to_sync(journal, tmp_path):
    """Its system calls are watched, between two marks; SQLite's own ones included."""
    trace = tmp_path / "trace"
    calls = "trace=fsync,fdatasync,sched_yield"
    here = Path(__file__).parent
    command = ("strace", "-f", "-e", calls, "-o", trace, sys.executable, "-c", _PLAYS)
    places = (journal, here, here.parent / "session")
    child = subprocess.run(
        [*command, *places], capture_output=True, text=True, timeout=120, check=True
    )
    player = child.stdout.strip()
    lines = [line.split(None, 1) for line in trace.read_text().splitlines()]
    marks = [i for i, (who, call) in enumerate(lines) if who == player and "sched_yield" in call]
    during = lines[marks[0] + 1 : marks[-1]]
    synced = {who for who, call in during if "sync(" in call}
    assert synced, "nothing was synced"
    assert player not in synced
