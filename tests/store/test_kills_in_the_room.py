"""Killed at any moment in the simulated room: the real conductor, player, device and journal.

The narrator hums, as the threads of a real one do not outlive a fork.
"""

import os
import random
import signal
import sys
import time
import traceback

import numpy as np
import pytest
from in_a_room import InARoom
from test_faults import KILLS, Notebook

from voice_guide import keeping
from voice_guide.audio.format import RATE
from voice_guide.keeping import keep
from voice_guide.opening import Opened, open_session
from voice_guide.session import actions, events
from voice_guide.session.resuming import can_continue
from voice_guide.settings import Settings
from voice_guide.sitting import Sitting
from voice_guide.speech.narration import Narration
from voice_guide.store.codec import decode
from voice_guide.store.replay import replay
from voice_guide.store.store import Store

TEXT = """
format: 1
title: Arms
scales: {pressure: {levels: [light, medium, firm], start: medium}}
areas: [left arm, right arm]
before: [{ask: Is the skin red?, yes: {end: Not today.}, no: }]
steps:
  - {name: The left arm, area: left arm, say: Stroke down the left arm., for: 40 s}
  - {name: The right arm, area: right arm, say: Stroke down the right arm., for: 40 s}
after: [{ask: How sore is it?, number: 0-10, save: soreness}]
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and signals")


class Humming:
    """A narrator that hums as long as it would speak."""

    def render(self, text: str) -> Narration:
        length = max(1, len(text.split())) * RATE // 3
        hum = 0.1 * np.sin(np.arange(length) * (2 * np.pi * 110 / RATE))
        return Narration(text, hum.astype(np.float32), ())

    def prepare(self, texts) -> None:
        pass

    def paced(self, factor: float) -> "Humming":
        del factor
        return self


def lead(session: InARoom, chance: random.Random) -> None:
    """Let somebody say something now and then, until the session is over."""
    while not session.conductor.state.ended:
        session.run(chance.uniform(0.2, 3.0))
        say_something(session, chance)


def say_something(session: InARoom, chance: random.Random) -> None:
    """Let somebody answer, or say anything else, or nothing."""
    phrases = session.conductor._engine.phrases(session.conductor.state)
    answers = [phrase for phrase in phrases if phrase.scope == "question"]
    if answers and chance.random() < 0.6:
        phrase = chance.choice(answers)
    elif chance.random() < 0.5:
        phrase = chance.choice([phrase for phrase in phrases if phrase.intent != "end"])
    else:
        return
    session.hear(phrase.intent, phrase.scope, phrase.slots)


def play_until_killed(opened: Opened, notebook: Notebook, seed: int) -> None:
    chance = random.Random(seed)
    while True:
        with keep(opened, Settings(), lambda line: None) as sitting:
            watch(sitting, notebook)
            lead(InARoom(sitting, Humming()), chance)


def watch(sitting: Sitting, notebook: Notebook) -> None:
    """Write down each event before it is journalled, and that its actions have begun."""
    notebook.write_down(sitting.journal)
    acted = sitting.journal.acted

    def done(state, actions):
        acted(state, actions)
        notebook.done()

    sitting.journal.acted = done


def test_killed_at_any_moment_it_loses_at_most_the_event_in_flight(journal, tmp_path, monkeypatch):
    monkeypatch.setattr(keeping, "Store", lambda: Store(journal))
    script = tmp_path / "arms.yaml"
    script.write_text(TEXT)
    opened = open_session(str(script), Settings())
    chance = random.Random(11)
    notebook = Notebook(tmp_path / "notebook")
    Store(journal).close()
    before = amid = in_flight = gone_on = 0
    for kill in range(KILLS):
        child = os.fork()
        if child == 0:
            try:
                play_until_killed(opened, notebook, kill)
            except BaseException:
                (tmp_path / "why").write_text(traceback.format_exc())
            finally:
                os._exit(1)
        notebook.wait_for(chance.randrange(1, 12))
        time.sleep(chance.uniform(0.0, 0.02))
        os.kill(child, signal.SIGKILL)
        ended = os.waitpid(child, 0)[1]
        assert ended == signal.SIGKILL, (tmp_path / "why").read_text()
        told, done = notebook.read()
        store = Store(journal)
        assert store.told is None, "a kill has damaged the journal"
        rows = store._connection.execute(
            "SELECT kind, data FROM events ORDER BY session, number LIMIT -1 OFFSET ?", (before,)
        )
        kept = [decode(*row) for row in rows]
        assert kept == told[: len(kept)], "other events than those that happened"
        assert done <= len(kept) and len(told) - len(kept) <= 1
        before += len(kept)
        in_flight += len(told) - done
        gone_on += any(isinstance(event, events.Continued) for event in kept)
        last = store.unfinished()
        if last is not None:
            amid += can_continue(replay(store._connection, last.number, opened.engine)[1])
        store.close()
    assert in_flight > 0, "no kill was in the middle of an event"
    assert amid > KILLS / 2 and gone_on > KILLS / 4, (amid, gone_on)
    with keep(opened, Settings(), print) as sitting:
        session = InARoom(sitting, Humming())
        session.run_until(actions.Say)
