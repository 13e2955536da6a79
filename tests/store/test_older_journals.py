"""A journal of the first version is replayed with the language as it is now.

``first_version.json`` holds what the first version of the program wrote: a script, the events of a
session that was broken off, and where it was in the end.
"""

import json
from dataclasses import replace
from pathlib import Path

from journalled import SCRIPT, engine_of, go_on

from voice_guide.session import actions
from voice_guide.store.codec import decode
from voice_guide.store.kept import KeptScript
from voice_guide.store.replay import replay
from voice_guide.store.store import Store

OLD = json.loads(Path(__file__).with_name("first_version.json").read_text("utf-8"))
KEPT: KeptScript = replace(SCRIPT, text=OLD["script"])


def written(path: Path) -> Store:
    """Return a journal in which the old session is."""
    store = Store(path)
    journal = store.begin(KEPT)
    for kind, values in OLD["events"]:
        journal.record(decode(kind, json.dumps(values)))
    return store


def test_its_events_lead_to_the_same_place(journal):
    store = written(journal)
    count, state = replay(store._connection, 1, engine_of(KEPT))
    assert count == len(OLD["events"])
    assert {name: getattr(state, name) for name in OLD["state"]} == OLD["state"]
    store.close()


def test_it_is_gone_on_with_to_its_end(journal):
    store = written(journal)
    session = go_on(store)
    session.run(8)
    session.hear("yes")
    session.run_until("How sore is it?")
    session.run(2)
    session.hear("three")
    session.run(60)
    assert session.told(actions.Ended) == [actions.Ended("finished")]
    assert session.state.answers == {"soreness": "3"}
    store.close()
