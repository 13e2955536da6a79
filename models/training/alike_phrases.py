"""What sounds much like a phrase and is none, by synthetic voices: "stardate" for "stop it".

The phrase check learns to tell it from the phrases.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.builder.letters import Phones
from models.builder.lexicon import Lexicon
from models.training.alike_ends import model_lexicon, some_voice
from models.training.augmentation import Augmenter, Chances
from models.training.corpus import Corpus
from models.training.embedded import (
    CLATTER,
    Embedded,
    as_arrays,
    heard_row,
    kept,
    phrases,
    recorded_noises,
)
from models.training.features import SHIFT
from models.training.sounding_alike import distance, like_words
from models.training.voices import Speaker, Speaking
from voice_guide.language.pack import load_language
from voice_guide.speech.second_opinion import STOP
from voice_guide.speech.speech_embedding import SpeechEmbedding

_URGENT, _OTHER = 60, 12
"""Texts for each phrase."""

_URGENT_VOICES, _VOICES = 2, 1
_LEAST_APART = 0.5
"""What is nearer than this is the same to anybody: "weight" and "wait" ..."""

_EACH_APART = (0.12, 0.3)
"""... and so far for each sound of the phrase: "ahh bit faster" is meant for "a bit faster"."""

_WORD_APART, _WORD_APART_MORE = 0.4, 0.3
_REPLACED = (1, 2)
_NEVER_OTHER = frozenset((STOP, "pause", "wait"))
"""What has one of these in it may well be meant."""

_TRIES = 60
_SEED = 23
_GROUP = 100

Item = tuple[int, str, Speaking]
"""The number, a text, and who says it."""


def alike_phrases(
    folder: Path, corpus: Path, kokoro_voices: Path, processes: int | None = None
) -> Embedded:
    """Return such texts, embedded; they are made unless the folder has them.

    Args:
        folder: where they are kept.
        corpus: the folder of the corpus, which has the noises.
        kokoro_voices: the folder of Kokoro's voices.
        processes: how many make them.
    """
    groups = _groups(corpus, kokoro_voices, model_lexicon())
    return kept(folder / "alike_phrases.npz", _make, groups, processes, fresh=True)


class Alike:
    """Finds what sounds like a phrase."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Begin.

        Args:
            lexicon: the words and their pronunciations.
        """
        self._lexicon = {word: forms for word, forms in lexicon.items() if STOP not in word}
        self._forms = lexicon
        self._near = cache(self._words_near)

    def texts(self, phrase: str, many: int, random: Random, *, anew: bool) -> list[str]:
        """Return up to so many texts that sound like a phrase.

        Args:
            phrase: its words are in the lexicon.
            many: how many at most.
            random: chooses.
            anew: whether its sounds may be parted into words elsewhere, too. That takes a second.
        """
        words = phrase.split()
        whole = tuple(phone for word in words for phone in self._forms[word][0])
        found: dict[str, None] = {}
        parted = self._parted(whole) if anew and len(words) > 1 else []
        for turn in range(many * _TRIES):
            if len(found) == many:
                break
            if parted and turn % 2:
                new = [random.choice(choice) for choice in random.choice(parted)]
            else:
                new = self._with_others(words, random)
            if self._sounds_like(new, whole):
                found[" ".join(new)] = None
        return list(found)

    def _with_others(self, words: list[str], random: Random) -> list[str]:
        new = list(words)
        for at in random.sample(range(len(words)), min(random.choice(_REPLACED), len(words))):
            near = self._near(self._forms[words[at]][0])
            new[at] = random.choice(near) if near else new[at]
        return new

    def _parted(self, whole: Phones) -> list[list[list[str]]]:
        """Return for each way to part the sounds into one or two words the words for each."""
        ways = [[self._near(whole)]]
        ways += [
            [self._near(whole[:at]), self._near(whole[at:])] for at in range(2, len(whole) - 1)
        ]
        return [way for way in ways if all(way)]

    def _words_near(self, phones: Phones) -> list[str]:
        most = _WORD_APART * len(phones) + _WORD_APART_MORE
        return sorted(like_words(self._lexicon, (phones,), most))

    def _sounds_like(self, new: list[str], whole: Phones) -> bool:
        if not _NEVER_OTHER.isdisjoint(new):
            return False
        said = tuple(phone for word in new for phone in self._forms[word][0])
        least, most = (each * len(whole) for each in _EACH_APART)
        return max(_LEAST_APART, least) <= distance(said, whole) <= most


def texts(lexicon: Lexicon, random: Random) -> list[str]:
    """Return all that is said, in random order."""
    alike, told, found = Alike(lexicon), set(phrases()), []
    for phrase in load_language("en").phrases:
        many, voices = (_URGENT, _URGENT_VOICES) if phrase.urgent else (_OTHER, _VOICES)
        like = alike.texts(phrase.text, many, random, anew=phrase.urgent)
        found += [text for text in like if text not in told for _ in range(voices)]
    random.shuffle(found)
    return found


def _groups(
    corpus: Path, kokoro_voices: Path, lexicon: Lexicon
) -> Iterator[tuple[Path, Path, tuple[Item, ...]]]:
    random = Random(_SEED)
    items = [(n, text, some_voice(random)) for n, text in enumerate(texts(lexicon, random))]
    for start in range(0, len(items), _GROUP):
        yield corpus, kokoro_voices, tuple(items[start:][:_GROUP])


@lru_cache(maxsize=1)
def _tools(
    corpus: Path, kokoro_voices: Path
) -> tuple[Speaker, SpeechEmbedding, list[NDArray[np.float32]]]:
    return Speaker(kokoro_voices), SpeechEmbedding(), recorded_noises(Corpus(corpus))[False]


def _make(group: tuple[Path, Path, tuple[Item, ...]]) -> tuple[NDArray[Any], ...]:
    speaker, embedding, noises = _tools(group[0], group[1])
    rows = []
    for number, text, how in group[2]:
        said = speaker.say(text, how) * np.float32(32767)
        said = said[: len(said) // SHIFT * SHIFT]
        augmenter = Augmenter(noises, _SEED + number * 31, Chances(clatter=CLATTER))
        spoken = np.ones(len(said) // SHIFT, np.uint8)
        sound = augmenter.change(said, spoken, 0, padded=True)[0]
        row = heard_row(embedding, sound, np.random.default_rng([_SEED, number]))
        rows.append((row, text, how.voice.partition(":")[0], -1, 0))
    return as_arrays(rows)
