"""How fast the dialogue is, and whether a long session takes more and more memory.

Run: python -m benchmarks.engine

The events are those of a whole back massage with a person who speaks now and then, played in text
once; the engine then takes them again and again. The session of eight hours is one script that
goes round and round, with a person who keeps talking to it.
"""

import argparse
import itertools
import os
import pickle
import statistics
import sys
import time
import tracemalloc
from collections.abc import Iterator

from voice_guide.language.pack import load_language
from voice_guide.rehearsal.cues import parse_cue
from voice_guide.rehearsal.text import TextSession
from voice_guide.rehearsal.text_stage import TextStage
from voice_guide.script.find import find_script
from voice_guide.script.loader import load_script
from voice_guide.session import actions, events
from voice_guide.session.engine import Engine

GOAL = 50_000
"""Events a second of one core's time."""

HOURS = 8
SAYS = (
    *("60s: no", "200s: too hard", "230s: how long is left", "260s: stop", "270s: resume"),
    *("300s: more lotion", "330s: ready", "400s: repeat", "430s: the weather is fine"),
    *("500s: her left shoulder hurts", "560s: undo", "620s: slower", "700s: where are we"),
    *("760s: two more minutes", "900s: pause", "930s: resume", "1000s: softer and louder"),
)
TALK = (
    *("too hard", "how long is left", "more lotion", "ready", "what a day", "repeat", "harder"),
    *("stop", "resume", "slower", "my neck hurts", "undo", "faster", "where are we", "pause"),
    *("carry on", "louder", "quieter", "next", "back", "what can I say", "end the session", "no"),
)
"""What somebody says in the long session, in turns."""


class Kept:
    """Keeps the events of a session."""

    def __init__(self) -> None:
        self.events: list[events.Event] = []

    def tell(self, at: float, what: events.Event | actions.Action) -> None:
        """Keep an event."""
        del at
        if isinstance(what, events.Event):
            self.events.append(what)


def massage() -> tuple[Engine, list[events.Event]]:
    """Return the engine of the back massage, and the events of one session of it."""
    script = load_script(find_script("back_massage")).script
    engine = Engine(script, load_language(script.language))
    kept = Kept()
    TextStage(engine, [parse_cue(said) for said in SAYS], watchers=[kept]).play()
    return engine, kept.events


def per_second(engine: Engine, happened: list[events.Event], seconds: float) -> list[float]:
    """Return the events a second of several rounds, by the processor's time."""
    figures: list[float] = []
    end = time.perf_counter() + seconds
    while len(figures) < 5 or time.perf_counter() < end:
        state = engine.begin()
        began = time.process_time()
        for event in happened:
            state, _ = engine.step(state, event)
        figures.append(len(happened) / (time.process_time() - began))
        assert state.ended
    return figures


def long_session() -> Iterator[tuple[float, int, float, int]]:
    """Yield, each hour: hours, events so far, MB in use, bytes of the state."""
    script = load_script(find_script("back_massage")).script
    steps = [step.model_copy(update={"repeat": 30}) for step in script.steps if not step.until]
    round_and_round = {"steps": tuple(steps), "before": (), "needs": ()}
    kept = Kept()
    engine = Engine(script.model_copy(update=round_and_round), load_language("en"))
    session = TextSession(engine, [kept])
    tracemalloc.start()
    session.begin()
    count = hours = 0
    for words in itertools.cycle(TALK):
        if hours == HOURS:
            break
        session.run(20)
        session.speak(words)
        session.run(5)
        count += len(kept.events)
        kept.events.clear()
        if session.state.ended:
            break
        if session.now >= 3600 * (hours + 1):
            hours += 1
            used = tracemalloc.get_traced_memory()[0] / 1e6
            yield session.now / 3600, count, used, len(pickle.dumps(session.state))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0, help="how long to measure speed")
    seconds = parser.parse_args().seconds
    engine, happened = massage()
    figures = per_second(engine, happened, seconds)
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores")
    print(f"a session of the back massage: {len(happened)} events")
    print(f"events a second, median        {statistics.median(figures):9,.0f}   goal {GOAL:,}")
    print(f"events a second, best          {max(figures):9,.0f}")
    print(f"one session of {HOURS} hours:   hours  events  memory in use  state")
    for hours, count, used, size in long_session():
        print(f"                          {hours:6.1f} {count:7,} {used:9.2f} MB {size:8,} bytes")


if __name__ == "__main__":
    main()
