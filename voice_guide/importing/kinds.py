"""What a sentence of instructions is: something to do, a warning, a question, or nothing of use."""

import re
from enum import Enum

from voice_guide.importing import quantities
from voice_guide.importing.sentences import imperative_form
from voice_guide.importing.words import ADVERTISEMENT, FINITE, OPENERS, SIGNS, VERBS

_LETTERS = re.compile(r"[^\W\d_]{2}")
_PERSON = re.compile(
    r"\b(?:person|partner|patient|recipient|client|guest|them|him|her|they|if|whether|how|where)\b",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"(?:this|that|it|these|there|they|the \w+) (?:is|are|will|can|has|helps|may|should)\b", re.I
)


class Kind(Enum):
    """What a sentence is."""

    DO = "something to do"
    CARE = "something not to do, or to do only in some case"
    STOP = "a sign to stop for"
    ASK = "a question for the person"
    SCREEN = "something to look at or to ask before"
    REFILL = "something to take more of when it is needed"
    LIMIT = "how much or how often is enough"
    ADVERTISEMENT = "advertisement"
    FILLER = "nothing to do"


_HELP = (
    r"(?:see|call|ask|consult|talk to|contact|go to|get|seek)\s+(?:\w+\s+){0,3}?"
    r"(?:doctor|physician|nurse|professional|ambulance|emergency|help|pharmacist|911|999|112|medical)"
)
_STOP = re.compile(
    rf"\b(?:stop|discontinue|do not continue|don't continue)\b.*\b(?:if|when|using)\b|"
    rf"\b(?:if|when)\b.*(?:\bstop\b|\bdiscontinue\b|{_HELP})|{_HELP}.*\b(?:if|when)\b|"
    r"\b(?:stop|cease)\s+(?:immediately|at once)\b",
    re.IGNORECASE,
)
_STOP_ORDER = re.compile(
    r"^(?:if|when|as soon as)\b.*,\s*(?:then\s+)?(?:stop|discontinue)\b|"
    r"^(?:stop|discontinue)\b.*\b(?:if|when)\b",
    re.IGNORECASE,
)
_SCREEN = re.compile(
    r"^(?:before (?:you|your|the|starting|beginning|massag|exercis)\b.*\b(?:inspect|check|look|ask|"
    r"examine|consult)|(?:inspect|check|look at|examine)\b.*\bbefore\b)|"
    r"\b(?:do not|don't|avoid|never)\b.*"
    r"\bif (?:you|they|the person|someone) (?:have|has|had|are|is)\b|"
    r"^(?:do not|don't|never|avoid)\s+(?:do|doing|try|trying|practi[cs]e|practi[cs]ing)\s+"
    r"(?:it|this|these|the \w+)\b.*\bif\b|"
    rf"\bif (?:you|they|the person) (?:have|has|had|are|is)\b.*{_HELP}.*\b(?:first|before)\b|"
    rf"{_HELP}.*\b(?:first|before)\b",
    re.IGNORECASE,
)
_ASK = re.compile(
    r"^(?:ask|check with|find out from|find out|check to see|check)\b\s*(?:the |your |them|him|her|"
    r"how|if|whether|where|person|partner|patient|recipient|client|to see|with)",
    re.IGNORECASE,
)
_ASK_CHECKS = re.compile(
    r"^check\b.*\b(?:too|pressure|how|feel|comfortable|hurt|pain)", re.IGNORECASE
)
_WHEN_NEEDED = r"(?:if|when|whenever|as)"
_REFILL = re.compile(
    rf"\b(?:more|extra)\s+[a-z ]+\b{_WHEN_NEEDED}\b|"
    rf"\b{_WHEN_NEEDED}\s+(?:you\s+)?(?:need|necessary|required)\w*(?:\s+to|\s+it)?,?\s.*\bmore\b",
    re.IGNORECASE,
)
_TAKE_MORE = re.compile(
    r"^(?:use|take|add|put|apply|have)\b.*\bmore\b|^whenever\b|^if\b.*\bmore\b", re.I
)
_ROUTINE = re.compile(
    r"^(?:do|use|practi[cs]e|repeat)\b.*\b(?:exercises?|routine|stretch(?:es)?|massage|this)\b",
    re.IGNORECASE,
)
_ANYWHERE = re.compile(r"^(?:do|practi[cs]e) (?:this|these|the) (?:exercise|routine|stretch)", re.I)
_NOT = re.compile(
    r"^(?:do not|don't|never|avoid|either don't|be careful|take care not|try not|refrain)\b", re.I
)
_IF = re.compile(r"^if\b", re.IGNORECASE)
_WITH_MORE = ("do", "let", "make", "see", "note", "ensure", "check")
_NOT_IN_A_NAME = ("and", "the", "your", "a", "until", "to", "that")
_IN_MIND = re.compile(
    r"^(?:keep|bear)\b.*\bin mind\b|^(?:enjoy|remember that|note that|see below|read on)\b",
    re.IGNORECASE,
)
_PHONE = re.compile(r"\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{3,4}")
_MONEY = re.compile(r"[$\N{EURO SIGN}\N{POUND SIGN}]\s?\d")
_OUR = re.compile(
    r"\bour\b.*\b(?:therapy|services?|products?|store|experts?|course|class|spa|team|app)\b", re.I
)


