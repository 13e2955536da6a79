"""What every check works with."""

import difflib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from voice_guide.language.pauses import seconds_of_pauses, without_pauses
from voice_guide.language.phones import Phones
from voice_guide.script.codes.code import Code
from voice_guide.script.findings import Finding
from voice_guide.script.loaded import LoadedScript
from voice_guide.script.model import Script
from voice_guide.script.walk import Path

WORDS_PER_MINUTE = 160.0
"""The narrator's usual pace."""


SENTENCE_WORDS = 30
"""Words in a sentence that a listener can still hold in the head."""

Pronounce = Callable[[Collection[str]], Mapping[str, Phones]]
"""Gives the phones of each of some words."""


def seconds_to_say(text: str, words_per_minute: float = WORDS_PER_MINUTE) -> float:
    """Return about how many seconds the narrator takes for a text."""
    words = len(without_pauses(text).split())
    return words / words_per_minute * 60 + seconds_of_pauses(text)


@dataclass(frozen=True)
class Measures:
    """What texts and phrases are measured with."""

    pronounce: Pronounce | None = None
    """How words are pronounced; None leaves out what sounds alike."""

    seconds: Callable[[str], float] = seconds_to_say
    """How long the narrator takes for a text."""

    sentence_words: int = SENTENCE_WORDS
    """More words than this in a sentence are too many."""


@dataclass
class Checked:
    """A script under check, and what has been found in it."""

    loaded: LoadedScript
    vocabulary: Callable[[str], bool] | None
    universals: Mapping[str, Sequence[str]]
    measures: Measures = Measures()
    findings: list[Finding] = field(default_factory=list)

    @property
    def script(self) -> Script:
        """The script itself."""
        return self.loaded.script

    def report(self, code: Code, path: Path, message: str, *, key: bool = False) -> None:
        """Note a finding at the value at ``path``, or at its key."""
        self.findings.append(Finding(code, self.loaded.where(path, key=key), message))


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return the nearest of the known names as a question, or else all of them."""
    choices = list(known)
    near = difflib.get_close_matches(name.lower(), choices, n=1, cutoff=0.6)
    if near:
        return f"Did you mean '{near[0]}'?"
    return f"There is: {', '.join(choices)}." if choices else "There is none yet."
