"""What the journal costs: an event, a resume, a history.

Run: python -m benchmarks.journal

An event is written as in a session: committed, and at what people notice with the totals of the
session. Another thread syncs it to the disk meanwhile, and is not waited for. A bare write and
fsync of as many bytes, to a file in the same folder, stands beside it. These are medians.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from voice_guide.language.pack import load_language
from voice_guide.script.find import find_script
from voice_guide.script.loader import load_script
from voice_guide.session import actions, events
from voice_guide.session.engine import Engine
from voice_guide.store.history import history
from voice_guide.store.kept import KeptScript
from voice_guide.store.store import Store

EVENT_GOAL_MS, RESUME_GOAL_S, HISTORY_GOAL_S = 1.0, 1.0, 0.2


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="where to write; a temporary one if left out")
    with tempfile.TemporaryDirectory(dir=parser.parse_args().folder) as folder:
        path = find_script("back_massage")
        script = load_script(path).script
        engine = Engine(script, load_language(script.language))
        kept = KeptScript(
            "back_massage", path, script.title, path.read_text("utf-8"), "back_massage"
        )
        store = Store(Path(folder) / "journal.db")
        plain, noticed, bare = event_costs(store, engine, kept, Path(folder))
        resumed, replayed, computed = resume_cost(store, engine, kept, 100_000)
        listed, read = history_cost(store, kept, 10_000)
        store.close()
        size = (Path(folder) / "journal.db").stat().st_size / 1e6
    ms, goal = 1000.0, EVENT_GOAL_MS
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print("figure                                          measured    goal")
    print(f"an event, committed before its actions          {plain * ms:7.3f} ms  {goal} ms")
    print(f"  the same with the totals of the session       {noticed * ms:7.3f} ms  {goal} ms")
    print(f"  a bare write and fsync                        {bare * ms:7.3f} ms")
    print(f"resume of a journal of 100,000 events           {resumed:7.3f} s   {RESUME_GOAL_S} s")
    print(f"  the same without its snapshot                 {replayed:7.3f} s   {RESUME_GOAL_S} s")
    print(f"    of it at work on the processor              {computed:7.3f} s")
    print(f"history over 10,000 sessions                    {listed:7.3f} s   {HISTORY_GOAL_S} s")
    print(f"  of it at work on the processor                {read:7.3f} s")
    print(f"size of that journal                            {size:7.1f} MB")


def event_costs(
    store: Store, engine: Engine, kept: KeptScript, folder: Path, count: int = 1000
) -> tuple[float, float, float]:
    """Return the median seconds of an event, of one that is noticed, and of a bare fsync."""
    journal, state = store.begin(kept), engine.begin()
    plain, noticed, bare = [], [], []
    file = os.open(folder / "bare", os.O_CREAT | os.O_WRONLY, 0o600)
    for number in range(count):
        event = events.Heard(number / 10, "softer", "universal", "softer", 0.9, number / 10)
        began = time.perf_counter()
        journal.record(event)
        plain.append(time.perf_counter() - began)
        journal.acted(state, (actions.ScaleTurned("pressure", "light"),))
        noticed.append(time.perf_counter() - began)
        began = time.perf_counter()
        os.write(file, b"x" * 4096)
        os.fsync(file)
        bare.append(time.perf_counter() - began)
    os.close(file)
    return statistics.median(plain), statistics.median(noticed), statistics.median(bare)


def resume_cost(
    store: Store, engine: Engine, kept: KeptScript, count: int
) -> tuple[float, float, float]:
    """Return what it takes to open a session of ``count`` events.

    Seconds with its snapshot, without it, and the processor's part of the latter: what it would
    be if nothing else ran.
    """
    journal, state = store.begin(kept), engine.begin()
    connection = store._connection
    connection.execute("PRAGMA synchronous = OFF")
    happenings = (events.SpeechBegan, events.SpeechOver)
    for number in range(count):
        at = number / 5
        event: events.Event = happenings[number % 2](at)
        if number == 0:
            event = events.Began(at)
        elif number % 50 == 49:
            event = events.Heard(at, "pause" if number % 100 == 49 else "resume", "universal")
        journal.record(event)
        state = engine.follow(state, event)
        journal.acted(state, ())
    costs = []
    for sql in (None, "DELETE FROM snapshots"):
        if sql is not None:
            connection.execute(sql)
        began, computing = time.perf_counter(), time.process_time()
        unfinished = store.unfinished(name="back_massage")
        assert unfinished is not None
        opened = store.reopen(unfinished, engine)
        costs.append(time.perf_counter() - began)
        computed = time.process_time() - computing
        assert opened.state == state, "replay gives another state"
    return costs[0], costs[1], computed


def history_cost(store: Store, kept: KeptScript, count: int) -> tuple[float, float]:
    """Return the seconds to read a history of ``count`` sessions, and the processor's part."""
    for _ in range(count):
        store._connection.execute("PRAGMA synchronous = OFF")
        store.begin(kept)
    times, computed = [], []
    for _ in range(5):
        began, computing = time.perf_counter(), time.process_time()
        listed = history(store._connection)
        times.append(time.perf_counter() - began)
        computed.append(time.process_time() - computing)
    assert len(listed) >= count
    return statistics.median(times), statistics.median(computed)


if __name__ == "__main__":
    main()
