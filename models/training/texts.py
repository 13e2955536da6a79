"""What the synthetic voices say: commands, single words, sentences and random words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from models.builder.vocabulary import script_texts, words_of
from voice_guide.language.pack import load_language
from voice_guide.speech.decoys import LIKE_URGENT

SENTENCE_WORDS = 14
ALONE_LETTERS = 8

_CALLS = """
no stop it; ow stop it; ouch stop; hey stop that; oh please stop it; that hurts stop it; wait stop
stop it hurts; stop I can't; stop wait; stop hold on; stop right there; stop the massage; no no no
I said stop; stop now please; enough stop; hold on a moment; no don't do that; pause the massage
"""


@dataclass(frozen=True)
class Amounts:
    """How often each kind of text is said."""

    phrase: int = 10
    """Voices per command phrase."""

    single: int = 40
    """Voices per command phrase of one word."""

    sentence: int = 3
    """Voices per sentence of the scripts."""

    word: int = 4
    """Times that each word of the vocabulary is said, among others."""

    most: int | None = None
    """No more texts than this, the first ones of the random order."""

    alone: int = 0
    """Words of the vocabulary that are said by themselves as well, after all that."""

    urgent: int = 0
    """Voices per call of somebody in a hurry, and per word that sounds like one, at the end."""


PICO = Amounts(phrase=6, single=20, sentence=3, word=1)
"""For the voices of SVOX Pico, of which there are only two."""

KOKORO = Amounts(phrase=3, single=16, sentence=1, word=1, most=3500, alone=2600, urgent=8)
"""For the voices of Kokoro, which take half as long as they speak."""


def texts(vocabulary: list[str], amounts: Amounts, random: Random) -> list[str]:
    """Return all texts, in random order, each as often as it is to be said."""
    every = [text for phrase in command_phrases() for text in _times(phrase, amounts)]
    every += [text for text in sentences() for _ in range(amounts.sentence)]
    for _ in range(amounts.word):
        every += _random_groups(vocabulary, random)
    random.shuffle(every)
    return every[: amounts.most] + _short(vocabulary, amounts)


def _short(vocabulary: list[str], amounts: Amounts) -> list[str]:
    """Return single words and calls, in random order."""
    random = Random(amounts.alone)
    words = [word for word in vocabulary if 2 < len(word) <= ALONE_LETTERS]
    alone = random.sample(words, min(amounts.alone, len(words)))
    calls = [" ".join(words_of(call)) for call in re.split(r"[;\n]", _CALLS.strip())]
    singles = [phrase for phrase in command_phrases() if " " not in phrase]
    alone += [text for text in (*calls, *LIKE_URGENT, *singles) for _ in range(amounts.urgent)]
    random.shuffle(alone)
    return alone


def command_phrases() -> list[str]:
    """Return what can be said in any session, with a few minutes, sorted."""
    language = load_language("en")
    minutes = {language.number(n): str(n) for n in (2, 3, 5, 10, 15, 20)}
    phrases = {p.text for p in (*language.phrases, *language.naming("minutes", minutes))}
    areas = ("lower back", "shoulders", "neck", "arms", "left leg", "right foot")
    phrases |= {p.text for p in language.naming("area", dict.fromkeys(areas, ""))}
    words = "yes no up down left right on off stop go start done next back help"
    return sorted(phrases | set(words.split()))


def sentences() -> list[str]:
    """Return the sentences of the scripts, in plain words, none too long."""
    found: dict[str, None] = {}
    for text in script_texts():
        for sentence in re.split(r"[.?!:;]\s+|,\s+", text):
            words = words_of(sentence)
            if 1 < len(words) <= SENTENCE_WORDS:
                found[" ".join(words)] = None
    return list(found)


def _times(phrase: str, amounts: Amounts) -> Iterator[str]:
    for _ in range(amounts.phrase if " " in phrase else amounts.single):
        yield phrase


def _random_groups(vocabulary: list[str], random: Random) -> list[str]:
    """Return all words of the vocabulary once, in groups of one to six."""
    words = list(vocabulary)
    random.shuffle(words)
    groups = []
    while words:
        count = random.choice((1, 2, 3, 4, 5, 6))
        groups.append(" ".join(words[:count]))
        words = words[count:]
    return groups
