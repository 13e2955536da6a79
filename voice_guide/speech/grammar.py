"""What the recogniser listens for, and which phrase a result is."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from voice_guide.language.pack import SAFETY, Language
from voice_guide.language.phrases import Phrase, Scope
from voice_guide.speech.decoys import COMMON_WORDS

__all__ = ["SKIP_WORDS", "UNKNOWN", "Grammar", "Phrase", "Scope"]

UNKNOWN = "[unk]"
"""The word that Vosk models use for any speech outside the grammar."""

SKIP_WORDS = ("please", "thanks", "thank you", "um", "uh", "oh", "well")
"""Said around a phrase without changing it (English)."""


_CONTENT_WORDS = 2
"""So many words a phrase must have beside function words, to be heard without those."""


def as_one_word(text: str) -> str:
    """Return the word that a model has for a whole phrase, if it has one: ``too_hard``."""
    return text.replace(" ", "_")


def as_words(text: str) -> str:
    """Return the words of what a model gives as one word: the reverse of ``as_one_word``."""
    return text.replace("_", " ")


@dataclass(frozen=True)
class Grammar:
    """The phrases that can be said now.

    Vosk turns them into a bigram over their words, so that other orders of the same words can
    come out too: only ``match`` says whether a result is one of the phrases.
    """

    phrases: tuple[Phrase, ...]
    """Inner scopes first: the first phrase with a given text wins."""

    closed: bool = False
    """Phrases only: whatever is said comes back as words of theirs."""

    skip_words: tuple[str, ...] = SKIP_WORDS
    """Words, or short sequences of words, that are ignored before and after a phrase."""

    function_words: frozenset[str] = frozenset()
    """Short words that carry little. A phrase counts without some of them, or with others, where
    two or more other words are all there and no other phrase has the same."""

    connecting: tuple[str, ...] = ()
    """What joins two phrases said in one breath: the "but" of "yes, but softer"."""

    address: str = ""
    """What the narrator is called. It may come before any phrase."""

    in_one_breath: bool = False
    """Whether the connecting words and the address are listened for, too. They are short, and
    cost some of the single phrases: so only what was no phrase is heard again with them."""

    decoys: tuple[str, ...] = COMMON_WORDS
    """Words that mean nothing here. They keep what sounds like them from being a phrase."""

    wholes: frozenset[str] = frozenset()
    """Phrases that the model has as one word, said whole or not at all ..."""

    said_whole: bool = False
    """... and whether they are listened for as such."""

    @classmethod
    def of(cls, phrases: Iterable[Phrase], language: Language) -> "Grammar":
        """Return the grammar of some phrases, with the small words of their language."""
        return cls(
            tuple(phrases),
            skip_words=language.skip_words,
            decoys=language.decoys or COMMON_WORDS,
            connecting=language.connecting,
            address=language.address,
            function_words=frozenset(language.function_words),
        )

    def vosk_json(self) -> str:
        """Return the grammar as Vosk takes it: unique phrases, skip words, decoys, ``[unk]``."""
        texts = [self.as_said(p.text) if self.said_whole else p.text for p in self.phrases]
        if not self.closed:
            joining = (self.address, *self.connecting) if self.in_one_breath else ()
            texts += [*self.skip_words, *filter(None, joining), *self.decoys, UNKNOWN]
        return json.dumps(list(dict.fromkeys(texts)), ensure_ascii=False)

    def as_said(self, text: str) -> str:
        """Return a phrase as the model has it: as one word where it knows it as a whole."""
        return as_one_word(text) if text in self.wholes else text

    def words_only(self) -> "Grammar":
        """Return the grammar of those phrases that are a single word."""
        return replace(self, phrases=tuple(p for p in self.phrases if " " not in p.text))

    def without_decoys(self) -> "Grammar":
        """Return the same grammar with no decoys: it finds more, and more that is wrong."""
        return replace(self, decoys=())

    def match(self, text: str) -> Phrase | None:
        """Return the phrase that a result is, or None.

        The whole result must be one phrase, but for skip words around it. An urgent phrase
        may be said several times over: "stop stop stop".
        """
        words = tuple(text.split())
        if not words or UNKNOWN in words:
            return None
        rest = self._without_skip_words(words)
        return (
            self._phrase(words) or self._phrase(rest) or self._by_content.get(self._content(rest))
        )

    def matches(self, text: str) -> tuple[Phrase, ...]:
        """Return the phrases that a result is: one, or two said in one breath, or none.

        Two make up the whole result and are joined by a connecting word: "yes, but softer". Two
        answers are none: "yes and no". After "stop" or "wait" only another phrase can come, with
        no word between, and of these only what keeps people safe counts: "stop, that hurts", not
        the second half of "stop, go on". Who says something else then tells somebody about it:
        "stop if the skin turns red".
        """
        whole = self.match(text)
        if whole is not None:
            return (whole,)
        words = tuple(text.split())
        for middle in range(1, len(words)):
            first = self.match(" ".join(words[:middle]))
            if first is None:
                continue
            if first.urgent:
                then = self.match(" ".join(words[middle:]))
                if then is not None:
                    return (first, then) if then.intent in SAFETY else (first,)
                continue
            second = self._second(first, words[middle:])
            if second is not None:
                return (first, second)
        return ()

    def _second(self, first: Phrase, words: tuple[str, ...]) -> Phrase | None:
        """Return the phrase that comes after another in one breath, or None."""
        for join in self._connections:
            if words[: len(join)] != join:
                continue
            rest = " ".join(words[len(join) :])
            second = self.match(rest)
            if second is None and self.address and first.text.startswith(f"{self.address} "):
                second = self.match(f"{self.address} {rest}")
            answers = second is not None and first.scope == second.scope == "question"
            if second is not None and not answers and second.intent != first.intent:
                return second
        return None

    def ending(self, text: str) -> Phrase | None:
        """Return the urgent phrase that a result ends with, whatever comes before it, or None.

        For speech that begins in the narrator's own echo: "lay both hands stop".
        """
        words = tuple(text.split())
        for start in range(len(words)):
            found = self._by_words.get(words[start:])
            if found is not None and found.urgent:
                return found
        return None

    def within(self, vocabulary: Callable[[str], bool]) -> "Grammar":
        """Return the grammar without phrases that have words unknown to a model.

        Vosk drops such words, and "I have a rash" would become "I have a".

        Args:
            vocabulary: says whether the model knows a word; ``SpeechModel.has_word``.
        """
        known = {word: vocabulary(word) for phrase in self.phrases for word in phrase.text.split()}
        phrases = (p for p in self.phrases if all(known[word] for word in p.text.split()))
        texts = {phrase.text for phrase in self.phrases if " " in phrase.text}
        wholes = frozenset(text for text in texts if vocabulary(as_one_word(text)))
        return replace(self, phrases=tuple(phrases), wholes=wholes)

    def unknown_words(self, vocabulary: Callable[[str], bool]) -> dict[str, list[str]]:
        """Return the phrases that cannot be heard, each with the words that are not known.

        Vosk drops such words without saying so: "more emollient" would become "more".

        Args:
            vocabulary: says whether the model knows a word; ``SpeechModel.has_word``.
        """
        found = {}
        for text in dict.fromkeys(phrase.text for phrase in self.phrases):
            unknown = [word for word in dict.fromkeys(text.split()) if not vocabulary(word)]
            if unknown:
                found[text] = unknown
        return found

    @cached_property
    def _by_words(self) -> dict[tuple[str, ...], Phrase]:
        table: dict[tuple[str, ...], Phrase] = {}
        for phrase in self.phrases:
            table.setdefault(tuple(phrase.text.split()), phrase)
        return table

    @cached_property
    def _by_content(self) -> dict[tuple[str, ...], Phrase]:
        """The phrases by their words without function words, where those are two or more."""
        table: dict[tuple[str, ...], Phrase] = {}
        unclear = set()
        for words, phrase in self._by_words.items():
            content = self._content(words)
            other = table.setdefault(content, phrase)
            same = (other.intent, other.slots) == (phrase.intent, phrase.slots)
            if len(content) < _CONTENT_WORDS or not same:
                unclear.add(content)
        return {content: phrase for content, phrase in table.items() if content not in unclear}

    def _content(self, words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(word for word in words if word not in self.function_words)

    @cached_property
    def _skips(self) -> tuple[tuple[str, ...], ...]:
        skips = (*self.skip_words, self.address)
        return tuple(tuple(skip.split()) for skip in skips if skip.split())

    @cached_property
    def _connections(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(join.split()) for join in self.connecting)

    def _phrase(self, words: tuple[str, ...]) -> Phrase | None:
        found = self._by_words.get(words)
        if found is not None:
            return found
        for length in range(1, len(words) // 2 + 1):
            if len(words) % length == 0 and words[:length] * (len(words) // length) == words:
                repeated = self._by_words.get(words[:length])
                if repeated is not None and repeated.urgent:
                    return repeated
        return None

    def _without_skip_words(self, words: tuple[str, ...]) -> tuple[str, ...]:
        shorter = True
        while shorter and words:
            shorter = False
            for skip in self._skips:
                if words[: len(skip)] == skip:
                    words, shorter = words[len(skip) :], True
                elif words[-len(skip) :] == skip:
                    words, shorter = words[: -len(skip)], True
        return words
