"""A language pack: the universal phrases and the narrator's own prompts."""

import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from typing import Any

import yaml
from unicode_rbnf import RbnfEngine

from voice_guide.errors import InputError
from voice_guide.language.phrases import Phrase
from voice_guide.language.templates import expand, normalise

URGENT = frozenset({"stop", "pause"})
"""The universals that act on a partial result."""

SAFETY = (
    "stop",
    "emergency",
    "chest pain",
    "breathless",
    "dizzy",
    "numb",
    "tingling",
    "skin",
    "it hurts",
)
"""The universals that keep people safe. No script can take them over, and nothing shadows them."""

_NUMBER = re.compile(r"\d{1,4}")
"""A number that people may say."""

_SHORT_TIMES = (
    (25.0, "a few seconds"),
    (45.0, "half a minute"),
    (75.0, "about a minute"),
    (105.0, "a minute and a half"),
)
"""Up to how many seconds a time is called what."""

_IN_HOURS = 9000.0
"""Seconds from which on a time is told in hours: a laptop may sleep for a night."""


@dataclass(frozen=True)
class Language:
    """What can be said everywhere, and what the narrator says by itself, in one language."""

    code: str
    """Two letters, such as ``en``."""

    name: str
    """What English calls it, such as ``German``."""

    narrator: str
    """The narrator's voice where the user has chosen none."""

    person: str
    """The voice of a rehearsed person: not the narrator's, so that none answers itself."""

    speech_model: str
    """The Vosk model to get for it."""

    universals: Mapping[str, tuple[str, ...]]
    """The phrases of each universal intent, expanded."""

    for_larger_models: Mapping[str, tuple[str, ...]]
    """More of them, with words that small speech models lack."""

    prompts: Mapping[str, tuple[str, ...]]
    """The wordings of each prompt. They take turns, so that none is heard twice in a row."""

    words: Mapping[str, str]
    """Single words and short pieces that prompts are put together from."""

    page: Mapping[str, Mapping[str, str]]
    """What a page about a script is put together from, by its part and its name."""

    slotted: Mapping[str, tuple[str, ...]]
    """The phrases of universals that name something, expanded but for ``{slots}``."""

    durations: Mapping[str, tuple[str, ...]]
    """Ways to say a length of time, by its form; ``{number}`` is to be filled in."""

    areas: tuple[str, ...]
    """Ways to name a part of the body, expanded but for ``{area}``."""

    plural: tuple[str, ...]
    """What plurals end in, so that "shoulder" is heard for "shoulders" too."""

    address: str
    """What the narrator is called, where it only listens when it is called."""

    connecting: tuple[str, ...]
    """What joins two phrases said in one breath, such as the "but" of "yes, but softer"."""

    decoys: tuple[str, ...]
    """Frequent words that mean nothing here, to be listened for beside the phrases. Empty: the
    listener's own, which are English."""

    function_words: tuple[str, ...]
    """Short words that carry little, such as "my" and "is". Noise hides them first."""

    skip_words: tuple[str, ...]
    """Words that may stand around a phrase and mean nothing, such as "please"."""

    @cached_property
    def phrases(self) -> tuple[Phrase, ...]:
        """The universal phrases, ready for a grammar. Every speech model should know them."""
        return _as_phrases(self.universals)

    @cached_property
    def rarer_phrases(self) -> tuple[Phrase, ...]:
        """More universal phrases. A speech model that lacks a word of one never hears it."""
        return _as_phrases(self.for_larger_models)

    def naming(self, slot: str, values: Mapping[str, str]) -> Iterator[Phrase]:
        """Yield the universal phrases that name something.

        Args:
            slot: the kind of thing: ``minutes``, ``area`` or ``step``.
            values: the things, by the words for them.
        """
        for intent, templates in self.slotted.items():
            for template in templates:
                if "{" + slot + "}" not in template:
                    continue
                for words, value in values.items():
                    text = template.replace("{" + slot + "}", words)
                    yield Phrase(text, intent, "universal", slots=((slot, value),))

    def forms(self, name: str) -> tuple[str, ...]:
        """Return a name as it may be said: as it is, and in the singular."""
        plain = normalise(name)
        ends = [end for end in self.plural if plain.endswith(end)]
        return (plain, *(plain.removesuffix(end) for end in ends))

    def ways_to_name(self, area: str) -> tuple[str, ...]:
        """Return how people name a part of the body; first as it is written."""
        forms = self.forms(area)
        ways = (template.replace("{area}", form) for template in self.areas for form in forms)
        return tuple(dict.fromkeys((*forms, *ways)))

    def prompt(self, name: str, turn: int = 0, /, **values: Any) -> str:
        """Return the wording of a prompt whose turn it is, with ``values`` filled in.

        Raises:
            KeyError: there is no such prompt, or it needs a value that was not given.
        """
        wordings = self.prompts[name]
        return wordings[turn % len(wordings)].format(**values)

    def number(self, value: int) -> str:
        """Return a whole number in words, as a person says it."""
        return _in_words(self.code, value)

    def with_numbers_said(self, text: str) -> str:
        """Return a text with its numbers in words: "round 2" is "round two" when it is said."""
        return _NUMBER.sub(lambda digits: self.number(int(digits[0])), text)

    def duration(self, seconds: float) -> str:
        """Return a length of time as a person says it: "about two minutes"."""
        for limit, name in _SHORT_TIMES:
            if seconds < limit:
                return self.words[name]
        if seconds >= _IN_HOURS:
            return self.words["about hours"].format(hours=self.number(round(seconds / 3600)))
        return self.words["about minutes"].format(minutes=self.number(round(seconds / 60)))

    def ways_to_say_duration(self, seconds: float) -> tuple[str, ...]:
        """Return how people say an exact length of time, the narrator's own way first."""
        forms = {30.0: "half a minute", 60.0: "minute", 90.0: "minute and a half", 3600.0: "hour"}
        minutes, rest = divmod(seconds, 60)
        if (form := forms.get(seconds)) is not None:
            count = 0
        elif minutes == 0:
            form, count = "seconds", round(rest)
        else:
            form, count = ("minutes and a half" if rest else "minutes"), round(minutes)
        return tuple(text.format(number=self.number(count)) for text in self.durations[form])

    def minutes(self, seconds: float) -> str:
        """Return a number of whole minutes as it was asked for: "two minutes"."""
        count = round(seconds / 60)
        if count == 1:
            return self.words["one minute"]
        return self.words["minutes"].format(minutes=self.number(count))

    def listing(self, items: tuple[str, ...] | list[str], last: str = "or") -> str:
        """Return items as a spoken list: "a, b or c"."""
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {self.words[last]} {items[-1]}"


