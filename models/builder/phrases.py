"""Phrases as words of their own: said whole or not at all.

Vosk makes a bigram of the words of a grammar. In noise it lets a phrase lose a word, or take one
of another phrase: "not at all" comes back as "at all". What the graph has as one word cannot.
To Kaldi such a word has no boundaries inside: all its phones but the first and the last are
internal.
"""

from collections.abc import Sequence

from models.builder.graph import GraphBuilder
from models.builder.sphinx import BEGIN, END, INTERNAL, SINGLE

Form = tuple[int, ...]
Forms = tuple[Form, ...]
"""The pronunciations of a word, as phones of the model definition."""

Way = tuple[int, float, int]
"""The input label to enter with, its cost, the state after it."""


class PhraseChains:
    """Adds phrases to a graph. What their ends have in common they share."""

    def __init__(self, builder: GraphBuilder, silence: int) -> None:
        """Begin.

        Args:
            builder: of the graph.
            silence: the phone of silence, which may stand between the words of a phrase.
        """
        self._builder, self._silence = builder, builder.plain(silence)
        self._joints: dict[tuple[int, int, tuple[Forms, ...]], int] = {}
        self._middles: dict[tuple[object, ...], Way] = {}
        self._splits: dict[tuple[int, int, tuple[Forms, ...]], int] = {}

    def add(self, label: int, words: Sequence[Forms]) -> None:
        """Add one phrase of at least two words, with its output label."""
        builder, following = self._builder, tuple(words[1:])
        for form in words[0]:
            if len(form) > 1:
                fork = builder.fork(form[0], form[1], BEGIN)
                self._begin(fork, label, self._rest(form[0], form[1:], following))
                continue
            for onward in _firsts(following):
                fork = builder.fork(form[0], onward, SINGLE)
                for way in self._enter(form[0], onward, following):
                    self._begin(fork, label, way)

    def _begin(self, fork: int, word: int, way: Way) -> None:
        label, cost, target = way
        fst = self._builder.fst
        fst.arc(fork, target, (label, word), cost + self._builder.settings.word)

    def _rest(self, before: int, rest: Form, following: tuple[Forms, ...]) -> Way:
        """Return the way into the rest of a word, after a phone of it, and the words after it."""
        builder = self._builder
        if not following:
            return builder.tail(before, rest)
        if len(rest) == 1:
            return 0, 0.0, self._split(before, rest[0], following)
        senones = builder.senones(rest[0], before, rest[1], INTERNAL)
        key = (senones, rest, following)
        if key not in self._middles:
            label, cost, start, end = builder.hmm(rest[0], INTERNAL, senones)
            onward, more, target = self._rest(rest[0], rest[1:], following)
            builder.fst.arc(end, target, (onward, 0), more)
            self._middles[key] = label, cost, start
        return self._middles[key]

    def _split(self, before: int, phone: int, following: tuple[Forms, ...]) -> int:
        """Return the state before the last phone of a word, which depends on the next word."""
        key = (before, phone, following)
        if key not in self._splits:
            split = self._splits[key] = self._builder.fst.state()
            for onward in _firsts(following):
                senones = self._builder.senones(phone, before, onward, END)
                label, cost, start, end = self._builder.hmm(phone, INTERNAL, senones)
                self._builder.fst.arc(split, start, (label, 0), cost)
                self._builder.fst.arc(end, self._joint(phone, onward, following))
        return self._splits[key]

    def _joint(self, last: int, onward: int, following: tuple[Forms, ...]) -> int:
        """Return the state between two words, where there may be a pause."""
        key = (last, onward, following)
        if key not in self._joints:
            fst = self._builder.fst
            joint = self._joints[key] = fst.state()
            label, cost, start, end = self._builder.hmm(last, INTERNAL, self._silence)
            fst.arc(joint, start, (label, 0), cost)
            fst.arc(end, joint)
            for label, cost, target in self._enter(last, onward, following):
                fst.arc(joint, target, (label, 0), cost)
        return self._joints[key]

    def _enter(self, left: int, first: int, following: tuple[Forms, ...]) -> list[Way]:
        """Return the ways into the next word, in those forms of it that begin with a phone."""
        builder, after, ways = self._builder, following[1:], []
        for form in following[0]:
            if form[0] != first:
                continue
            if len(form) > 1:
                senones = builder.senones(first, left, form[1], BEGIN)
                key = (senones, form, after)
                if key not in self._middles:
                    label, cost, start, end = builder.hmm(first, INTERNAL, senones)
                    onward, more, target = self._rest(first, form[1:], after)
                    builder.fst.arc(end, target, (onward, 0), more)
                    self._middles[key] = label, cost, start
                ways.append(self._middles[key])
            elif after:
                for onward in _firsts(after):
                    senones = builder.senones(first, left, onward, SINGLE)
                    label, cost, start, end = builder.hmm(first, INTERNAL, senones)
                    builder.fst.arc(end, self._joint(first, onward, after))
                    ways.append((label, cost, start))
            else:
                ways.append((0, 0.0, builder.last_phone(left, first, SINGLE)))
        return ways


def _firsts(following: tuple[Forms, ...]) -> list[int]:
    """Return the phones that the next word may begin with."""
    return list(dict.fromkeys(form[0] for form in following[0]))
