"""The search graph HCL: words as HMM states, with the context of each phone across words.

Nothing is determinised: each word owns a path, labelled after its first phone, and paths share
their tails. Between words stand boundary nodes (last phone spoken, phone that must come next).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from models.builder.fst import Fst
from models.builder.phones import PhoneTable
from models.builder.sphinx import BEGIN, END, INTERNAL, SILENCE, SINGLE, Definition, Floats

Senones = tuple[int, ...]
Word = tuple[int, tuple[int, ...]]
"""Output label and pronunciation, as phones of the model definition."""


@dataclass(frozen=True)
class GraphSettings:
    """Costs, as natural logarithms times the acoustic scale."""

    transition_scale: float = 0.1
    silence: float = 0.0
    noise: float = 3.0
    word: float = 3.0
    unknown: float = 3.0
    """To begin ``[unk]``."""

    unknown_phone: float = 2.2
    """For each phone of it."""

    unknown_least: int = 3
    """Phones that it has at least."""

    noises: tuple[str, ...] = ("+NSN+",)


@dataclass(frozen=True)
class Unit:
    """What an input label stands for, before transition ids are known."""

    stays: bool
    phone: int
    state: int
    senone: int


class GraphBuilder:
    """Builds the graph. Input labels are places in ``units``, from 1."""

    def __init__(
        self,
        definition: Definition,
        transitions: Floats,
        phones: PhoneTable,
        settings: GraphSettings,
        tie: Callable[[int], int] = lambda senone: senone,
    ) -> None:
        """Begin.

        Args:
            definition: phones and their senones.
            transitions: probabilities per phone of the definition.
            phones: the numbers of the phones.
            settings: the costs.
            tie: maps senones to fewer, for a network with fewer outputs.
        """
        self.fst = Fst()
        self.units: list[Unit] = []
        self._definition, self._transitions = definition, transitions
        self._phones, self.settings, self._tie = phones, settings, tie
        self._labels: dict[Unit, int] = {}
        self._speech = [p for p, filler in enumerate(definition.is_filler) if not filler]
        self._contexts = [*self._speech, definition.silence]
        self._boundaries: dict[tuple[int, int], int] = {}
        self._tails: dict[tuple[Senones, tuple[int, ...]], tuple[int, float, int]] = {}
        self._last: dict[tuple[object, int], int] = {}
        self._forks: dict[tuple[int, int, int], int] = {}

    def add_words(self, words: Iterable[Word]) -> None:
        """Add all words at once."""
        by_beginning: dict[tuple[int, ...], list[Word]] = defaultdict(list)
        single: dict[int, list[int]] = defaultdict(list)
        for label, phones in words:
            if len(phones) == 1:
                single[phones[0]].append(label)
            else:
                by_beginning[phones[:2]].append((label, phones))
        for (first, second), group in sorted(by_beginning.items()):
            self._add_group(first, second, group)
        for phone, labels in sorted(single.items()):
            self._add_single(phone, labels)

    def add_silence(self, unknown: int) -> None:
        """Add silence, noise and the unknown word, with this label, between the words."""
        fst, settings = self.fst, self.settings
        silence = self._definition.silence
        pause, resume = fst.state(), fst.state()
        fst.start = resume
        fst.finals[resume] = 0.0
        fst.arc(resume, pause)
        for left in self._speech:
            boundary = self._boundary(left, silence)
            fst.arc(boundary, pause)
            fst.finals[boundary] = 0.0
        for right in self._speech:
            if (silence, right) in self._boundaries:
                fst.arc(resume, self._boundaries[silence, right])
        costs = {SILENCE: settings.silence, **dict.fromkeys(settings.noises, settings.noise)}
        for name, cost in costs.items():
            base = self._definition.phones.index(name)
            enter, enter_cost, first, last = self.hmm(base, SINGLE, self.plain(base))
            fst.arc(pause, first, (enter, 0), enter_cost + cost)
            fst.arc(last, resume)
        self._add_unknown(pause, resume, unknown)

    def _label(self, unit: Unit) -> int:
        if unit not in self._labels:
            self.units.append(unit)
            self._labels[unit] = len(self.units)
        return self._labels[unit]

    def senones(self, phone: int, left: int, right: int, position: int) -> Senones:
        """Return the senones of a phone between two others, as the network has them."""
        return tuple(map(self._tie, self._definition.senones(phone, left, right, position)))

    def plain(self, phone: int) -> Senones:
        """Return the senones of a phone without context, as the network has them."""
        return tuple(map(self._tie, self._definition.plain_senones(phone)))

    def hmm(self, base: int, position: int, senones: Senones) -> tuple[int, float, int, int]:
        """Add three states. Returns (label to enter with, its cost, first state, last state)."""
        phone, chances = self._phones.number(base, position), self._transitions[base]
        scale = self.settings.transition_scale
        states = [self.fst.state() for _ in senones]
        onward = []
        for number, senone in enumerate(senones):
            loop = self._label(Unit(True, phone, number, senone))
            cost = -scale * np.log(chances[number, number])
            self.fst.arc(states[number], states[number], (loop, 0), cost)
            leave = self._label(Unit(False, phone, number, senone))
            onward.append((leave, -scale * float(np.log(chances[number, number + 1]))))
        for number in (1, 2):
            label, cost = onward[number]
            self.fst.arc(states[number - 1], states[number], (label, 0), cost)
        return *onward[0], states[0], states[2]

    def _boundary(self, left: int, right: int) -> int:
        if (left, right) not in self._boundaries:
            self._boundaries[left, right] = self.fst.state()
        return self._boundaries[left, right]

    def _add_group(self, first: int, second: int, group: list[Word]) -> None:
        """Add the words that begin with the same two phones."""
        fork = self.fork(first, second, BEGIN)
        for word, phones in group:
            label, cost, target = self.tail(first, phones[1:])
            self.fst.arc(fork, target, (label, word), cost + self.settings.word)

    def fork(self, first: int, second: int, position: int) -> int:
        """Return the state after a first phone, said after any other: BEGIN, or a word by itself.

        Args:
            first: the phone.
            second: the one that comes next.
            position: BEGIN, or SINGLE where the first phone is a whole word and more is to come.
        """
        key = (first, second, position)
        if key not in self._forks:
            fork = self._forks[key] = self.fst.state()
            for senones, lefts in self._alike(
                lambda left: self.senones(first, left, second, position)
            ).items():
                label, cost, start, end = self.hmm(first, BEGIN, senones)
                for left in lefts:
                    self.fst.arc(self._boundary(left, first), start, (label, 0), cost)
                self.fst.arc(end, fork)
        return self._forks[key]

    def _alike(self, senones: Callable[[int], Senones]) -> dict[Senones, list[int]]:
        """Return the contexts, grouped by the senones that they give."""
        groups: dict[Senones, list[int]] = defaultdict(list)
        for context in self._contexts:
            groups[senones(context)].append(context)
        return groups

    def tail(self, before: int, rest: tuple[int, ...]) -> tuple[int, float, int]:
        """Return the way into the rest of a word after a phone of it: label, cost, state."""
        if len(rest) == 1:
            return 0, 0.0, self.last_phone(before, rest[0])
        senones = self.senones(rest[0], before, rest[1], INTERNAL)
        key = (senones, rest)
        if key not in self._tails:
            label, cost, start, end = self.hmm(rest[0], INTERNAL, senones)
            following, more, target = self.tail(rest[0], rest[1:])
            self.fst.arc(end, target, (following, 0), more)
            self._tails[key] = (label, cost, start)
        return self._tails[key]

    def last_phone(self, before: int, phone: int, position: int = END) -> int:
        """Return the state before the last phone, which depends on the word to come.

        Args:
            before: the phone before it.
            phone: the last one.
            position: END, or SINGLE where it is a word by itself at the end of a phrase.
        """
        groups = self._alike(lambda right: self.senones(phone, before, right, position))
        key = (tuple(sorted((s, tuple(r)) for s, r in groups.items())), phone)
        if key not in self._last:
            state = self._last[key] = self.fst.state()
            for senones, rights in groups.items():
                label, cost, start, end = self.hmm(phone, END, senones)
                self.fst.arc(state, start, (label, 0), cost)
                for right in rights:
                    self.fst.arc(end, self._boundary(phone, right))
        return self._last[key]

    def _add_single(self, phone: int, words: list[int]) -> None:
        """Add the words of one phone, which sees the contexts on both of its sides."""
        rows: dict[tuple[Senones, ...], list[int]] = defaultdict(list)
        for left in self._contexts:
            row = tuple(self.senones(phone, left, right, SINGLE) for right in self._contexts)
            rows[row].append(left)
        for row, lefts in rows.items():
            rights: dict[Senones, list[int]] = defaultdict(list)
            for right, senones in zip(self._contexts, row, strict=True):
                rights[senones].append(right)
            for senones, after in rights.items():
                label, cost, start, end = self.hmm(phone, SINGLE, senones)
                for left in lefts:
                    for word in words:
                        total = cost + self.settings.word
                        self.fst.arc(self._boundary(left, phone), start, (label, word), total)
                for right in after:
                    self.fst.arc(end, self._boundary(phone, right))

    def _add_unknown(self, pause: int, resume: int, unknown: int) -> None:
        """Add the unknown word: a loop over the phones without context."""
        settings = self.settings
        node = self.fst.state()
        self.fst.arc(pause, node, (0, unknown), settings.unknown)
        node = self._any_phone(node, BEGIN)
        for _ in range(settings.unknown_least - 2):
            node = self._any_phone(node, INTERNAL)
        self._any_phone(node, INTERNAL, node)
        self.fst.arc(self._any_phone(node, END), resume)

    def _any_phone(self, source: int, position: int, target: int | None = None) -> int:
        """Add all phones side by side. Returns the state after them."""
        after = self.fst.state() if target is None else target
        for base in self._speech:
            label, cost, start, end = self.hmm(base, position, self.plain(base))
            self.fst.arc(source, start, (label, 0), cost + self.settings.unknown_phone)
            self.fst.arc(end, after)
        return after
