"""A sitting as ``play`` has it, with a simulated room as sound card and ears that a test leads."""

from functools import cache
from typing import get_args

from voice_guide.audio.format import BLOCK, RATE, samples
from voice_guide.audio.room import Noise, RoomSettings, SimulatedRoom
from voice_guide.conductor import Conductor
from voice_guide.session.events import Event
from voice_guide.sitting import Sitting
from voice_guide.speech.hearing import Heard
from voice_guide.speech.narrator import Narrator, open_narrator
from voice_guide.speech.voices import VoiceSettings


@cache
def voice() -> Narrator:
    return open_narrator(VoiceSettings(voice="en-gb"))


class LedEars:
    """Ears that report what a test wants."""

    def __init__(self) -> None:
        self.next: list = []

    def accept(self, exchange):
        del exchange
        told, self.next = self.next, []
        return told

    def set_grammar(self, grammar):
        pass

    def set_mode(self, mode):
        pass

    def close(self):
        pass


class InARoom:
    """A sitting that is played, and everything that it told."""

    def __init__(self, sitting: Sitting, narrator=None, *, record: bool = True) -> None:
        self.room = SimulatedRoom(RoomSettings(noise=Noise.NONE), record=record)
        self.ears = LedEars()
        self.told: list[tuple[float, object]] = []
        self.conductor: Conductor = sitting.conductor(
            self.room, self.ears, narrator or voice(), [self]
        )
        self.conductor.begin()

    def tell(self, at, what):
        self.told.append((at, what))

    def of(self, kind: type) -> list:
        return [what for _, what in self.told if isinstance(what, kind)]

    def of_events(self) -> list:
        """Return the events of the session, in order."""
        return [what for _, what in self.told if isinstance(what, get_args(Event))]

    def run(self, seconds: float) -> None:
        for _ in range(round(seconds * RATE / BLOCK)):
            if self.conductor.state.ended:
                return
            self.conductor.tick()

    def run_until(self, kind: type, limit: float = 120.0, **fields) -> object:
        """Run until something of a kind is told from now on."""
        seen, end = len(self.told), self.conductor.now + limit
        while self.conductor.now < end:
            self.conductor.tick()
            for _, what in self.told[seen:]:
                if isinstance(what, kind) and all(
                    value in str(getattr(what, name)) for name, value in fields.items()
                ):
                    return what
            seen = len(self.told)
        raise AssertionError(f"there was no {kind.__name__} {fields}: {self.told[-20:]}")

    def hear(self, intent: str, scope: str = "universal", slots=()) -> None:
        """Let the ears report a phrase in the next block."""
        at = samples(self.conductor.now)
        self.ears.next.append(
            Heard(intent, intent, scope, 1.0, (), at - 8000, at - 1600, at, True, slots)
        )
        self.conductor.tick()
