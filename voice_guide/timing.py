"""How long a session really takes, measured with its rendered narration."""

from collections.abc import Callable

from voice_guide.audio.format import RATE
from voice_guide.rehearsal.walking import Walk, walk_through
from voice_guide.script.model import Script
from voice_guide.session.engine import Engine
from voice_guide.speech.narrator import Narrator


def rendered_seconds(narrator: Narrator) -> Callable[[str], float]:
    """Return what tells how many seconds a text is when this narrator says it.

    What is rendered is kept in the narrator's cache, so that the session begins sooner too.
    """
    return lambda text: len(narrator.render(text).samples) / RATE


def seconds_as_written(script: Script, seconds: Callable[[str], float]) -> Callable[[str], float]:
    """Return the same for texts as they are written: with {pressure} and {side} in them."""
    values = {f"{{{name}}}": scale.start for name, scale in script.scales.items()}
    values["{side}"] = next((side for step in script.steps for side in step.each), "left")

    def measure(text: str) -> float:
        for name, value in values.items():
            text = text.replace(name, value)
        return seconds(text.replace("{", "").replace("}", ""))

    return measure


def session_walk(engine: Engine, narrator: Narrator) -> Walk:
    """Return how long a session is when its narration is rendered and nobody interrupts it."""
    return walk_through(engine, rendered_seconds(narrator))
