"""Part of an hour of sessions in the simulated room. `benchmarks/soak.py` makes it a day."""

import sys

import pytest
from soaking import soak

from voice_guide.audio.format import BLOCK, RATE

HOURS = 0.5


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_hours_of_sessions_keep_the_time_the_memory_and_every_event(journal):
    soaked = list(soak(HOURS, journal))
    last = soaked[-1]
    assert last.kept == last.happened, "an event is lost"
    assert last.as_replayed, "replay gives another state"
    assert last.drift == pytest.approx(0.0, abs=1e-6), "the time drifts"
    assert last.late <= BLOCK / RATE, "a timer is late"
    early = max(now.megabytes for now in soaked if now is soaked[0] or now.seconds <= 600)
    assert max(now.megabytes for now in soaked) < early + 8.0
    assert last.sittings > 2 and last.kept > 100