def _as_phrases(intents: Mapping[str, tuple[str, ...]]) -> tuple[Phrase, ...]:
    return tuple(
        Phrase(text, intent, "universal", intent in URGENT)
        for intent, texts in intents.items()
        for text in texts
    )


def _expanded(intents: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {
        intent: tuple(dict.fromkeys(text for item in items for text in expand(item)))
        for intent, items in intents.items()
    }


def _expand_around_slot(template: str) -> tuple[str, ...]:
    """Expand a template that has one ``{slot}``, and leave the slot in."""
    slot = re.search(r"\{\w+\}", template)
    if slot is None:
        raise ValueError(f'"{template}" names nothing: it has no slot.')
    marked = template.replace(slot.group(), "slotword")
    return tuple(text.replace("slotword", slot.group()) for text in expand(marked))


@lru_cache(maxsize=1024)
def _in_words(code: str, value: int) -> str:
    return _speller(code).format_number(value).text.replace("-", " ")


@lru_cache(maxsize=8)
def _speller(code: str) -> RbnfEngine:
    return RbnfEngine.for_language(code)  # reads a large file


def placeholders(text: str) -> frozenset[str]:
    """Return the names in braces in a text."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


@lru_cache(maxsize=8)
def load_language(code: str) -> Language:
    """Return the language pack for a two-letter code.

    Raises:
        InputError: there is no such pack; the message names those that there are.
    """
    root = resources.files("voice_guide.language")
    folder = root / code
    if not (folder / "phrases.yaml").is_file():
        known = sorted(f.name for f in root.iterdir() if (f / "phrases.yaml").is_file())
        raise InputError(
            f'There is no language pack "{code}". There is: {", ".join(known)}. '
            "Set 'language:' in the script to one of these."
        )
    about, phrases, prompts, page = (
        yaml.safe_load((folder / f"{name}.yaml").read_text("utf-8"))
        for name in ("about", "phrases", "prompts", "page")
    )
    return Language(
        code=code,
        name=about["name"],
        narrator=about["narrator"],
        person=about["person"],
        speech_model=about["speech model"],
        universals=_expanded(phrases["universals"]),
        for_larger_models=_expanded(phrases["larger models"]),
        prompts={
            name: (texts,) if isinstance(texts, str) else tuple(texts)
            for name, texts in prompts["prompts"].items()
        },
        words=prompts["words"],
        page=page,
        durations={name: tuple(texts) for name, texts in phrases["durations"].items()},
        slotted={
            intent: tuple(text for item in items for text in _expand_around_slot(item))
            for intent, items in phrases["slotted"].items()
        },
        areas=tuple(text for item in phrases["areas"] for text in _expand_around_slot(item)),
        plural=tuple(phrases["plural"]),
        address=phrases["address"],
        connecting=tuple(phrases["connecting"]),
        decoys=tuple(phrases.get("decoys", "").split()),
        function_words=tuple(phrases["function_words"].split()),
        skip_words=tuple(phrases["skip_words"]),
    )
