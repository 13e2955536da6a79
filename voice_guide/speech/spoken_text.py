"""Text as it is written into text as it is spoken: units, ranges, abbreviations, pauses."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from voice_guide.language.pauses import MARK, length

_DASH = "\N{EM DASH}"
_NUMBER = r"\d+(?:\.\d+)?"
_SMALL = r"\d{1,3}(?:\.\d+)?"
_WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:'[^\W_]+)*")
_SENTENCE = re.compile(r"\S.*?(?:[.!?]+[\"')]*(?=\s|$)|$)", re.DOTALL)

_UNITS = {
    "s": "second",
    "sec": "second",
    "secs": "second",
    "min": "minute",
    "mins": "minute",
    "h": "hour",
    "hr": "hour",
    "hrs": "hour",
    "mm": "millimetre",
    "cm": "centimetre",
    "m": "metre",
    "ml": "millilitre",
    "l": "litre",
    "g": "gram",
    "kg": "kilogram",
    "°C": "degree Celsius",
    "°F": "degree Fahrenheit",
    "°": "degree",
}
_UNIT_NAMES = "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True))
_FRACTIONS = {
    "1/2": "a half",
    "1/3": "a third",
    "2/3": "two thirds",
    "1/4": "a quarter",
    "3/4": "three quarters",
}
_ABBREVIATIONS = {
    "e.g.": "for example",
    "i.e.": "that is",
    "etc.": "et cetera",
    "approx.": "about",
    "vs.": "versus",
    "Dr.": "Doctor",
}
_CHARACTERS = str.maketrans(
    {
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
        "\N{DOUBLE LOW-9 QUOTATION MARK}": '"',
        "\N{NON-BREAKING HYPHEN}": "-",
        "\N{EN DASH}": _DASH,
        "\N{MINUS SIGN}": "-",
        "\N{HORIZONTAL ELLIPSIS}": "...",
        "\N{MULTIPLICATION SIGN}": "x",
        "\N{VULGAR FRACTION ONE HALF}": " 1/2",
        "\N{VULGAR FRACTION ONE THIRD}": " 1/3",
        "\N{VULGAR FRACTION TWO THIRDS}": " 2/3",
        "\N{VULGAR FRACTION ONE QUARTER}": " 1/4",
        "\N{VULGAR FRACTION THREE QUARTERS}": " 3/4",
        **dict.fromkeys("*_`~^|\\<>{}[]#\N{BULLET}", " "),
    }
)


_LOOKS = re.compile(
    "[\N{VARIATION SELECTOR-16}\N{COMBINING ENCLOSING KEYCAP}"
    "\N{EMOJI MODIFIER FITZPATRICK TYPE-1-2}-\N{EMOJI MODIFIER FITZPATRICK TYPE-6}]"
)
"""What changes the looks of a pictograph."""

_FIRST_PICTOGRAPH = "\N{LEFTWARDS ARROW}"
_UNIT_SIGNS = ("\u3200", "\u33ff")
"""Among the pictographs: such as a kilogram in one character."""


@dataclass(frozen=True)
class Piece:
    """What is spoken in one go, and the silence behind it."""

    text: str
    """As it is spoken; may be empty."""

    pause: float
    """Seconds of silence behind it."""


def split_pauses(text: str, *, english: bool = True) -> tuple[Piece, ...]:
    """Return the pieces of a text between its pauses, normalised.

    ``[pause]`` is 0.7 s of silence; ``[pause 2 s]`` and ``[2 s]`` are 2 s, at most 60 s.
    """
    pieces = []
    start = 0
    for mark in MARK.finditer(text):
        pieces.append(Piece(normalise(text[start : mark.start()], english=english), length(mark)))
        start = mark.end()
    pieces.append(Piece(normalise(text[start:], english=english), 0.0))
    return tuple(piece for piece in pieces if piece.text or piece.pause)


def normalise(text: str, *, english: bool = True) -> str:
    """Return a text as it is spoken: single-spaced, units and abbreviations written out.

    A text without a letter or a digit comes back empty: there is nothing to say. Emoji are left
    out: espeak-ng 1.52 says their names, and dies of some of them in German and Portuguese.

    Args:
        text: as it is written.
        english: write units and the like out in English. In another language they are left to
            its voice.
    """
    text = unicodedata.normalize("NFC", text).translate(_CHARACTERS)
    text = "".join(" " if _unspeakable(char) else char for char in text)
    for rewrite in _REWRITES if english else (_dashes,):
        text = rewrite(text)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r" ([,.!?;:])", r"\1", text).strip(" ,;")
    return text if re.search(r"\w", text) else ""


def _unspeakable(char: str) -> bool:
    """Whether a character is none that is spoken: a control character, a pictograph.

    Those are "other symbols" from U+2190 on, but for signs of units, and what changes their looks.
    """
    kind, (first, last) = unicodedata.category(char), _UNIT_SIGNS
    symbol = kind == "So" and char >= _FIRST_PICTOGRAPH and not first <= char <= last
    return kind.startswith("C") or symbol or _LOOKS.match(char) is not None


def find_words(text: str) -> list[tuple[int, int]]:
    """Return the first character of each word, and the one behind its last."""
    return [match.span() for match in _WORD.finditer(text)]


def find_sentences(text: str) -> list[tuple[int, int]]:
    """Return the first character of each sentence, and the one behind its last."""
    return [match.span() for match in _SENTENCE.finditer(text)]


def _abbreviations(text: str) -> str:
    for short, long in _ABBREVIATIONS.items():
        pattern = rf"(?<!\w){re.escape(short)}(?:(?=,)|(?=\s+[^A-Z\s])|(?=(\s*$|\s+[A-Z])))"

        def expand(match: re.Match[str], long: str = long) -> str:
            ends_sentence = match[1] is not None and long not in ("Doctor", "versus")
            return long + "." * ends_sentence

        text = re.sub(pattern, expand, text)
    return text


def _ranges(text: str) -> str:
    return re.sub(rf"(?<![\w.-])({_SMALL})\s?[-{_DASH}]\s?({_SMALL})(?![\d-])", r"\1 to \2", text)


def _fractions(text: str) -> str:
    def spell(match: re.Match[str]) -> str:
        whole, part, unit = match[1], _FRACTIONS.get(match[2]), _UNITS.get(match[3] or "", "")
        if part is None:
            return match[0]
        if whole:
            return f"{whole} and {part} {unit}s" if unit else f"{whole} and {part}"
        if unit:
            return f"{part.removeprefix('a ') if part == 'a half' else part + ' of'} {_one(unit)}"
        return part

    return re.sub(
        rf"(?<![\w/])(?:(\d+)\s+)?(\d/\d)(?:\s?({_UNIT_NAMES})(?!\w))?(?![\w/])", spell, text
    )


def _one(unit: str) -> str:
    return f"an {unit}" if unit == "hour" else f"a {unit}"


def _units(text: str) -> str:
    def spell(match: re.Match[str]) -> str:
        number, joint, unit = match[2], match[3], _UNITS[match[4]]
        several = (number != "1" or match[1]) and joint != "-"
        noun, _, scale = unit.partition(" ")
        return f"{match[1] or ''}{number} {noun}{'s' * bool(several)} {scale}".rstrip()

    return re.sub(rf"(to )?(?<![\w.])({_NUMBER})(\s?|-)({_UNIT_NAMES})(?![\w'])", spell, text)


def _times(text: str) -> str:
    text = re.sub(rf"({_NUMBER})\s?x\s(?=\d)", r"\1 times ", text)
    return re.sub(rf"({_NUMBER})\s?x(?!\w)", r"\1 times", text)


def _slashes(text: str) -> str:
    text = text.replace("&", " and ")
    text = re.sub(r"(?i)\band/or\b", "or", text)
    return re.sub(r"(?<=[^\W\d])/(?=[^\W\d])", " or ", text)


def _dashes(text: str) -> str:
    return re.sub(rf"\s*{_DASH}\s*|\s+-+\s+|\s*--+\s*", ", ", text)


_REWRITES: tuple[Callable[[str], str], ...] = (
    _abbreviations,
    _ranges,
    _fractions,
    _units,
    _times,
    _slashes,
    _dashes,
)
