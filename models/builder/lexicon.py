"""How words are pronounced: the CMU dictionary, a list by hand, and rules where both are silent."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from models.builder.letters import Phones, pronounce
from models.builder.vocabulary import LISTS

UNKNOWN = "[unk]"
"""The word that stands for any speech outside the grammar."""

Dictionary = Mapping[str, tuple[Phones, ...]]
Lexicon = dict[str, tuple[Phones, ...]]
_WORD = re.compile(r"[a-z][a-z']*$")


def read_dictionary(path: Path) -> Lexicon:
    """Read a dictionary of lines ``word PHONE PHONE ...``; more pronunciations are ``word(2)``."""
    found: dict[str, dict[Phones, None]] = {}
    for line in path.read_text("utf-8").splitlines():
        head, *phones = line.split("#")[0].split() or [""]
        word = re.sub(r"\(\d+\)$", "", head)
        if _WORD.match(word) and phones:
            found.setdefault(word, {})[tuple(phones)] = None
    return {word: tuple(pronunciations) for word, pronunciations in found.items()}


def make_lexicon(words: Iterable[str], spoken: Iterable[str], dictionary: Dictionary) -> Lexicon:
    """Return the pronunciations of the words, sorted by word.

    Args:
        words: all the words; those that the dictionary lacks are pronounced by espeak-ng's
            rules, in British and in American speech.
        spoken: words that people say as commands: they get British and reduced forms as well.
        dictionary: the pronunciations that there are.
    """
    by_hand = read_dictionary(LISTS / "pronunciations.txt")
    commands = set(spoken)
    lexicon = {}
    for word in sorted({*words, *commands, *by_hand}):
        forms = dict.fromkeys((*dictionary.get(word, ()), *by_hand.get(word, ())))
        if not forms:
            forms = dict.fromkeys((pronounce(word, "en-us"), pronounce(word, "en-gb")))
        if word in commands:
            forms |= dict.fromkeys((pronounce(word, "en-gb"), *map(reduced, tuple(forms))))
        lexicon[word] = tuple(form for form in forms if form)
    return {word: forms for word, forms in lexicon.items() if forms}


def reduced(phones: Phones) -> Phones:
    """Return a pronunciation as it is said in a hurry: "-ing" as "-in"."""
    if len(phones) > 3 and phones[-2:] == ("IH", "NG"):
        return (*phones[:-1], "N")
    return phones