def kind_of(sentence: str, *, numbered: bool = False) -> Kind:
    """Return what a sentence is.

    Args:
        sentence: it, with plain quotes and in one line.
        numbered: it comes first in an item of a numbered list, so it is something to do at any
            rate where nothing else is found in it.
    """
    plain = imperative_form(sentence)
    limits = (
        quantities.limit_a_day(sentence) is not None
        or quantities.rest_day(sentence) is not None
        or (quantities.how_often(sentence) is not None and _ROUTINE.search(plain) is not None)
    )
    warns = _STOP.search(sentence) and is_sign(sentence.lower())
    about_person = _ASK.search(plain) and _PERSON.search(plain)
    nothing = _IN_MIND.search(plain) or _ANYWHERE.search(plain) or not _LETTERS.search(sentence)
    does = has_verb(plain) or (numbered and not _TELLS.match(sentence))
    for kind, is_it in (
        (Kind.ADVERTISEMENT, _is_advertisement(sentence)),
        (Kind.LIMIT, limits),
        (Kind.FILLER, nothing),
        (Kind.SCREEN, _SCREEN.search(sentence)),
        (Kind.STOP, _STOP_ORDER.search(plain) or warns),
        (Kind.ASK, _ASK_CHECKS.search(plain) or about_person),
        (Kind.REFILL, _TAKE_MORE.search(plain) and _REFILL.search(sentence)),
        (Kind.CARE, _NOT.search(plain) or (_IF.search(plain) and has_verb(plain))),
        (Kind.DO, does),
    ):
        if is_it:
            return kind
    return Kind.FILLER


def is_sign(lowered: str) -> bool:
    """Whether a sentence in lower case tells of a sign to stop for."""
    return bool(signs_in(lowered)) or re.search(_HELP, lowered) is not None


def signs_in(lowered: str) -> list[str]:
    """Return the names of the signs that a sentence in lower case tells of."""
    return [
        name
        for name, words in SIGNS.items()
        if any(re.search(rf"\b{re.escape(word)}", lowered) for word in words)
    ]


def has_verb(sentence: str) -> bool:
    """Whether a sentence tells to do something: a verb of instructions comes first in a clause."""
    clauses = re.split(r",\s+(?:then\s+)?|;\s+|:\s+", sentence)
    first = clauses[0].split()
    if not first:
        return False
    if _starts_with_verb(clauses[0]):
        return True
    opener = first[0].lower().strip("'\"(")
    if opener in OPENERS or opener.endswith(("ly", "ing")):
        rest = " ".join(first[1:])
        if opener.endswith("ly") and _starts_with_verb(rest):
            return True
        return any(_starts_with_verb(clause) for clause in clauses[1:])
    return False


def _starts_with_verb(clause: str) -> bool:
    words = re.findall(r"[A-Za-z']+", clause)
    if not words or words[0].lower() not in VERBS:
        return False
    following = words[1:7]
    if following and following[0].lower() == "of":
        return False  # "massage of the back"
    if following and following[0][0].isupper() and following[0] not in ("I", "Dr"):
        return False  # a name: "Massage Mesa"
    if words[0].lower() in _WITH_MORE:
        return len(words) > 1
    end = next((n for n, word in enumerate(following) if word.lower() in _NOT_IN_A_NAME), 7)
    return not any(word.lower() in FINITE for word in following[:end])


def _is_advertisement(sentence: str) -> bool:
    lowered = sentence.lower()
    found = (_PHONE.search(sentence), _MONEY.search(sentence), _OUR.search(sentence))
    return any(words in lowered for words in ADVERTISEMENT) or any(found)
