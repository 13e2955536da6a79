"""What becomes of a session's sound when devices fail; tests/live does it with the real ones."""

import threading
import time

import numpy as np
import pytest

from voice_guide.audio.device import DeviceLostError, Exchange
from voice_guide.audio.format import BLOCK, BLOCK_SECONDS, silence
from voice_guide.audio.lasting import KNOWN_WITHIN, STOOD_STILL, LastingDevice
from voice_guide.audio.plans import Sides
from voice_guide.errors import MachineError

PATIENCE = 10.0
ALL = frozenset({Sides.LOUDSPEAKER, Sides.MICROPHONE})


class Machine:
    """A sound card whose sides work or not, and the probe that looks at it."""

    def __init__(self) -> None:
        self.works = ALL
        self.open: Sides | None = None
        self.sound = 0.1
        self.starts: list[Sides] = []
        self.answers = threading.Event()
        self.answers.set()
        self._index = 0

    def start(self, sides: Sides = Sides.BOTH, *, strict: bool = True) -> None:
        needed = ALL if sides is Sides.BOTH else {sides}
        if not needed <= self.works:
            raise MachineError("cannot be opened")
        self.starts.append(sides)
        self.open, self._index = sides, 0

    def exchange(self, loudspeaker):
        assert self.open is not None
        if not (ALL if self.open is Sides.BOTH else {self.open}) <= self.works:
            raise DeviceLostError("nothing comes")
        self._index += 1
        sound = np.resize(np.float32([self.sound, -self.sound]), BLOCK)
        return Exchange(self._index - 1, sound if self.open.hears else silence(), silence())

    def hush(self) -> None:
        assert self.open is not None

    def soften(self, factor: float) -> bool:
        return self.open is not None

    def close(self) -> None:
        self.open = None

    def probe(self, wanted):
        self.answers.wait(PATIENCE)
        return self.works & frozenset(wanted)


class Session:
    """What a conductor does: one exchange after another."""

    def __init__(self, works: frozenset[Sides] = ALL) -> None:
        self.machine = Machine()
        self.machine.works = works
        self.told: list[tuple[str, str]] = []
        self.held = False
        self.pauses = 0
        self.stood: list[float] = []
        self.later = 0.0
        self.device = LastingDevice(
            self.machine,
            self.machine.probe,
            lambda part, change: self.told.append((part, change)),
            hold=self._hold,
            stood_still=self.stood.append,
            clock=lambda: time.monotonic() + self.later,
            look_every=0.05,
        )
        self.device.start()
        self.indices: list[int] = []

    def _hold(self, on: bool) -> None:
        assert on is not self.held
        self.held = on
        self.pauses += on

    def run(self, blocks: int = 10) -> None:
        for _ in range(blocks):
            self.indices.append(self.device.exchange(silence()).index)
            self.device.hush()
            assert self.held or self.machine.open or ("loudspeaker", "lost") in self.told, (
                "nothing is said that cannot be heard, unless the session stands paused"
            )

    def run_until(self, *told: tuple[str, str]) -> None:
        end = time.monotonic() + PATIENCE
        while self.told[-len(told) :] != list(told):
            assert time.monotonic() < end, self.told
            self.run(1)

    def run_until_it_plays(self) -> None:
        end = time.monotonic() + PATIENCE
        while self.held:
            assert time.monotonic() < end, self.told
            self.run(1)


@pytest.fixture
def session():
    session = Session()
    yield session
    session.device.close()
    assert (np.diff(session.indices) > 0).all(), "the clock of the session never stands"


def test_a_device_that_works_is_passed_on(session):
    session.run(50)
    assert session.indices == list(range(50)) and session.told == []


def test_without_a_microphone_the_loudspeaker_goes_on_alone_and_only_that_is_told(session):
    session.run()
    session.machine.works = frozenset({Sides.LOUDSPEAKER})
    session.run(1)
    assert session.held and session.told == [], "nobody knows yet which side it was"
    session.run_until(("microphone", "lost"))
    assert session.machine.open is Sides.LOUDSPEAKER and not session.held
    session.run(300)
    session.machine.works = ALL
    session.run_until(("microphone", "back"))
    assert session.machine.open is Sides.BOTH and not session.held
    assert session.told == [("microphone", "lost"), ("microphone", "back")]
    assert session.pauses == 2


def test_without_a_loudspeaker_the_microphone_goes_on_alone(session):
    session.machine.works = frozenset({Sides.MICROPHONE})
    session.run_until(("loudspeaker", "lost"))
    end = time.monotonic() + PATIENCE
    while session.device.exchange(silence()).microphone.max() == 0:
        assert time.monotonic() < end
    assert session.told == [("loudspeaker", "lost")]
    session.machine.works = ALL
    session.run_until(("loudspeaker", "back"))


def test_it_begins_without_a_microphone_and_takes_it_when_it_comes():
    session = Session(works=frozenset({Sides.LOUDSPEAKER}))
    session.run(5)
    assert session.told == [("microphone", "lost")]
    assert session.machine.open is Sides.LOUDSPEAKER
    session.machine.works = ALL
    session.run_until(("microphone", "lost"), ("microphone", "back"))
    assert session.machine.open is Sides.BOTH
    session.device.close()
    assert (np.diff(session.indices) > 0).all()


