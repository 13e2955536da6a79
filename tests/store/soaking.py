"""Hours of sessions in the simulated room, with random commands and breaks, one after another."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from in_a_room import InARoom
from test_faults import resident_megabytes
from test_kills_in_the_room import TEXT, Humming, say_something

from voice_guide import keeping
from voice_guide.audio.format import BLOCK, RATE
from voice_guide.keeping import keep
from voice_guide.opening import open_session
from voice_guide.script.find import find_script
from voice_guide.session import actions, events
from voice_guide.settings import Settings
from voice_guide.store.reading import reading
from voice_guide.store.replay import replay
from voice_guide.store.store import Store

BREAKS_AFTER = (60.0, 900.0, 7200.0)
"""Seconds after which a sitting is broken off at the latest, if it has not ended by itself."""


@dataclass(frozen=True)
class Soaked:
    """What there is after a sitting, counted from the beginning."""

    seconds: float
    """Of session time."""
    sittings: int
    happened: int
    """Events that the sessions took."""
    kept: int
    """Events in the journal."""
    drift: float
    """Seconds: the most that a session's clock was away from the sound that its room played."""
    late: float
    """Seconds: the most that a timer fired after it was due."""
    as_replayed: bool
    """Whether replaying the journal gave the state that the session was in, each time."""
    megabytes: float
    """Of memory in use."""


class Timers:
    """Watches how late timers fire."""

    def __init__(self) -> None:
        self.late = 0.0
        self._due: dict[str, float] = {}

    def tell(self, at: float, what: object) -> None:
        if isinstance(what, actions.StartTimer):
            self._due[what.timer] = at + what.seconds
        elif isinstance(what, events.TimerFired):
            self.late = max(self.late, abs(at - self._due.pop(what.timer)))


def soak(hours: float, journal: Path, seed: int = 24) -> Iterator[Soaked]:
    """Yield what there is after each sitting, until the sessions have lasted so many hours."""
    script = journal.parent / "arms.yaml"
    script.parent.mkdir(parents=True, exist_ok=True)
    script.write_text(TEXT)
    scripts = [open_session(str(path), Settings()) for path in (script, find_script("pancakes"))]
    chance = random.Random(seed)
    passed, happened, sittings, drift, late, as_replayed = 0.0, 0, 0, 0.0, 0.0, True
    while passed < hours * 3600:
        opened = scripts[sittings % 2]
        with (
            patch.object(keeping, "Store", lambda: Store(journal)),
            keep(opened, Settings(), lambda line: None) as sitting,
        ):
            session, timers = InARoom(sitting, Humming(), record=False), Timers()
            session.conductor._watchers += (timers,)
            began = session.conductor.now
            breaks_off = began + chance.uniform(20, chance.choice(BREAKS_AFTER))
            while not session.conductor.state.ended and session.conductor.now < breaks_off:
                session.run(chance.uniform(0.2, 20.0))
                say_something(session, chance)
        lasted = session.conductor.now - began
        drift = max(drift, abs(lasted - session.room._index * BLOCK / RATE))
        late = max(late, timers.late)
        happened += len(session.of_events())
        passed += lasted
        sittings += 1
        with reading(journal) as kept:
            count = kept.execute("SELECT count(*) FROM events").fetchone()[0]
            state = replay(kept, sitting.journal.session, sitting.engine)[1]
        as_replayed = as_replayed and state == session.conductor.state
        megabytes = resident_megabytes()
        yield Soaked(passed, sittings, happened, count, drift, late, as_replayed, megabytes)
