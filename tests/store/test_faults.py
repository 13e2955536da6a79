"""Kills, full disks, damaged files, clocks that are set: nothing is lost and all is said."""

import os
import random
import resource
import signal
import sys
import time
import traceback
from dataclasses import replace
from pathlib import Path

import pytest
from journalled import Journalled, begin, engine_of, go_on
from test_properties import SAID

from voice_guide.session.resuming import can_continue
from voice_guide.store import clock
from voice_guide.store.codec import decode, encode
from voice_guide.store.place import DAMAGED
from voice_guide.store.replay import replay
from voice_guide.store.store import Store

KILLS = 200

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and signals")


def live_on(session: Journalled, chance: random.Random) -> None:
    """Let something happen: somebody speaks, or time passes."""
    if chance.random() < 0.5:
        phrases = session.engine.phrases(session.state)
        session.hear(chance.choice((*SAID, *(p.text for p in phrases if p.scope == "question"))))
    else:
        session.run(chance.uniform(0.1, 120))


def begin_or_go_on(store: Store, **options) -> Journalled:
    if store.unfinished() is None:
        return begin(store, **options)
    session = go_on(store, **options)
    session.hear("yes")
    return session


class Notebook:
    """A file that says what a session was about to do, and what it has done.

    What a process has written to a file outlives its death.
    """

    def __init__(self, path) -> None:
        self.path = path

    def watch(self, session: Journalled) -> None:
        """Write down each event of a session before it is journalled, and after its actions."""
        self.write_down(session.journal)
        session.after_event = self.done

    def write_down(self, journal) -> None:
        """Write down each event before it is journalled."""
        self.file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        record = journal.record

        def about_to(event):
            os.write(self.file, (" ".join(encode(event)) + "\n").encode())
            record(event)

        journal.record = about_to

    def done(self) -> None:
        """Write down that the actions of the last event have begun."""
        os.write(self.file, b"done\n")

    def wait_for(self, count: int) -> None:
        """Wait until so many events were written down, or for ten seconds."""
        begun = time.monotonic()
        while time.monotonic() < begun + 10:
            if self.path.exists() and self.path.read_bytes().count(b"\n") >= count:
                return
            time.sleep(0.0005)

    def read(self) -> tuple[list, int]:
        """Return the events of a player, and how many were done. Then the page is empty."""
        lines = self.path.read_text().splitlines() if self.path.exists() else []
        self.path.unlink(missing_ok=True)
        return [decode(*line.split(" ", 1)) for line in lines if line != "done"], lines.count(
            "done"
        )


def play_until_killed(journal, notebook: Notebook, seed: int) -> None:
    chance = random.Random(seed)
    store = Store(journal)
    while True:
        session = begin_or_go_on(store, watch=notebook.watch)
        while not session.state.ended:
            live_on(session, chance)


@posix_only
def test_killed_at_any_moment_it_loses_at_most_the_event_in_flight(journal, tmp_path):
    """One journal, whose player is killed 200 times at a random moment."""
    chance = random.Random(7)
    notebook = Notebook(tmp_path / "notebook")
    Store(journal).close()
    kept_before = in_flight = amid = 0
    for kill in range(KILLS):
        child = os.fork()
        if child == 0:
            try:
                play_until_killed(journal, notebook, kill)
            except BaseException:
                (tmp_path / "why").write_text(traceback.format_exc())
            finally:
                os._exit(1)
        notebook.wait_for(chance.randrange(1, 20))  # events, as a busy machine has its own pace
        time.sleep(chance.uniform(0.0, 0.003))
        os.kill(child, signal.SIGKILL)
        ended = os.waitpid(child, 0)[1]
        assert ended == signal.SIGKILL, (tmp_path / "why").read_text()
        store = Store(journal)
        assert store.told is None, "a kill has damaged the journal"
        told, done = notebook.read()
        rows = store._connection.execute(
            "SELECT kind, data FROM events ORDER BY session, number LIMIT -1 OFFSET ?",
            (kept_before,),
        )
        kept = [decode(*row) for row in rows]
        assert kept == told[: len(kept)], "other events than those that happened"
        assert len(kept) >= done, "an event that was done is lost"
        assert len(told) - len(kept) <= 1, "more than the event in flight is lost"
        in_flight += len(told) - done
        kept_before += len(kept)
        last = store.unfinished()
        if last is not None:
            _, state = replay(store._connection, last.number, engine_of(store.script_of(last)))
            amid += can_continue(state)  # not when it was killed while it said goodbye
        store.close()
    assert amid > KILLS / 2, f"only {amid} kills were in the middle of a session, {kept_before}"
    assert kept_before > KILLS
    assert in_flight > 0, "no kill was in the middle of an event"