def test_it_does_not_begin_without_a_loudspeaker():
    with pytest.raises(MachineError, match="cannot be opened"):
        Session(works=frozenset({Sides.MICROPHONE}))


def test_without_any_device_it_goes_on_by_time(session):
    session.run()
    session.machine.works = frozenset()
    session.run_until(("loudspeaker", "lost"))
    began, first = time.monotonic(), session.indices[-1]
    session.run(25)
    passed = (session.indices[-1] - first) * BLOCK_SECONDS
    assert passed == pytest.approx(time.monotonic() - began, abs=0.1)
    session.machine.works = ALL
    session.run_until(("loudspeaker", "lost"), ("loudspeaker", "back"))
    assert session.machine.starts == [Sides.BOTH, Sides.BOTH]
    assert len(session.told) == 2, "paused, it does not say that it goes on without a microphone"


def test_a_microphone_that_stays_away_is_told_when_the_loudspeaker_is_back(session):
    session.machine.works = frozenset()
    session.run_until(("loudspeaker", "lost"))
    session.machine.works = frozenset({Sides.LOUDSPEAKER})
    session.run_until(("loudspeaker", "lost"), ("loudspeaker", "back"), ("microphone", "lost"))


def test_where_it_does_not_become_known_what_has_failed_the_loudspeaker_is_lost(session):
    """A sound server that hangs lets the probe hang, too."""
    session.run()
    session.machine.answers.clear()
    session.machine.works = frozenset()
    session.run(1)
    for _ in range(2):
        assert session.told == []
        session.later += KNOWN_WITHIN / 2
        session.run(1)
    assert session.told == [("loudspeaker", "lost")] and not session.held
    session.machine.works = ALL
    session.machine.answers.set()
    session.run_until(("loudspeaker", "lost"), ("loudspeaker", "back"))


def test_a_device_that_fails_for_a_moment_is_opened_again_with_a_jump_in_the_count(session):
    session.run(5)
    session.machine.answers.clear()
    session.machine.works = frozenset()
    session.run(1)
    session.machine.works = ALL
    session.machine.answers.set()
    session.run_until_it_plays()
    session.run(5)
    assert session.told == [], "both sides work"
    jumps = np.diff(session.indices)
    assert jumps[:4].tolist() == [1] * 4 and jumps[-4:].tolist() == [1] * 4
    assert (jumps > 1).any(), "so that the echo's delay is sought anew"


def test_a_side_that_fails_while_the_other_is_lost_is_told_too(session):
    session.machine.works = frozenset({Sides.LOUDSPEAKER})
    session.run_until(("microphone", "lost"))
    session.machine.works = frozenset()
    session.run_until(("loudspeaker", "lost"))
    session.machine.works = ALL
    session.run_until(("loudspeaker", "back"), ("microphone", "back"))
    assert session.machine.open is Sides.BOTH
    assert session.told.count(("microphone", "lost")) == 1


def test_a_program_that_stood_still_opens_the_device_anew_and_lets_no_time_pass(session):
    """Else the sound of an hour would come first, and "stop" an hour late."""
    session.run(10)
    session.later += 3600.0
    session.run(1)
    assert session.held and session.stood == [], "nothing sounds yet"
    session.run_until_it_plays()
    assert session.machine.starts == [Sides.BOTH, Sides.BOTH]
    assert session.stood == [pytest.approx(3600.0, abs=1.0)]
    session.run(10)
    assert session.indices[-1] < 2.0 / BLOCK_SECONDS
    assert len(session.stood) == 1 and session.told == [], "the devices work"


def test_a_program_that_stood_still_while_a_device_was_lost_tells_it_afterwards(session):
    session.machine.works = frozenset()
    session.run_until(("loudspeaker", "lost"))
    session.later += 60.0
    first = session.indices[-1]
    session.run(5)
    assert session.indices[-1] - first == pytest.approx(5, abs=3)
    session.machine.works = ALL
    session.run_until(("loudspeaker", "back"))
    assert session.stood == [pytest.approx(60.0, abs=1.0)]


def test_a_caller_that_is_late_for_a_while_has_not_stood_still(session):
    session.run(10)
    session.later += STOOD_STILL - 0.5
    session.run(10)
    assert session.told == [] and session.stood == []


def test_a_muted_microphone_is_told_and_so_is_its_end(session):
    session.machine.sound = 0.0
    session.run(round(5.0 / BLOCK_SECONDS))
    assert session.told == [("microphone", "silent")]
    session.machine.sound = 0.001
    session.run(10)
    assert session.told == [("microphone", "silent"), ("microphone", "heard")]


def test_closed_while_it_is_lost_it_opens_nothing_any_more(session):
    session.machine.works = frozenset()
    session.run_until(("loudspeaker", "lost"))
    session.device.close()
    session.machine.works = ALL
    time.sleep(0.2)
    assert session.machine.open is None
