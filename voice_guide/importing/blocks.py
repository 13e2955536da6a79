"""A text in its parts: headings, items of lists, and paragraphs."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Block:
    """One heading, item or paragraph, in one line."""

    kind: Literal["title", "heading", "item", "paragraph"]
    text: str
    numbered: bool = False
    """Whether an item had a number before it."""


_MARKS = str.maketrans(
    {
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
        "{": "(",
        "}": ")",
        "`": "'",
    }
)
_WRITTEN_SHORT = (
    (re.compile(r"\bw/o\s*", re.IGNORECASE), "without "),
    (re.compile(r"\bw/\s*", re.IGNORECASE), "with "),
    (re.compile(r"\s&\s"), " and "),
)
"""What cannot be spoken as it is written."""

_FOOTNOTE = re.compile(r"\[(?:\d{1,3}|[a-z]|edit|citation needed)\]", re.IGNORECASE)


def tidy(text: str) -> str:
    """Return a text in one line, with plain quotes, without footnote marks and odd characters.

    What is written short is written out: "w/ soap & water" becomes "with soap and water".
    Braces become round brackets: in a script they would be filled in.
    """
    text = unicodedata.normalize("NFC", text).translate(_MARKS)
    text = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text)
    for short, whole in _WRITTEN_SHORT:
        text = short.sub(whole, text)
    return " ".join(_FOOTNOTE.sub("", text).split())
