"""The line that sounds: which of its sentences is heard now, in the words of the script."""

from dataclasses import dataclass
from typing import TypeAlias

from voice_guide.session import actions, events
from voice_guide.speech.narration import Narration
from voice_guide.speech.spoken_text import find_sentences


@dataclass(frozen=True)
class SentenceBegan:
    """A sentence of a line begins to sound. For captions in time with the voice."""

    line: int
    """The number of the line, as in ``Say``."""

    sentence: int
    """Which of its sentences, from 0."""

    text: str
    """As it is written, not as it is spoken."""


Told: TypeAlias = events.Event | actions.Action | SentenceBegan
"""What is told to those who watch a session with sound."""


class Sounding:
    """A line while it sounds."""

    def __init__(self, action: actions.Say, narration: Narration, start: int) -> None:
        """Begin.

        Args:
            action: what is said.
            narration: its sound.
            start: the sample at which it begins.
        """
        self.action, self.narration, self._start = action, narration, start
        self._told: int | None = None
        written = sentences(action.text)
        spoken = sentences(narration.text)
        self._sentences = written if len(written) == len(spoken) else spoken

    def reached(self, position: int | None) -> SentenceBegan | None:
        """Return the sentence that has begun by a sample, if it was not returned before."""
        if position is None or position <= self._start or not self._sentences:
            return None
        sentence = min(self.narration.sentence_at(position), len(self._sentences) - 1)
        if sentence == self._told:
            return None
        self._told = sentence
        return SentenceBegan(self.action.line, sentence, self._sentences[sentence])


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, without the space around them."""
    return [text[start:end].strip() for start, end in find_sentences(text)]
