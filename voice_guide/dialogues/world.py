"""Where a dialogue is played: in text, or with sound in a simulated room."""

from typing import Protocol

from voice_guide.rehearsal.cues import Cue
from voice_guide.rehearsal.text import TextSession, Watcher
from voice_guide.session import actions, events
from voice_guide.session.engine import Engine
from voice_guide.session.state import State


class World(Protocol):
    """What a dialogue needs of the place where it is played."""

    @property
    def now(self) -> float:
        """Session time in seconds."""

    @property
    def state(self) -> State:
        """What the session knows."""

    @property
    def speaking(self) -> bool:
        """Whether the person is speaking, or has only just stopped."""

    def begin(self) -> None:
        """Begin the session."""

    def advance(self, until: float) -> object:
        """Let a little time pass, at most until session time ``until``."""

    def speak(self, cue: Cue) -> None:
        """Let the person begin to say something."""

    def press(self, intent: str) -> None:
        """Act as if a key that stands for a universal was pressed."""

    def spoken(self, action: actions.Say) -> str:
        """Return what sounds of a line that begins."""

    def doubt(self, confidence: float) -> None:
        """Let the recogniser be only so sure of what is said from now on."""

    def restart(self, away: float) -> None:
        """Let the program die, and go on with the session so many seconds later."""


class TextWorld(TextSession):
    """A session in text."""

    def __init__(self, engine: Engine, watcher: Watcher, began: events.Began) -> None:
        """Get ready."""
        self._watcher = watcher
        super().__init__(engine, [watcher], opening=began)

    def press(self, intent: str) -> None:
        """Act as if a key that stands for a universal was pressed."""
        self.feed(events.Heard(self.now, intent, "universal"))

    def doubt(self, confidence: float) -> None:
        """Let the recogniser be only so sure of what is said from now on."""
        self.confidence = confidence

    def restart(self, away: float) -> None:
        """Let the program die, and go on with the session so many seconds later."""
        state = self.state
        used = state.used_before + state.practised
        opening = events.Continued(state.last_at, away, used_today=used)
        super().__init__(self.engine, [self._watcher], state=state, opening=opening)
        self.begin()
