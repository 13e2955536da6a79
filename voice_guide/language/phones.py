"""How alike two rows of phones sound: an edit distance with weights.

The phones are ARPAbet's, without stress. The weights follow the features of the phones: what
differs in voicing only costs little, what differs in manner and in place costs much, and sounds
that are easily lost cost less than others. They are a judgement, not a measurement.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Phones = tuple[str, ...]

_VOWELS = {  # how open, how far back, both 0 to 1; a diphthong has two such places
    "IY": (0.0, 0.0, 0.0, 0.0),
    "IH": (0.2, 0.2, 0.2, 0.2),
    "EH": (0.6, 0.1, 0.6, 0.1),
    "AE": (0.9, 0.1, 0.9, 0.1),
    "AH": (0.6, 0.6, 0.6, 0.6),
    "ER": (0.5, 0.5, 0.5, 0.5),
    "AA": (1.0, 0.8, 1.0, 0.8),
    "AO": (0.8, 1.0, 0.8, 1.0),
    "UH": (0.2, 0.8, 0.2, 0.8),
    "UW": (0.0, 0.9, 0.0, 0.9),
    "EY": (0.4, 0.1, 0.1, 0.1),
    "AY": (1.0, 0.5, 0.1, 0.1),
    "OY": (0.7, 1.0, 0.1, 0.1),
    "AW": (1.0, 0.5, 0.2, 0.9),
    "OW": (0.5, 0.9, 0.2, 0.9),
}
_CONSONANTS = {  # manner, place from the lips (0) to the throat (6), voiced
    **{name: ("stop", place, voiced) for name, place, voiced in (
        ("P", 0, 0), ("B", 0, 1), ("T", 2, 0), ("D", 2, 1), ("K", 5, 0), ("G", 5, 1))},
    **{name: ("affricate", 3, voiced) for name, voiced in (("CH", 0), ("JH", 1))},
    **{name: ("fricative", place, voiced) for name, place, voiced in (
        ("F", 1, 0), ("V", 1, 1), ("TH", 1, 0), ("DH", 1, 1), ("S", 2, 0), ("Z", 2, 1),
        ("SH", 3, 0), ("ZH", 3, 1), ("HH", 6, 0))},
    **{name: ("nasal", place, 1) for name, place in (("M", 0), ("N", 2), ("NG", 5))},
    **{name: ("glide", place, 1) for name, place in (("W", 0), ("L", 2), ("R", 3), ("Y", 4))},
}  # fmt: skip
_NEAR_MANNERS = (
    {"stop", "affricate"},
    {"fricative", "affricate"},
    {"nasal", "stop"},
)
_LOST = {
    "AH": 0.5,
    "IH": 0.6,
    "HH": 0.4,
    "T": 0.6,
    "D": 0.6,
    "R": 0.6,
    "L": 0.7,
    "N": 0.7,
    "Y": 0.6,
}
"""What it costs when a phone is there or not; 0.9 where nothing is said."""

PHONES = (*_VOWELS, *_CONSONANTS)
_INDEX = {phone: index for index, phone in enumerate(PHONES)}
_LOSS = np.array([_LOST.get(phone, 0.9) for phone in PHONES] + [0.0])
_NO_PHONE = len(PHONES)

ALIKE = 0.34
"""A distance per phone of the shorter phrase up to which two phrases sound alike."""

_ROUNDING = 1e-9
_ONLY_MORE = 0.6
"""The distance up to which a phrase that only has more words sounds like the shorter one: "a"."""


def distances(rows: Sequence[Phones], pairs: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return the weighted edit distance of each pair, shape (n,).

    Args:
        rows: the phones of each phrase.
        pairs: which two of them to compare, by their indices, shape (n, 2).

    Raises:
        KeyError: a phone is none of ``PHONES``.
    """
    table = _padded(rows)
    return _distances(table[pairs[:, 0]], table[pairs[:, 1]], np.full(len(pairs), np.inf))


def alike(first: Phones, second: Phones) -> bool:
    """Return whether two phrases, or what is different in them, sound alike."""
    return bool(all_alike([first, second], np.array([(0, 1)]))[0])


def all_alike(rows: Sequence[Phones], pairs: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return of each pair whether it sounds alike, shape (n,).

    Args:
        rows: the phones of each phrase.
        pairs: which two of them to compare, by their indices, shape (n, 2).
    """
    found = np.zeros(len(pairs), dtype=bool)
    if not len(pairs):
        return found
    lengths = np.array([len(row) for row in rows])[pairs]
    shorter, longer = lengths.min(axis=1), lengths.max(axis=1)
    most = np.where(shorter == 0, _ONLY_MORE, ALIKE * shorter) + _ROUNDING
    near = np.flatnonzero((longer - shorter) * min(_LOST.values()) <= most)
    table = _padded(rows)
    for length in np.unique(longer[near]):
        some = near[longer[near] == length]
        first, second = (table[pairs[some, side], :length] for side in (0, 1))
        found[some] = _distances(first, second, most[some]) <= most[some]
    return found


def _distances(
    first: NDArray[np.intp], second: NDArray[np.intp], most: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the distance of each row of one table from that of another; inf if over ``most``."""
    costs = _costs()
    result = np.full(len(first), np.inf)
    left = np.arange(len(first))
    row = np.concatenate([np.zeros((len(first), 1)), np.cumsum(_LOSS[second], axis=1)], axis=1)
    for i in range(first.shape[1]):
        phone = first[left, i]
        lost = _LOSS[phone]
        above = row
        row = np.empty_like(above)
        row[:, 0] = above[:, 0] + lost
        for j in range(second.shape[1]):
            other = second[left, j]
            row[:, j + 1] = np.minimum(
                np.minimum(above[:, j + 1] + lost, row[:, j] + _LOSS[other]),
                above[:, j] + costs[phone, other],
            )
        hopeful = row.min(axis=1) <= most[left]
        if not hopeful.all():
            left, row = left[hopeful], row[hopeful]
    result[left] = row[:, -1]
    return result


def _padded(rows: Sequence[Phones]) -> NDArray[np.intp]:
    table = np.full((len(rows), max(map(len, rows))), _NO_PHONE, dtype=np.intp)
    for number, row in enumerate(rows):
        table[number, : len(row)] = [_INDEX[phone] for phone in row]
    return table


@lru_cache(maxsize=1)
def _costs() -> NDArray[np.float64]:
    """Return what it costs to hear one phone for another; behind the end only nothing fits."""
    count = len(PHONES)
    costs = np.full((count + 1, count + 1), 10.0)
    for i, one in enumerate(PHONES):
        for j, other in enumerate(PHONES):
            costs[i, j] = _cost(one, other)
        costs[i, count] = costs[count, i] = _LOSS[i]
    costs[count, count] = 0.0
    return costs


def _cost(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if one in _VOWELS and other in _VOWELS:
        a, b = _VOWELS[one], _VOWELS[other]
        return min(1.0, 0.2 + 0.5 * float(np.abs(np.subtract(a, b)).sum()) * 0.8)
    if one in _VOWELS or other in _VOWELS:
        return 0.5 if {one, other} == {"ER", "R"} else 1.2
    manner, place, voiced = _CONSONANTS[one]
    other_manner, other_place, other_voiced = _CONSONANTS[other]
    apart = 0.1 * abs(place - other_place) + 0.15 * (voiced != other_voiced)
    if manner == other_manner:
        return min(0.8, 0.25 + apart)
    if {manner, other_manner} in _NEAR_MANNERS:
        return min(0.9, 0.45 + apart)
    return min(1.0, 0.7 + apart)
