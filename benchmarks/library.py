"""Plays every session that comes with voice_guide to its end, with sound, in the simulated room.

Run: python -m benchmarks.library [NAME...] [--person-voice en-us+m3] [--nobody]

Each is played twice: "answered", a person answers every question as one with whom all is well;
"left to silence", the person says "ready", and answers only the questions before the steps that no
session goes past in silence: those without an answer for silence, and those where it ends the
session. Both have to finish. With --nobody also without a word said: that session has to save
itself and end, or to finish where nothing has to be said; it is mostly waiting, and takes longest.

What is counted: how much of what the person said was understood, how much was taken for something
else, and what the session did without being asked. Exit code 1: an end was not reached, or
something was done that nobody asked for.
"""

import argparse
import sys
import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from voice_guide.audio.format import RATE
from voice_guide.language.phrases import Phrase
from voice_guide.opening import model_folder, narrator, open_in_text, voice
from voice_guide.rehearsal.stage import Stage
from voice_guide.script import Script, bundled_scripts
from voice_guide.script.outcomes import when_silent
from voice_guide.session import actions, events
from voice_guide.settings import Settings
from voice_guide.sounding import Told
from voice_guide.speech.model import SpeechModel, open_model
from voice_guide.speech.narration import Narration
from voice_guide.speech.narrator import Narrator, open_narrator

ANSWERED, SILENT, NOBODY = "answered", "left to silence", "nobody there"
LATER = 3.0
"""Seconds from the end of a voice within which what is heard is taken for what it said."""


@dataclass
class Played:
    """What came of one session."""

    minutes: float = 0.0
    reason: str = "no end"
    said: int = 0
    understood: int = 0
    misheard: list[str] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)
    took: float = 0.0

    def good(self, way: str) -> bool:
        """Whether it came to the end it should come to, and did nothing by itself."""
        ends = ("finished", "silence") if way == NOBODY else ("finished",)
        return self.reason in ends and not self.unasked


class Listener:
    """Compares what the person says with what is heard."""

    def __init__(self, person: Narrator) -> None:
        """Listen to a session in which ``person`` speaks."""
        self.played = Played()
        self._person = person
        self._now = 0.0
        self._phrases: tuple[Phrase, ...] = ()
        self._meant: set[str | None] = set()
        self._until = 0.0
        self._open = False
        self._words = ""
        self._line = ""

    def render(self, text: str) -> Narration:
        """Return the words of the person as sound. They are said at once."""
        sound = self._person.render(text)
        self._meant = {phrase.intent for phrase in self._phrases if phrase.text == text}
        self._until = self._now + len(sound.samples) / RATE + LATER
        self._open, self._words = True, text
        self.played.said += 1
        return sound

    def prepare(self, texts: Iterable[str]) -> None:
        """Render texts ahead. What the person will say is not known."""

    def paced(self, factor: float) -> "Listener":
        """Return the same person. Nobody asks them to speak otherwise."""
        return self

    def tell(self, at: float, what: Told) -> None:
        """Take note of what is heard, and how it ends."""
        self._now = at
        match what:
            case actions.Listen(phrases):
                self._phrases = phrases
            case actions.Ended(reason):
                self.played.reason, self.played.minutes = reason, at / 60
            case actions.Say(_, text):
                self._line = text
            case events.Heard(_, intent) if intent is not None:
                self._hear(at, intent)
            case _:
                pass

    def _hear(self, at: float, intent: str) -> None:
        if not self._open or at > self._until:
            self.played.unasked.append(f"{intent!r} at {at:.1f} s, last said: {self._line!r}")
        elif intent in self._meant:
            self.played.understood += 1
        else:
            self.played.misheard.append(f"{self._words!r} taken for {intent!r} at {at:.1f} s")
        self._open = False


def answered(script: Script, way: str) -> Collection[str] | None:
    """Return the questions that are answered, by their text; None for all."""
    if way == ANSWERED:
        return None
    silences = {question.ask: when_silent(question) for question in script.before}
    return {ask for ask, one in silences.items() if one is None or one.effect.end is not None}


def play(name: str, way: str, model: SpeechModel, person: Narrator) -> Played:
    """Play one session in one way."""
    settings = Settings()
    opened = open_in_text(name, settings)
    listener = Listener(person)
    stage = Stage(
        opened.engine,
        model,
        narrator(settings, opened.language),
        listener,
        (),
        helpful=way != NOBODY,
        only=answered(opened.loaded.script, way),
        watchers=[listener],
    )
    listener.played.took = stage.play().took
    return listener.played


def main() -> None:
    """Play all of them and print a row for each."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="sessions; all when left out")
    parser.add_argument("--person-voice", default="en-us+m3", help="who answers")
    parser.add_argument("--nobody", action="store_true", help="also without a word said")
    options = parser.parse_args()
    ways = (ANSWERED, SILENT, NOBODY) if options.nobody else (ANSWERED, SILENT)
    model = open_model(model_folder(Settings()))
    name = options.person_voice
    person = open_narrator(voice(Settings(voice=name, rate=150), name))
    began, failed = time.perf_counter(), 0
    print(
        f"{'session':22}{'':17}{'minutes':>8}  {'end':12}{'said':>5}{'understood':>11}"
        f"{'misheard':>9}{'unasked':>8}{'took':>7}"
    )
    for script in options.names or bundled_scripts():
        for way in ways:
            played = play(script, way, model, person)
            failed += not played.good(way)
            print(
                f"{script:22}{way:17}{played.minutes:>8.1f}  {played.reason:12}{played.said:>5}"
                f"{played.understood:>11}{len(played.misheard):>9}{len(played.unasked):>8}"
                f"{played.took:>5.0f} s" + ("" if played.good(way) else "  FAILED"),
                flush=True,
            )
            for what, happened in (("misheard", played.misheard), ("unasked", played.unasked)):
                for one in happened:
                    print(f"  {what}: {one}", flush=True)
    print(f"{failed} failed. It took {time.perf_counter() - began:.0f} s.")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
