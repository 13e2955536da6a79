"""A text as sound, and where in the sound each of its words is."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple, Protocol

import numpy as np

from voice_guide.audio.format import RATE, Samples, silence
from voice_guide.audio.format import seconds as in_seconds
from voice_guide.speech.spoken_text import find_sentences, find_words
from voice_guide.speech.voice_settings import Voice, VoiceSettings

CLAUSE_BREAK = 3
SENTENCE_BREAK = 8
"""How many letters' time a comma and a full stop take, where no engine tells."""


class Word(NamedTuple):
    """A spoken word and where it is."""

    text: str
    """As it stands in the text, without punctuation."""

    start: int
    """Character of the narration's text at which it starts."""

    end: int
    """Character behind its last one."""

    at: int
    """Sample at which it begins to sound."""


@dataclass(frozen=True, eq=False)
class Narration:
    """A text as sound, 16 kHz mono."""

    text: str
    """What is spoken: the text as given, but for units and such written out."""

    samples: Samples
    """The sound, shape (n,), full scale -1..1. Not to be written to."""

    words: tuple[Word, ...]
    """Every word in the order of speaking; ``at`` never decreases."""

    _sentences: tuple[int, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.samples.setflags(write=False)
        object.__setattr__(self, "_sentences", _sentence_starts(self.text, self.words))

    @property
    def seconds(self) -> float:
        """Length of the sound in seconds."""
        return in_seconds(len(self.samples))

    def sentence_start(self, sample: int) -> int:
        """Return the sample at which the sentence begins that sounds at ``sample``.

        In the pause behind a sentence that is the sentence just spoken; before the first word
        it is 0. To go on from there repeats the sentence that was cut.
        """
        return self.sentence_begin(self.sentence_at(sample))

    def sentence_at(self, sample: int) -> int:
        """Return the number of the sentence that sounds at ``sample``, from 0.

        It stays the same where the text is spoken at another pace.
        """
        return max(bisect_right(self._sentences, sample) - 1, 0)

    def sentence_begin(self, number: int) -> int:
        """Return the sample at which a sentence begins; 0 for the first."""
        return self._sentences[min(number, len(self._sentences) - 1)] if number > 0 else 0

    def words_between(self, start_sample: int, end_sample: int) -> tuple[str, ...]:
        """Return the words that sound, in part or in full, from ``start_sample`` to ``end_sample``.

        A word is taken to sound until the next one begins, so a word may be named a moment
        longer than it is heard.
        """
        ends = [word.at for word in self.words[1:]] + [len(self.samples)]
        return tuple(
            word.text
            for word, end in zip(self.words, ends, strict=True)
            if word.at < end_sample and end > start_sample
        )


class Renderer(Protocol):
    """Turns text into sound. Never plays it."""

    @property
    def engine(self) -> str:
        """Name and version of the speech engine, for people and for the cache's keys."""

    def voices(self) -> tuple[Voice, ...]:
        """Return the voices that can be asked for."""

    def check(self, settings: VoiceSettings) -> None:
        """Make sure that there is such a voice.

        Raises:
            InputError: there is none; the message names voices near to it.
        """

    def render(self, text: str, settings: VoiceSettings) -> Narration:
        """Return plain text as sound, spoken as it stands. Any thread may call.

        Raises:
            InputError: there is no such voice.
            MachineError: the engine fails.
        """


def place_words(text: str, marks: Sequence[tuple[int, int]], length: int) -> tuple[Word, ...]:
    """Return the words of a text, placed in its sound.

    Args:
        text: what is spoken.
        marks: characters and the samples at which they begin to sound, as far as the engine
            told them, in the order of speaking; words without a mark are placed between their
            neighbours by the length of the text.
        length: samples of the sound.
    """
    words = find_words(text)
    if not words:
        return ()
    ends = [end for _, end in words]
    told: dict[int, int] = {}
    for character, sample in marks:
        index = bisect_right(ends, character)
        if index < len(words):
            told.setdefault(index, sample)
    told.setdefault(0, 0)
    weights = _reading_time(text)
    known_weights = [weights[words[index][0]] for index in sorted(told)] + [weights[-1]]
    known_samples = [told[index] for index in sorted(told)] + [length]
    last = max(length - 1, 0)
    placed, at = [], 0
    for index, (start, end) in enumerate(words):
        guess = round(float(np.interp(weights[start], known_weights, known_samples)))
        at = min(max(told.get(index, guess), at), last)
        placed.append(Word(text[start:end], start, end, at))
    return tuple(placed)


def _reading_time(text: str) -> list[int]:
    """Return, for every character and the end, the letters' time that passes before it."""
    total, times = 0, [0]
    for here, following in pairwise(text + " "):
        total += 1
        if following == " ":
            total += SENTENCE_BREAK * (here in ".!?") + CLAUSE_BREAK * (here in ",;:")
        times.append(total)
    return times


def _sentence_starts(text: str, words: tuple[Word, ...]) -> tuple[int, ...]:
    """Return the sample at which each sentence begins."""
    starts = []
    for start, end in find_sentences(text):
        first = next((word for word in words if start <= word.start < end), None)
        if first is not None:
            starts.append(first.at)
    return tuple(starts)


def join(parts: Sequence[tuple[Narration, float]]) -> Narration:
    """Return narrations one behind the other, each followed by that many seconds of silence."""
    texts: list[str] = []
    sounds: list[Samples] = []
    words: list[Word] = []
    characters = samples = 0
    for narration, pause in parts:
        words += [
            Word(word.text, word.start + characters, word.end + characters, word.at + samples)
            for word in narration.words
        ]
        if narration.text:
            texts.append(narration.text)
            characters += len(narration.text) + 1
        gap = silence(round(pause * RATE))
        sounds += [narration.samples, gap]
        samples += len(narration.samples) + len(gap)
    sound = np.concatenate(sounds) if sounds else silence(0)
    return Narration(" ".join(texts), on_grid(sound), tuple(words))


def on_grid(samples: Samples) -> Samples:
    """Return the samples rounded to 16 bits, so that a copy kept on disk is the same sound."""
    whole = np.clip(np.rint(samples * np.float32(32768)), -32768, 32767).astype(np.int16)
    rounded: Samples = whole.astype(np.float32) / np.float32(32768)
    return rounded
