"""Sentences, and what is taken off them. A few rules do here what a library would."""

import re

LONGEST = 600
"""Characters of a sentence that are looked at."""

_ABBREVIATIONS = (
    "e.g.",
    "i.e.",
    "etc.",
    "approx.",
    "min.",
    "sec.",
    "dr.",
    "mr.",
    "mrs.",
    "vs.",
    "no.",
    "tbsp.",
    "tsp.",
    "oz.",
)
_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[\"'(]?[A-Z0-9])")
_LABEL = re.compile(
    r"^(?:step\s+\d+|tip|note|hint|caution|warning|important|remember)\s*[:.\N{EN DASH}-]\s*", re.I
)
_LEAD_IN = re.compile(
    r"^(?:(?:and|but|so|then|now|next|first|firstly|second|secondly|third|thirdly|finally|lastly|"
    r"after that|afterwards|to begin|to start|to finish|also|again)\b,?\s+)+",
    re.IGNORECASE,
)
_YOU = re.compile(
    r"^you\s+(?:can|may|could|should|must|will|need to|have to|want to|ought to|might want to|"
    r"will want to|will need to)\s+(?:also\s+|then\s+|now\s+)?",
    re.IGNORECASE,
)
_BE_SURE = re.compile(
    r"^(?:please|be sure to|make sure to|remember to|try to|don't forget to|do not forget to|"
    r"go ahead and)\s+",
    re.I,
)


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text in one line. Those that are endless are cut."""
    found: list[str] = []
    for piece in _END.split(text):
        if found and found[-1].lower().endswith(_ABBREVIATIONS):
            found[-1] += f" {piece}"
        elif piece.strip():
            found.append(piece.strip())
    return [sentence[:LONGEST] for sentence in found]


def imperative_form(sentence: str) -> str:
    """Return "You can then rub ..." as "Rub ...", without labels and words that only lead in."""
    before = None
    while before != sentence:
        before = sentence
        for words in (_LABEL, _LEAD_IN, _YOU, _BE_SURE):
            sentence = words.sub("", sentence, count=1)
    return sentence[:1].upper() + sentence[1:]


def ended(sentence: str) -> str:
    """Return a sentence with a mark at its end."""
    plain = sentence.strip().rstrip(",;:-\N{EN DASH} ")
    return plain if plain.endswith((".", "!", "?")) else f"{plain}."
