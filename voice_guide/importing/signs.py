"""Signs to stop for, and refills, as replies that can be heard."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence

from voice_guide.importing.draft import DraftReply
from voice_guide.importing.kinds import signs_in
from voice_guide.importing.sentences import ended, imperative_form
from voice_guide.importing.words import OTHER_SIGN, SIGN_PHRASES
from voice_guide.language.templates import expand

_HELP = re.compile(
    r"\b(?:see|call|ask|consult|talk to|contact|go to|get|seek)\s+[^.]*"
    r"(?:doctor|physician|nurse|professional|ambulance|emergency|help|pharmacist|911|999|112)"
    r"(?:(?!\bif\b|\bwhen\b)[^.,;])*",
    re.IGNORECASE,
)
_CASE = re.compile(r"^(?:if|when)\b[^,]*,\s*(?:then\s+)?", re.IGNORECASE)
_MOST_ACTIONS = 4
_USING = re.compile(r"\bstop\s+using\s+((?:the\s+|this\s+)?\w+)", re.IGNORECASE)
_STOP_AND = re.compile(
    r"\bstop(?:\s+(?:at once|immediately))?(?:,)?\s+and\s+([^.;]+)", re.IGNORECASE
)
_REFILL = re.compile(
    r"\bmore\s+((?:\w+\s+){0,1}?\w+?)s?\b(?=\s+(?:on|to|if|when|whenever|as)|[.,!]|$)", re.I
)


class HearablePhrases:
    """Chooses phrases that the speech model can hear and that mean nothing else yet."""

    def __init__(self, knows: Callable[[str], bool], taken: Iterable[str]) -> None:
        """Make a choice.

        Args:
            knows: whether the speech model knows a word.
            taken: phrases that mean something already.
        """
        self._knows = knows
        self._taken = set(taken)

    def choose(self, templates: Iterable[str]) -> list[str]:
        """Return those of the templates that can be used; none of them can be used again."""
        chosen = []
        for template in templates:
            phrases = expand(template)
            if self._fits(phrases):
                chosen.append(template)
                self._taken.update(phrases)
        return chosen

    def _fits(self, phrases: Collection[str]) -> bool:
        return not self._taken & set(phrases) and all(
            self._knows(word) for phrase in phrases for word in phrase.split()
        )


def stop_signs(told: Iterable[Sequence[str]], phrases: HearablePhrases) -> list[DraftReply]:
    """Return the replies that stop for signs. What tells of the same sign becomes one reply.

    Args:
        told: for each sign the sentence that tells of it, and what is to be done then.
        phrases: chooses what can be heard.
    """
    groups: list[tuple[set[str], list[Sequence[str]]]] = []
    for sentences in told:
        signs = set(signs_in(sentences[0].lower())) or {"other"}
        same = next((group for group in groups if group[0] & signs), None)
        if same is None:
            groups.append((signs, [sentences]))
        else:
            same[0].update(signs)
            same[1].append(sentences)
    replies = []
    for signs, told_here in groups:
        wanted = [phrase for sign in sorted(signs) for phrase in SIGN_PHRASES.get(sign, ())]
        hear = phrases.choose(wanted) or phrases.choose(OTHER_SIGN)
        if not hear:
            continue
        text = " ".join(sentence for sentences in told_here for sentence in sentences)
        notes = [
            f"what else would somebody say, and what should be done then? The text says: {text}"
        ]
        replies.append(DraftReply(hear[:12], _what_to_do(told_here), stops=True, notes=notes))
    return replies


def _what_to_do(told: Iterable[Sequence[str]]) -> str:
    """Return what is said at a stop sign: what the text says that is to be done, else the least."""
    actions: dict[str, None] = {}
    for first, *following in told:
        if using := _USING.search(first):
            actions.setdefault(f"Use no more {using[1]}.")
        elif also := _STOP_AND.search(first):
            actions.setdefault(ended(also[1][:1].upper() + also[1][1:]))
        for sentence in following:
            actions.setdefault(ended(imperative_form(sentence)))
        if helping := _HELP.search(_CASE.sub("", first)):
            actions.setdefault(ended(helping[0][:1].upper() + helping[0][1:]))
    if not actions:
        actions["Do nothing more for now. If it does not go away, ask a doctor."] = None
    return " ".join(["Stopped.", *list(actions)[:_MOST_ACTIONS]])


def refill(sentence: str, phrases: HearablePhrases) -> DraftReply | None:
    """Return "put more lotion on your hands when you need to" as a reply; None if none is heard."""
    found = _REFILL.search(imperative_form(sentence))
    if found is None:
        return None
    thing = found[1].lower()
    hear = phrases.choose([f"[some|a little] more {thing}", f"I need [some] more {thing}"])
    if not hear:
        return None
    return DraftReply(hear, "Take your time. Say ready to go on.", stops=False)
