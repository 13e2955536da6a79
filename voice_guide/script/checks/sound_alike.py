"""Phrases that can be said at the same time, mean different things, and sound alike."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from voice_guide.language.phones import all_alike
from voice_guide.script.checks.common import Checked, Pronounce
from voice_guide.script.checks.said import SCRIPT, Said
from voice_guide.script.codes import phrases as codes
from voice_guide.script.walk import Path

Texts = tuple[str, str]
Words = tuple[str, ...]


def check(checked: Checked, said: Sequence[Said], intents: Mapping[str, str]) -> None:
    """Warn of phrases that sound alike.

    Args:
        checked: the script under check.
        said: its phrases.
        intents: the intent of each universal phrase.
    """
    if checked.measures.pronounce is None:
        return
    together = [pair for pair in _together(said) if pair[0].text != pair[1].text]
    own = list(dict.fromkeys(phrase.text for phrase in said if phrase.text not in intents))
    pairs = list(dict.fromkeys((phrase.text, other.text) for phrase, other in together))
    compared = _Compared(pairs, own, list(intents))
    alike, taken_for = compared.result(checked.measures.pronounce)
    told: set[tuple[Path, Path | str]] = set()
    for phrase, other in together:
        if (phrase.text, other.text) in alike and (phrase.path, other.owner) not in told:
            told.add((phrase.path, other.owner))
            place = checked.loaded.where(other.path, key=other.is_key).words
            _report(checked, phrase, other.text, f"which means something else in {place}")
    for phrase in said:
        command = taken_for.get(phrase.text)
        if command is not None and (phrase.path, intents[command]) not in told:
            told.add((phrase.path, intents[command]))
            _report(checked, phrase, command, f'which means "{intents[command]}"')


def _report(checked: Checked, phrase: Said, other: str, meaning: str) -> None:
    checked.report(
        codes.SOUNDS_ALIKE,
        phrase.path,
        f'"{phrase.text}" sounds like "{other}", {meaning}. Choose words that are easy to tell '
        "apart.",
        key=phrase.is_key,
    )


def _together(said: Sequence[Said]) -> Iterator[tuple[Said, Said]]:
    """Yield the phrases of the script that can be said at the same time and mean two things."""
    everywhere = [phrase for phrase in said if phrase.scope == SCRIPT]
    before: dict[Path, list[Said]] = {}
    for phrase in said:
        scope = before.setdefault(phrase.scope, [])
        for other in scope if phrase.scope == SCRIPT else (*scope, *everywhere):
            if other.owner != phrase.owner:
                yield phrase, other
        scope.append(phrase)


class _Compared:
    """Pairs of phrases, and own phrases with every command. Made for thousands of phrases."""

    def __init__(self, pairs: Sequence[Texts], own: Sequence[str], commands: Sequence[str]) -> None:
        self._pairs, self._own, self._commands = pairs, own, commands
        self._parts: dict[Words, int] = {}
        self._index = [self._numbers(tuple(a.split()), tuple(b.split())) for a, b in pairs]

    def result(self, pronounce: Pronounce) -> tuple[set[Texts], dict[str, str]]:
        """Return the pairs that sound alike, and the command that each own phrase sounds like."""
        table = self._with_commands()
        sounds = pronounce({word for part in self._parts for word in part})
        rows = [tuple(phone for word in part for phone in sounds[word]) for part in self._parts]
        index = np.array(self._index, dtype=np.intp).reshape(-1, 2)
        found = all_alike(rows, np.concatenate([index, table.reshape(-1, 2)]))
        alike = {self._pairs[int(number)] for number in np.flatnonzero(found[: len(index)])}
        like_commands = found[len(index) :].reshape(table.shape[:2])
        taken_for = {
            self._own[int(one)]: self._commands[int(other)]
            for one, other in np.argwhere(like_commands)
        }
        return alike, taken_for

    def _with_commands(self) -> NDArray[np.intp]:
        """Return the parts to compare, shape (own phrases, commands, 2)."""
        own = [tuple(text.split()) for text in self._own]
        commands = [tuple(text.split()) for text in self._commands]
        ends: dict[tuple[str, int], list[int]] = {}
        for number, words in enumerate(commands):
            for end in (0, -1):
                ends.setdefault((words[end], end), []).append(number)
        table = np.empty((len(own), len(commands), 2), dtype=np.intp)
        table[:, :, 0] = np.array([self._number(words) for words in own], dtype=np.intp)[:, None]
        table[:, :, 1] = [self._number(words) for words in commands]
        for row, words in enumerate(own):
            for end in (0, -1):
                for number in ends.get((words[end], end), ()):
                    table[row, number] = self._numbers(words, commands[number])
        return table

    def _numbers(self, one: Words, other: Words) -> tuple[int, int]:
        first, second = _different_part(one, other)
        return self._number(first), self._number(second)

    def _number(self, part: Words) -> int:
        return self._parts.setdefault(part, len(self._parts))


def _different_part(one: Words, other: Words) -> tuple[Words, Words]:
    """Return two phrases without the words that they begin and end with alike."""
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return one, other
