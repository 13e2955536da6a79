"""A session on the text clock whose events are journalled as the conductor does it."""

from functools import cache
from pathlib import Path

from drive import Drive

from voice_guide.language.pack import load_language
from voice_guide.script.loader import parse_kept
from voice_guide.session import events
from voice_guide.session.engine import Engine
from voice_guide.store.kept import KeptScript
from voice_guide.store.store import Store

TEXT = """
format: 1
title: Back massage
needs: [oil]
scales:
  pressure: {levels: [light, medium, firm], start: medium}
areas: [back, neck]
before:
  - {ask: Is it red?, no: {}, yes: {}}
steps:
  - {name: Warm the oil, say: Warm the oil., until: ready}
  - name: The upper back
    area: back
    say: With {pressure} pressure glide.
    for: 10 min
    cues: [{at: 2 min, say: Slow hands.}]
  - {name: The neck, area: neck, say: The neck., for: 5 min}
  - name: Check
    ask: Too hard or fine?
    answers: {too hard: {turn: {pressure: down}}, fine: {}}
    silence: fine
replies:
  - {hear: more oil, say: Take your time., hold: until ready}
after:
  - {ask: How sore is it?, number: 0-10, save: soreness}
"""
SCRIPT = KeptScript("back", Path("/scripts/back.yaml"), "Back massage", TEXT, "back")


@cache
def engine_of(kept: KeptScript) -> Engine:
    script = parse_kept(kept.text, kept.path).script
    return Engine(script, load_language(script.language))


class Journalled(Drive):
    """A Drive whose every event goes to the journal first."""

    def __init__(self, journal, engine: Engine, state=None, opening=None, watch=None) -> None:
        self.journal = journal
        self.after_event = lambda: None
        if watch is not None:
            watch(self)
        super().__init__(engine, state, opening)

    def feed(self, event):
        self.journal.record(event)
        done = super().feed(event)
        self.journal.acted(self.state, done)
        self.after_event()
        return done


def begin(store: Store, kept: KeptScript = SCRIPT, watch=None) -> Journalled:
    return Journalled(store.begin(kept), engine_of(kept), watch=watch)


def go_on(store: Store, away: float | None = None, script="same", watch=None) -> Journalled:
    """Go on with the session that was broken off last."""
    kept = store.unfinished()
    assert kept is not None, "nothing to go on with"
    engine = engine_of(store.script_of(kept))
    reopened = store.reopen(kept, engine)
    opening = events.Continued(
        reopened.state.last_at, reopened.away if away is None else away, script
    )
    return Journalled(reopened.journal, engine, reopened.state, opening, watch)
