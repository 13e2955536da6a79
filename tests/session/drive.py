"""A session in text, driven by a test: time passes, a person says phrases, the lines come back."""

from voice_guide.language.pack import load_language
from voice_guide.rehearsal.text import TextSession
from voice_guide.script.model import Script
from voice_guide.session import actions, events
from voice_guide.session.engine import Engine
from voice_guide.session.state import State

BEGAN = events.Began(0.0)


class Drive(TextSession):
    """A session in text that keeps everything that it did."""

    def __init__(
        self,
        engine: Engine,
        state: State | None = None,
        opening: events.Began | events.Continued | None = None,
    ) -> None:
        self.log: list[tuple[float, actions.Action]] = []
        super().__init__(engine, [self], state=state, opening=opening)
        self.begin()

    def tell(self, at: float, what: events.Event | actions.Action) -> None:
        if isinstance(what, actions.Action):
            self.log.append((at, what))

    def run(self, seconds: float = 1e8) -> list[str]:
        """Let time pass. Return the lines that were begun."""
        first = len(self.log)
        super().run(seconds)
        return [a.text for _, a in self.log[first:] if isinstance(a, actions.Say)]

    def run_until(self, text: str, limit: float = 3600.0) -> list[str]:
        """Let time pass until a line that contains ``text`` has begun."""
        said: list[str] = []
        end = self.now + limit
        while not any(text in line for line in said):
            assert self.now < end and not self.state.ended, f"never said {text!r}: {said}"
            said += self.run(0.25)
        return said

    def hear(self, words: str, confidence: float = 1.0, speech_end: float | None = None):
        """Say something to the session. Return the lines that it begins at once."""
        done = super().hear(words, confidence, speech_end)
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
    return Drive(engine, opening=began)
