"""What the listener reports. All positions are samples at 16 kHz since the stream began."""

from dataclasses import dataclass, replace

from voice_guide.language.phrases import Scope


@dataclass(frozen=True)
class SpeechStarted:
    """Somebody began to speak: duck the narrator."""

    at: int
    """Where the voice began. It is reported about 0.1 s later."""

    def moved(self, by: int) -> "SpeechStarted":
        """Return the same with its position moved by so many samples."""
        return SpeechStarted(self.at + by)


@dataclass(frozen=True)
class SpeechEnded:
    """The utterance is over: bring the narrator back up. Its ``Heard``, if any, came before."""

    at: int
    """Where the voice ended. It is reported after the hangover."""

    own: bool = False
    """Whether it was found to be the narrator's own voice."""

    def moved(self, by: int) -> "SpeechEnded":
        """Return the same with its position moved by so many samples."""
        return replace(self, at=self.at + by)


@dataclass(frozen=True)
class HeardWord:
    """One recognised word, or a phrase that is one word to the model."""

    text: str
    start: int
    end: int
    confidence: float
    """From 0 to 1, as Vosk gives it; with a small grammar it is mostly 1."""


@dataclass(frozen=True)
class Heard:
    """An utterance and what it means."""

    text: str
    """The recognised words; ``[unk]`` stands for speech that is outside the grammar."""

    intent: str | None
    """What it means, or None: not a phrase of the grammar, or one that does not count where it was
    said (a no-match)."""

    scope: Scope | None
    """Where the phrase comes from, or None with no intent."""

    confidence: float
    """The lowest confidence of its words, from 0 to 1; 0 where there is none."""

    words: tuple[HeardWord, ...]
    """The words with their places. Empty in a partial result."""

    speech_start: int
    """Where the voice began."""

    speech_end: int
    """Where the voice ended, or had got to when a partial result was acted on."""

    decided_at: int
    """How much of the stream had come in when this was decided."""

    partial: bool
    """Decided before the utterance was over."""

    slots: tuple[tuple[str, str], ...] = ()
    """What the words name, as in the phrase."""

    more: bool = False
    """Another phrase of the same breath comes next: "yes, but softer" is heard as two."""

    def moved(self, by: int) -> "Heard":
        """Return the same with all positions moved by so many samples."""
        return replace(
            self,
            words=tuple(replace(w, start=w.start + by, end=w.end + by) for w in self.words),
            speech_start=self.speech_start + by,
            speech_end=self.speech_end + by,
            decided_at=self.decided_at + by,
        )


Hearing = SpeechStarted | SpeechEnded | Heard
"""Anything that the listener reports."""
