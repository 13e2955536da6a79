"""Talk that is not for the narrator: what is acted on in an hour of it, in a session's grammar."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.actors import Clip
from models.training.voices import KEPT_ASIDE, Speaker, Speaking
from voice_guide.audio.format import RATE, Samples
from voice_guide.errors import InputError
from voice_guide.language.pack import load_language
from voice_guide.rehearsal.text import TextSession
from voice_guide.script.find import find_script
from voice_guide.script.loader import load_script
from voice_guide.session import actions, events
from voice_guide.session.engine import Engine
from voice_guide.speech.grammar import Grammar
from voice_guide.speech.model import SpeechModel
from voice_guide.speech.recordings import hear, read_recording

TEXTS = Path(__file__).parents[1] / "tests" / "importing" / "texts"
"""Plain instructions of our own: recipes, exercises, care, first aid."""

_SENTENCE = 4
"""Words that a sentence has at least."""


@dataclass
class Acts:
    """What was acted on in some talk."""

    seconds: float = 0.0
    intents: Counter[str] = field(default_factory=Counter)
    called: int = 0
    """How many of the stops were in a sentence that has the word "stop" in it."""
    where: list[tuple[str, str, str]] = field(default_factory=list)
    """Who or what said it, what was said, and what was heard, for each."""

    def row(self, name: str) -> str:
        """Return this as a line of a table."""
        total = self.intents.total()
        hour = 3600 / max(1.0, self.seconds)
        heard = ", ".join(f"{intent} {n}" for intent, n in self.intents.most_common())
        ends = self.intents["stop"] + self.intents["end"]
        minutes = f"{self.seconds / 60:.1f}"
        return (
            f"| {name} | {minutes} | {total} | {total * hour:.1f} | {ends * hour:.1f}"
            f" | {self.called} | {heard} |"
        )


HEADING = (
    "| talk | minutes | acts | acts an hour | stop and end, an hour"
    " | stops where the word was said | heard as |\n"
    "|---|---|---|---|---|---|---|"
)


def massage_grammar() -> Grammar:
    """Return what is listened for in a step of the back massage, with no question open."""
    script = load_script(find_script("back_massage")).script
    language = load_language(script.language)
    listening: list[actions.Listen] = []

    class Watcher:
        def tell(self, at: float, what: events.Event | actions.Action) -> None:
            del at
            if isinstance(what, actions.Listen):
                listening.append(what)

    session = TextSession(Engine(script, language), [Watcher()])
    session.begin()
    for answer in ("no",) * 8:
        session.run(40)
        session.speak(answer)
    session.run(60)
    return Grammar.of(listening[-1].phrases, language)


def sentences(files: Sequence[Path] = ()) -> list[str]:
    """Return the sentences of some texts, in plain words.

    Args:
        files: the texts; ours, if there are none.

    Raises:
        InputError: one cannot be read.
    """
    found = []
    for path in files or sorted(TEXTS.iterdir()):
        try:
            written = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"The text {path} cannot be read: {error}") from error
        plain = re.sub(r"<[^>]+>", " ", written)
        for sentence in re.split(r"[.!?:;\n]+", plain):
            words = re.findall(r"[A-Za-z']+", sentence)
            if len(words) >= _SENTENCE:
                found.append(" ".join(words).lower())
    return found


def readings(
    seconds: float, files: Sequence[Path] = (), first: int = 0
) -> Iterator[tuple[str, str, Samples]]:
    """Yield voices, sentences and their sound; no training heard the voices.

    Args:
        seconds: for so long.
        files: from these texts; from ours, if there are none.
        first: the number of the sentence that is read first; behind the last comes the one of 0.
    """
    speaker, total, texts = Speaker(), 0.0, sentences(files)
    turn = 0
    while total < seconds:
        voice, text = KEPT_ASIDE[turn % len(KEPT_ASIDE)], texts[(first + turn) % len(texts)]
        sound = speaker.say(text, Speaking(voice, 150 + turn % 40))
        total += len(sound) / RATE
        turn += 1
        yield voice, text, sound


def measure(
    model: SpeechModel,
    orders: list[Path],
    seconds: float,
    acted: Sequence[Clip] = (),
    texts: Sequence[Path] = (),
    *,
    first: int = 0,
) -> dict[str, Acts]:
    """Return what is acted on in readings, in people's coffee orders, and in what actors say.

    Args:
        model: hears.
        orders: recordings of the orders.
        seconds: so long is read.
        acted: what the actors say.
        texts: what is read; our texts, if there are none.
        first: the number of the sentence that is read first.
    """
    sounds: dict[str, Iterable[tuple[str, str, Samples]]] = {
        "readings, synthetic voices": readings(seconds, texts, first),
        "coffee orders, people": ((file.stem, "", read_recording(file)) for file in orders),
    }
    for game in sorted({clip.game for clip in acted}):
        said = [clip for clip in acted if clip.game == game]
        sounds[f"{game}, actors"] = ((clip.name, clip.text, clip.sound()) for clip in said)
    grammar, result = massage_grammar(), {}
    for name, some in sounds.items():
        acts = result[name] = Acts()
        for where, text, sound in some:
            acts.seconds += len(sound) / RATE
            heard = [h for h in hear(sound, model, grammar) if h.intent]
            acts.intents.update(str(h.intent) for h in heard)
            acts.where += [(where, text, h.text) for h in heard]
            stops = [h for h in heard if h.intent == "stop"]
            acts.called += len(stops) if "stop" in text.split() else 0
    return result
