"""Spoken coffee orders, whole: the task of a published benchmark of speech-to-intent engines.

The grammar gives Vosk some thousand orders drawn from all that can be said; its bigram joins
their parts in other ways too, so of what the sound may be the first that is a whole order is taken.
Where there is none, what is likeliest counts by the slots in it. An order is right when every slot
is right and none is added.
"""

import json
import re
from pathlib import Path
from random import Random

import numpy as np

from benchmarks.scoring import with_noise
from voice_guide.audio.format import Samples
from voice_guide.speech.model import SpeechModel
from voice_guide.speech.recordings import read_recording

LEVELS_DB = (None, 24.0, 12.0, 6.0)
"""Ratios of voice to kitchen noise; None is as recorded."""

PUBLISHED = "Rhino 97.6, LUIS 89.9, Watson 86.8, Lex 84.5, Dialogflow 77.6 %, mean of 6 to 24 dB"

_VERBS = (
    *("brew", "can i get", "can i have", "i want", "get me", "give me", "i'd like", "make me"),
    *("may i have",),
)
_SIZES = (
    *("small", "medium", "large"),
    *("eight ounce", "twelve ounce", "sixteen ounce", "twenty ounce"),
)
_ROASTS = ("light roast", "medium roast", "dark roast")
_SHOTS = ("single shot", "double shot", "triple shot")
_DRINKS = (
    *("americano", "cappuccino", "espresso", "iced mocha", "iced coffee", "house coffee"),
    *("drip coffee", "latte", "mocha", "coffee"),
)
_AMOUNTS = ("", "a little bit of", "a bit of", "some", "a lot of", "lots of")
_MILKS = ("skim milk", "whole milk", "soy milk", "almond milk", "milk", "cream")
_SUGARS = ("brown sugar", "sugar", "sweetener")
_SAMPLE = 3000
_ALTERNATIVES = 50
"""So many readings of the sound are tried, best first, for one that is an order."""


def _any_of(words: tuple[str, ...]) -> str:
    """Return a pattern of any of some words, longest first."""
    return f"(?:{'|'.join(sorted(filter(None, words), key=len, reverse=True))})"


_AMOUNT = rf"(?:{_any_of(_AMOUNTS)} )?"
_SLOTS = {
    "milkAmount": _AMOUNT + _any_of(_MILKS),
    "sugarAmount": _AMOUNT + _any_of(_SUGARS),
    "roast": _any_of(_ROASTS),
    "numberOfShots": _any_of(_SHOTS),
    "coffeeDrink": _any_of(_DRINKS),
    "size": _any_of(_SIZES),
}
"""In the order in which they are taken out of the words: "medium roast" is no size."""

_MILK, _SUGAR = (rf"(?: (?:with|and) {_SLOTS[name]})" for name in ("milkAmount", "sugarAmount"))
_ORDER = re.compile(
    rf"(?:{_any_of(_VERBS)} )?(?:an? )?(?:{_any_of(_SIZES + _ROASTS + _SHOTS)} ){{0,3}}"
    rf"{_any_of(_DRINKS)}(?:{_MILK}?{_SUGAR}?|{_SUGAR}{_MILK})"
)
"""A whole order, but that a slot may be in it twice: ``_is_order``."""

_SWALLOWED = re.compile(r"\b(?:an? )?(little bit|bit|lot)(?: of)?\b")
"""The "a" and the "of" of "a bit of" are often lost; no order has it without them."""


def _unswallowed(text: str) -> str:
    """Return a text with "a bit of" and its like written out."""
    return _SWALLOWED.sub(r"a \1 of", text)


def _all_slots(text: str) -> dict[str, list[str]]:
    """Return all that some words name, for each slot."""
    text = _unswallowed(text)
    found: dict[str, list[str]] = {}
    for name, pattern in _SLOTS.items():
        matches = list(re.finditer(rf"\b{pattern}\b", text))
        found[name] = [match.group() for match in matches]
        for match in reversed(matches):
            text = f"{text[: match.start()]} | {text[match.end() :]}"
    return found


def slots_of(text: str) -> dict[str, str]:
    """Return the slots that some words name; of two for one slot the first."""
    return {name: values[0] for name, values in _all_slots(text).items() if values}


def _is_order(text: str) -> bool:
    """Whether some words are a whole order, with no slot twice."""
    once = all(len(values) <= 1 for values in _all_slots(text).values())
    return once and _ORDER.fullmatch(_unswallowed(text)) is not None


def grammar(count: int = _SAMPLE) -> str:
    """Return orders, drawn evenly from what can be said, as Vosk takes a grammar."""
    random = Random(1)
    return json.dumps([_order(random) for _ in range(count)])


def _order(random: Random) -> str:
    parts = [random.choice(_VERBS), random.choice(("a", "a", "an", ""))]
    before = [random.choice(kind) for kind in (_SIZES, _ROASTS, _SHOTS) if random.random() < 0.5]
    random.shuffle(before)
    parts += [*before, random.choice(_DRINKS)]
    if random.random() < 0.5:
        parts += [random.choice(("with", "with", "and")), random.choice(_AMOUNTS)]
        parts.append(random.choice(_MILKS))
    if random.random() < 0.5:
        parts += [random.choice(("and", "and", "with")), random.choice(_AMOUNTS)]
        parts.append(random.choice(_SUGARS))
    return " ".join(part for part in parts if part)


def measure(
    model: SpeechModel, files: list[Path], noise: Samples, offset: int
) -> dict[str, tuple[int, int]]:
    """Return how many orders are right and how many there are, per level of noise.

    Args:
        model: the speech model.
        files: the recordings; ``labels.json`` lies beside them.
        noise: kitchen noise.
        offset: samples of it that are left out, as something was trained on them.
    """
    labels = json.loads((files[0].parent / "labels.json").read_text("utf-8")) if files else {}
    phrases, result = grammar(), {}
    for level in LEVELS_DB:
        right = 0
        for turn, file in enumerate(files):
            where = offset + turn * 16_000 % max(1, len(noise) - offset)
            sound = with_noise(read_recording(file), noise, level, where)
            wanted = {n: " ".join(v.split()) for n, v in labels[file.stem]["slots"].items()}
            right += slots_of(_words(model, phrases, sound)) == wanted
        result["as recorded" if level is None else f"{level:.0f} dB"] = (right, len(files))
    return result


def _words(model: SpeechModel, phrases: str, sound: Samples) -> str:
    recognizer = model.recognizer(phrases)
    recognizer.SetMaxAlternatives(_ALTERNATIVES)
    hiss = np.random.default_rng(0).standard_normal(len(sound)) * 10
    recognizer.AcceptWaveform(np.clip(sound * 32767 + hiss, -32768, 32767).astype("<i2").tobytes())
    found = json.loads(recognizer.FinalResult())["alternatives"]
    return best_of([reading["text"] for reading in found])


def best_of(readings: list[str]) -> str:
    """Return the first that is a whole order; the first of all, where none is.

    Args:
        readings: what the sound may be, likeliest first.
    """
    return next(filter(_is_order, readings), readings[0] if readings else "")
