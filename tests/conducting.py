"""A session on the move, in a simulated room, with ears that report what a test wants."""

from functools import cache

import numpy as np

from voice_guide.audio.fade import FADE
from voice_guide.audio.format import BLOCK, RATE, Samples
from voice_guide.audio.room import RoomSettings, SimulatedRoom
from voice_guide.conductor import Conductor
from voice_guide.language.pack import load_language
from voice_guide.script.model import Script
from voice_guide.session.engine import Engine
from voice_guide.speech.hearing import Heard
from voice_guide.speech.narrator import Narrator, open_narrator
from voice_guide.speech.voices import VoiceSettings

FIRST = "Lay both hands on the back and feel it rise."
SECOND = "Then let them glide up slowly as far as the shoulders and down again along the sides."


@cache
def voice() -> Narrator:
    return open_narrator(VoiceSettings(voice="en-gb"))


class ScriptedEars:
    """Ears that report what a test wants, in the block it wants."""

    def __init__(self) -> None:
        self.next: list = []
        self.grammars: list = []
        self.modes: list[str] = []
        self.opened = 0

    def set_mode(self, mode):
        self.modes.append(mode)

    def open(self):
        self.opened += 1

    def accept(self, exchange):
        del exchange
        told, self.next = self.next, []
        return told

    def set_grammar(self, grammar):
        self.grammars.append(grammar)

    def close(self):
        pass


class Session:
    """A session on the move, and everything it told."""

    def __init__(self, device=None, **script) -> None:
        fields = {"format": 1, "title": "Test"} | script
        self.room = SimulatedRoom(RoomSettings(), record=True)
        device = device(self.room) if device else self.room
        self.ears = ScriptedEars()
        self.told: list[tuple[float, object]] = []
        engine = Engine(Script.model_validate(fields), load_language("en"))
        self.conductor = Conductor(engine, device, self.ears, voice(), [self])
        self.conductor.begin()

    def tell(self, at, what):
        self.told.append((at, what))

    def run(self, seconds: float) -> None:
        for _ in range(round(seconds * RATE / BLOCK)):
            self.conductor.tick()

    def run_until(self, kind: type, limit: float = 120.0, **fields) -> tuple[float, object]:
        """Run until something of a kind is told from now on."""
        seen, end = len(self.told), self.conductor.now + limit
        while self.conductor.now < end:
            for at, what in self.told[seen:]:
                if isinstance(what, kind) and all(
                    value in str(getattr(what, name)) for name, value in fields.items()
                ):
                    return at, what
            seen = len(self.told)
            self.conductor.tick()
        raise AssertionError(f"there was no {kind.__name__} {fields}")

    def hear(self, intent: str, text: str = "", scope: str = "universal") -> None:
        """Let the ears report a phrase in the next block."""
        at = round(self.conductor.now * RATE)
        self.ears.next.append(
            Heard(text or intent, intent, scope, 1.0, (), at - 8000, at - 1600, at, True)
        )

    def played(self, since: float) -> Samples:
        """Return what the loudspeaker has played since a moment."""
        return self.room.recording()[0][round(since * RATE) :]


STEPS = [{"name": "Glide", "say": f"{FIRST} {SECOND}", "for": "30 s"}]


TEXT = f"{FIRST} {SECOND}"


def is_sound(played: Samples, expected: Samples, first: int = FADE) -> bool:
    """Whether the loudspeaker played this, sample by sample, but for a first fade."""
    length = min(len(played), len(expected))
    assert length > first + BLOCK
    return bool(np.abs(played[first:length] - expected[first:length]).max() < 1e-3)