def test_a_disk_that_is_full_does_not_end_the_session_and_loses_nothing(journal):
    """No file may grow, as on a full disk; later it may again."""
    store = Store(journal)
    session = begin(store)
    reasons = []
    session.journal.on_trouble = reasons.append
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = max(file.stat().st_size for file in journal.parent.iterdir())
    chance = random.Random(1)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
        for _ in range(60):
            live_on(session, chance)
        assert len(reasons) == 1 and not session.journal.complete
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    store.close()
    store = Store(journal)
    _, state = replay(store._connection, 1, session.engine)
    assert state == session.state


def test_a_disk_with_room_again_is_used_again(journal):
    store = Store(journal)
    session = begin(store)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    size = max(file.stat().st_size for file in journal.parent.iterdir())
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
        session.run(5)
        session.hear("softer")
        assert not session.journal.complete
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    session.run(30)
    session.hear("softer")
    assert session.journal.complete
    assert replay(store._connection, 1, session.engine)[1] == session.state


@pytest.mark.parametrize("where", ["head", "middle", "everything"])
def test_a_damaged_journal_is_kept_aside_and_a_new_one_begins(journal, where):
    store = Store(journal)
    session = begin(store)
    for _ in range(300):
        session.hear("softer")
    store._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    data = bytearray(journal.read_bytes())
    if where == "head":
        data[:64] = b"x" * 64
    elif where == "middle":
        data[4096 * 2 : 4096 * 8] = os.urandom(4096 * 6)
    else:
        data = bytearray(b"this is no database")
    journal.write_bytes(data)
    store = Store(journal)
    aside = next(journal.parent.glob(f"{DAMAGED}*.db"))
    assert aside.read_bytes() == data
    assert str(aside) in store.told and "new one has begun" in store.told
    assert store.unfinished() is None
    begin(store).run(10)


def test_a_clock_that_was_set_back_makes_no_negative_times(journal, monkeypatch):
    store = Store(journal)
    begin(store).run(30)
    past = replace(clock.now(), epoch=0.0, local="1970-01-01T00:00:00+00:00")
    monkeypatch.setattr(clock, "now", lambda: past)
    kept = store.unfinished()
    assert store.reopen(kept, engine_of(store.script_of(kept))).away == 0.0


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_day_of_sessions_keeps_everything_in_flat_memory(journal):
    """24 hours of session time with random commands, a pause of the process now and then."""
    chance = random.Random(24)
    store = Store(journal)
    store._connection.execute("PRAGMA cache_size = -256")
    hours, sizes, passed, events = 24, [], 0.0, 0
    session = begin(store)
    while passed < hours * 3600:
        before = session.now
        live_on(session, chance)
        passed += session.now - before
        session.log.clear()
        if session.state.ended or chance.random() < 0.01:
            events += check_nothing_lost(store, session)
            store.close()
            store = Store(journal)
            session = begin_or_go_on(store)
            sizes.append((passed, resident_megabytes()))
    early = max(size for at, size in sizes if at < hours * 3600 / 4)
    assert max(size for _, size in sizes) < early + 8
    assert events > 2000


def check_nothing_lost(store: Store, session: Journalled) -> int:
    count, state = replay(store._connection, session.journal.session, session.engine)
    assert state == session.state
    return count


def resident_megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGESIZE") / 1e6
