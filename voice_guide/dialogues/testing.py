"""Running dialogue tests, and what came of each."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from voice_guide.dialogues.expecting import Failure
from voice_guide.dialogues.model import Broken, Dialogue, Person
from voice_guide.dialogues.runner import Runner
from voice_guide.dialogues.trouble import Trouble
from voice_guide.dialogues.world import TextWorld, World
from voice_guide.language.pack import load_language
from voice_guide.session import events
from voice_guide.session.engine import Engine

MOST_SHOWN = 10
"""How many lines of what happened before are shown."""

MakeWorld = Callable[[Engine, Runner, events.Began], World]


@dataclass(frozen=True)
class Result:
    """What came of a dialogue test."""

    dialogue: Dialogue
    failure: Failure | None
    seconds: float
    """How long the session was, in seconds of session time."""
    took: float
    """How long it took, in seconds."""
    captions: tuple[str, ...] = ()
    """What happened, for people."""

    def shown(self) -> str:
        """Return what was not as written, for people."""
        failure = self.failure
        if failure is None:
            return ""
        trouble = Trouble(failure.position, failure.message)
        told = [trouble.shown(self.dialogue.path, self.dialogue.lines)]
        told += [f"    written   {failure.wanted}"] if failure.wanted else []
        told += [f"    instead   {failure.got}"] if failure.got else []
        told += [f"    so {failure.difference}"] if failure.difference else []
        told.append("    What had happened:")
        told += [f"      {line}" for line in self.captions[-MOST_SHOWN:]]
        return "\n".join(told)


def run(dialogue: Dialogue, make: MakeWorld = TextWorld) -> Result:
    """Play a dialogue, in text when nothing else is given, and tell what came of it."""
    script = dialogue.loaded.script
    engine = Engine(
        script, load_language(script.language), only_when_called=dialogue.only_when_called
    )
    began = events.Began(0.0, dialogue.used_today, dialogue.days_since)
    start = time.perf_counter()
    runner = Runner(dialogue, lambda watcher: make(engine, watcher, began))
    failure = runner.run()
    return Result(dialogue, failure, runner.seconds, time.perf_counter() - start, runner.captions)


def only_in_text(dialogue: Dialogue) -> bool:
    """Return whether a dialogue has something that cannot be done with sound."""
    return any(
        isinstance(item, Broken) or (isinstance(item, Person) and item.confidence < 1.0)
        for item in dialogue.talk
    )
