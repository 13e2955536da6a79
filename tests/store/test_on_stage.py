"""Killed and gone on with, with real speech in the simulated room."""

import multiprocessing
import random
import time

from journalled import engine_of
from staged import TEXT, Told, on_stage, play_to_the_end

from voice_guide.rehearsal.cues import parse_cue
from voice_guide.session import actions, events
from voice_guide.store.database import open_database
from voice_guide.store.kept import KeptScript, select_sessions
from voice_guide.store.replay import replay
from voice_guide.store.store import Store


def test_a_session_that_was_killed_goes_on_after_a_spoken_yes(journal, tmp_path):
    script = KeptScript("arms", tmp_path / "arms.yaml", "Arms", TEXT, "arms")
    chance = random.Random(3)
    for _ in range(3):
        player = multiprocessing.get_context("spawn").Process(
            target=play_to_the_end, args=(journal, script), daemon=True
        )
        player.start()
        wait_for_a_step(journal)
        time.sleep(chance.uniform(0.3, 0.8))
        player.kill()
        player.join()
        store = Store(journal)
        last = store.unfinished()
        if last is not None:
            break
        store.close()
    assert last is not None, "it was over before it was killed"
    _, state = replay(store._connection, last.number, engine_of(script))
    told = Told()
    done = on_stage(store, told, parse_cue("after 'pick up': yes"), script=script).play()
    store.close()
    assert done.ended
    assert told[0][0] == state.last_at, "session time goes on"
    assert told.of(actions.Say)[0].text.startswith("Last time we stopped at")
    assert [heard.intent for heard in told.of(events.Heard)] == ["yes"]
    assert told.of(actions.StepBegan)[0].number == max(state.position, 1)
    assert told.of(actions.Ended)[0].reason == "finished"


def wait_for_a_step(journal) -> None:
    """Wait until the session that is being played has begun a step."""
    for _ in range(600):
        time.sleep(0.05)
        if journal.exists():
            connection = open_database(journal)
            found = select_sessions(connection)
            connection.close()
            if found and found[-1].step > 0:
                return
    raise AssertionError("no step has begun")
