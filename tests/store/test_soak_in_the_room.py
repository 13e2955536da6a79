"""Hours of sessions in the simulated room, with random commands and breaks.

VOICE_GUIDE_SOAK_HOURS=24 makes it a day of session time, in about ten minutes of a free core.
"""

import os
import random
import sys
from pathlib import Path

import pytest
from in_a_room import InARoom
from test_faults import resident_megabytes
from test_kills_in_the_room import TEXT, Humming, say_something

from voice_guide import keeping
from voice_guide.audio.format import BLOCK, RATE
from voice_guide.keeping import keep
from voice_guide.opening import open_session
from voice_guide.settings import Settings
from voice_guide.store.database import open_database
from voice_guide.store.store import Store

HOURS = float(os.environ.get("VOICE_GUIDE_SOAK_HOURS", "0.4"))


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_hours_of_sessions_keep_the_time_the_memory_and_every_event(journal, tmp_path, monkeypatch):
    monkeypatch.setattr(keeping, "Store", lambda: Store(journal))
    script = tmp_path / "arms.yaml"
    script.write_text(TEXT)
    opened = open_session(str(script), Settings())
    chance = random.Random(24)
    passed, recorded, sittings, sizes = 0.0, 0, 0, []
    while passed < HOURS * 3600:
        with keep(opened, Settings(), lambda line: None) as sitting:
            session = InARoom(sitting, Humming(), record=False)
            breaks_off = session.conductor.now + chance.uniform(20, 900)
            began = session.conductor.now
            while not session.conductor.state.ended and session.conductor.now < breaks_off:
                session.run(chance.uniform(0.2, 20.0))
                say_something(session, chance)
            lasted = session.conductor.now - began
            assert lasted == pytest.approx(session.room._index * BLOCK / RATE), "the time drifts"
            recorded += len(session.of_events())
            passed += lasted
            sittings += 1
        sizes.append((passed, resident_megabytes()))
    kept = open_database(Path(journal)).execute("SELECT count(*) FROM events").fetchone()[0]
    assert kept == recorded, "an event is lost"
    early = max(size for at, size in sizes if at <= passed / 3 or size == sizes[0][1])
    latest = max(size for _, size in sizes)
    sys.stdout.write(
        f"{passed / 3600:.1f} h, {sittings} sittings, {kept} events, "
        f"from {early:.0f} to {latest:.0f} MB\n"
    )
    assert latest < early + 8.0
    assert sittings > 2 and kept > 100
