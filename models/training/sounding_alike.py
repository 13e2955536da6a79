"""How far pronunciations are from each other, and which words sound much like one.

What a sound costs that is another, or too many, is rough, and set by hand.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import product

from models.builder.letters import Phones

_MANNERS = "P B T D K G/CH JH/F V TH DH S Z SH ZH HH/M N NG/L R/W Y"
_VOICED = {"B": "P", "D": "T", "G": "K", "JH": "CH", "V": "F", "DH": "TH", "Z": "S", "ZH": "SH"}
_VOWELS = {
    "IY": (0.0, 0.0),
    "IH": (0.2, 0.15),
    "EY": (0.25, 0.1),
    "EH": (0.4, 0.2),
    "AE": (0.7, 0.25),
    "AA": (1.0, 0.8),
    "AO": (0.7, 1.0),
    "OW": (0.4, 1.0),
    "OY": (0.5, 0.8),
    "UH": (0.25, 0.8),
    "UW": (0.0, 0.9),
    "AH": (0.6, 0.6),
    "ER": (0.4, 0.6),
    "AY": (0.8, 0.5),
    "AW": (0.9, 0.7),
}
"""Where the tongue is, roughly: how low, and how far back."""

_PLACE = {phone: at for at, group in enumerate(_MANNERS.split("/")) for phone in group.split()}
_VOICE, _MANNER = 0.25, 0.5
_ADDED, _ADDED_WEAK = 0.7, 0.5
_WEAK = frozenset(("T", "D", "HH", "AH"))
"""They come and go in a hurry."""

Words = Mapping[str, tuple[Phones, ...]]


def distance(first: Phones, second: Phones, *, ends_alike: bool = False) -> float:
    """Return how far two pronunciations are from each other, 1 for each sound that is another.

    Args:
        first: what is said.
        second: what it is held against.
        ends_alike: whether only the end of what is said counts.
    """
    row = [0.0]
    for phone in second:
        row.append(row[-1] + _added(phone))
    for phone in first:
        before, row = row, [0.0 if ends_alike else row[0] + _added(phone)]
        for at, other in enumerate(second):
            swapped = before[at] + _apart(phone, other)
            row.append(min(swapped, before[at + 1] + _added(phone), row[-1] + _added(other)))
    return row[-1]


def like_words(
    lexicon: Words, wanted: Iterable[Phones], most: float, *, ends_alike: bool = False
) -> dict[str, float]:
    """Return words that sound like one of some pronunciations, and how far they are from it.

    Args:
        lexicon: the words.
        wanted: the pronunciations.
        most: how far they may be.
        ends_alike: whether only the end of a word counts.
    """
    wanted = tuple(wanted)
    found: dict[str, float] = {}
    for word, forms in lexicon.items():
        for form, each in product(forms, wanted):
            added = len(each) - len(form) if ends_alike else abs(len(each) - len(form))
            if added * _ADDED_WEAK <= most:
                near = distance(form, each, ends_alike=ends_alike)
                found[word] = min(near, found.get(word, near))
    return {word: near for word, near in found.items() if near <= most}


def _added(phone: str) -> float:
    return _ADDED_WEAK if phone in _WEAK else _ADDED


@lru_cache(maxsize=4096)
def _apart(first: str, second: str) -> float:
    if first == second:
        return 0.0
    if first in _VOWELS and second in _VOWELS:
        pairs = zip(_VOWELS[first], _VOWELS[second], strict=True)
        return min(1.0, 0.1 + sum((a - b) ** 2 for a, b in pairs) ** 0.5)
    if _VOICED.get(first, first) == _VOICED.get(second, second):
        return _VOICE
    same = first in _PLACE and _PLACE[first] == _PLACE.get(second)
    return _MANNER if same else 1.0
