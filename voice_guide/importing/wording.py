"""Sentences made short enough to be heard, and names made of them."""

import re

from voice_guide.importing.sentences import ended, imperative_form

LONGEST = 30
"""Words of a sentence that can be followed by ear."""

_COMFORTABLE = 20
_REASON = re.compile(
    r",?\s+(?:so that|because|since|which|as this|as it|in order to|to help|"
    r"to make the|to ensure)\b.*$",
    re.IGNORECASE,
)
_JOINTS = (re.compile(r";\s+"), re.compile(r",?\s+(?:and )?then\s+"), re.compile(r",\s+and\s+"),
           re.compile(r"\s+and\s+"))  # fmt: skip
_NAME_END = re.compile(
    r"[,;:.()!?]|"
    r"\s(?:and|by|until|so|for|while|as|because|to make|which|that|if|when|using|in order)\s",
    re.IGNORECASE,
)
_FUNCTION_WORDS = """
a an the of to with on at from your their into or between over against under up they are is
you if where whether see too can be and by that as so towards toward onto than
"""
_TRAILING = frozenset(_FUNCTION_WORDS.split())
_HOLD_ON_TO = re.compile(r"\bhold on to\b", re.IGNORECASE)  # the narrator would say a command
_NAME_WORDS = 6


def short(sentence: str) -> list[str]:
    """Return an instruction as one or more sentences, none of them longer than it need be."""
    plain = ended(imperative_form(sentence))
    plain = _HOLD_ON_TO.sub("hold", plain)
    if len(plain.split()) > _COMFORTABLE:
        without = _REASON.sub("", plain)
        if len(without.split()) >= 3:
            plain = ended(without)
    return _split(plain)


def _split(sentence: str) -> list[str]:
    if len(sentence.split()) <= LONGEST:
        return [sentence]
    middle = len(sentence) / 2
    for joint in _JOINTS:
        places = sorted(joint.finditer(sentence), key=lambda m: abs(m.start() - middle))
        for place in places:
            left, right = sentence[: place.start()], sentence[place.end() :]
            if min(len(left.split()), len(right.split())) > 3:
                return [*_split(ended(left)), *_split(ended(right[:1].upper() + right[1:]))]
    return [sentence]


def step_name(sentence: str) -> str:
    """Return a short name for a step: the beginning of its first instruction."""
    plain = imperative_form(sentence)
    clause = _NAME_END.split(plain, maxsplit=1)[0]
    if len(clause.split()) < 2:
        clause = re.sub(r"[,;:.()!?]", " ", plain)
    words = re.findall(r"[^\W_]+(?:['-][^\W_]+)*", clause)[:_NAME_WORDS]
    while len(words) > 1 and words[-1].lower() in _TRAILING:
        words.pop()
    name = " ".join(words)[:60].strip()
    return name[:1].upper() + name[1:]
