"""A session in text: a person says phrases at given moments, and the lines come back.

Lines take as long as their words at 160 words a minute, so that no sound is needed.
"""

import heapq
from dataclasses import dataclass, field

from voice_guide.language.pack import load_language
from voice_guide.script.model import Script
from voice_guide.session import actions, events
from voice_guide.session.engine import Engine
from voice_guide.session.state import State

BEGAN = events.Began(0.0)


@dataclass
class Drive:
    """Runs the engine on a virtual clock and keeps everything that it did."""

    engine: Engine
    opening: events.Began = BEGAN
    now: float = 0.0
    state: State = field(init=False)
    log: list[tuple[float, object]] = field(default_factory=list)
    _due: list[tuple[float, int, object]] = field(default_factory=list)
    _timers: dict[str, int] = field(default_factory=dict)
    _count: int = 0
    _line: int | None = None

    def __post_init__(self) -> None:
        self.state = self.engine.begin()
        self.feed(self.opening)

    def feed(self, event: events.Event) -> list[actions.Action]:
        self.state, done = self.engine.step(self.state, event)
        for action in done:
            self.log.append((self.now, action))
            self._obey(action)
        return list(done)

    def _obey(self, action: actions.Action) -> None:
        if isinstance(action, actions.Say):
            assert self._line is None, "two narrations at once"
            self._line = action.line
            self._schedule(len(action.text.split()) / (160 / 60), ("said", action.line))
        elif isinstance(action, actions.Hush):
            self._line = None
        elif isinstance(action, actions.StartTimer):
            self._timers[action.timer] = self._schedule(action.seconds, ("timer", action.timer))
        elif isinstance(action, actions.CancelTimer):
            self._timers.pop(action.timer, None)

    def _schedule(self, seconds: float, what: object) -> int:
        self._count += 1
        heapq.heappush(self._due, (self.now + seconds, self._count, what))
        return self._count

    def run(self, seconds: float = 1e9) -> list[str]:
        """Let time pass. Return the lines that were begun."""
        end, first = self.now + seconds, len(self.log)
        while self._due and self._due[0][0] <= end and not self.state.ended:
            self.now, number, what = heapq.heappop(self._due)
            kind, key = what
            if kind == "said" and key == self._line:
                self._line = None
                self.feed(events.NarrationFinished(self.now, key))
            elif kind == "timer" and self._timers.get(key) == number:
                del self._timers[key]
                self.feed(events.TimerFired(self.now, key))
        if not self.state.ended:
            self.now = max(self.now, min(end, 1e8))
        return [a.text for _, a in self.log[first:] if isinstance(a, actions.Say)]

    def run_until(self, text: str, limit: float = 3600.0) -> list[str]:
        """Let time pass until a line that contains ``text`` has begun."""
        said: list[str] = []
        end = self.now + limit
        while not any(text in line for line in said):
            assert self.now < end and not self.state.ended, f"never said {text!r}: {said}"
            said += self.run(0.25)
        return said

    def hear(self, text: str, confidence: float = 1.0) -> list[str]:
        """Say something to the session. Return the lines that it begins at once."""
        phrase = next((p for p in self.engine.phrases(self.state) if p.text == text), None)
        done = self.feed(
            events.Heard(
                self.now,
                phrase.intent if phrase else None,
                phrase.scope if phrase else None,
                text,
                confidence,
                slots=phrase.slots if phrase else (),
            )
        )
        return [a.text for a in done if isinstance(a, actions.Say)]

    def told(self, kind: type) -> list:
        """Return all the actions of a kind so far."""
        return [action for _, action in self.log if isinstance(action, kind)]


def drive(
    *, only_when_called: bool = False, began: events.Began = BEGAN, **script: object
) -> Drive:
    """Begin a session of a script given as keywords; ``steps`` is needed at least."""
    fields = {"format": 1, "title": "Test"} | script
    english = load_language("en")
    engine = Engine(Script.model_validate(fields), english, only_when_called=only_when_called)
    return Drive(engine, began)
