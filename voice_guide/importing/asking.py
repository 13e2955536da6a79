"""Questions of a text as questions of a script."""

import re

from voice_guide.importing.draft import DraftQuestion
from voice_guide.importing.sentences import ended, imperative_form, split_sentences
from voice_guide.importing.wording import LONGEST

_PAIN = re.compile(r"\b(?:hurt\w*|pain\w*|sore\w*|ache\w*|uncomfortable)\b", re.IGNORECASE)
_PRESSURE = re.compile(r"\b(?:pressure|too (?:hard|soft|firm|light|much|little))\b", re.IGNORECASE)
_HOW = re.compile(r"\bhow\b", re.IGNORECASE)
_LOOK_FOR = re.compile(
    r"\b(?:inspect|check|examine|look (?:at|over))\s+(.+?)\s+for\s+(.+?)[.!]?$", re.IGNORECASE
)
_MAKE_SURE = re.compile(
    r"\b(?:check|make sure|ensure)\b(?:\s+before you \w+)?,?\s+(?:that\s+)?(.+?)[.!]?$",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\bif (you|they|the person|someone|he|she) (have|has|had|are|is)\b(.*)$", re.IGNORECASE
)
_ADVICE = re.compile(
    r",\s*(?:do not|don't|avoid|see|call|ask|consult|talk|contact|you should|please)\b.*$",
    re.IGNORECASE,
)
_NOT_IF = re.compile(r"^(?:do not|don't|never|avoid)\b.*?\bif\s+(.+?)[.!]?$", re.IGNORECASE)
_END = "Then not today. Ask a doctor first."


def question_of(sentence: str) -> DraftQuestion:
    """Return "ask the person ..." as a question with answers."""
    plain = ended(imperative_form(sentence)).replace("?", ".")
    if not plain.lower().startswith(("ask", "check", "find")):
        plain = f"Ask the person. {plain}"
    if _PRESSURE.search(plain):
        return DraftQuestion(
            _with(plain, "Too hard, too soft, or just right?"),
            "pressure",
            notes=["write {pressure} into the steps where its level should be said"],
        )
    if _PAIN.search(plain):
        return DraftQuestion(_with(plain, "Is there a painful spot?"), "pain")
    if _HOW.search(plain):
        choices = "Good, or not so good?"
        return DraftQuestion(
            _with(plain, choices), "feeling", notes=["are these the right answers?"]
        )
    return DraftQuestion(_with(plain, "Yes, or no?"), "other", notes=['what should "no" lead to?'])


def screening_of(sentence: str) -> DraftQuestion:
    """Return "before you begin, look ..." or "not if you have ..." as a question before all."""
    plain = imperative_form(sentence)
    if found := _LOOK_FOR.search(plain):
        part, sign = found[1].strip(), re.sub(r"\s+before\b.*$", "", found[2]).strip()
        is_there = "Are" if re.search(r"[^s]s$", sign) else "Is"
        return DraftQuestion(
            f"Look at {part}. {is_there} there any {sign}?",
            "screening",
            yes="Leave that part alone.",
            notes=["is it enough to leave that part alone, or should the session end?"],
        )
    if found := _CONDITION.search(plain):
        who, verb, rest = found[1].lower(), found[2].lower(), _ADVICE.sub("", found[3]).strip(" .")
        if rest:
            return DraftQuestion(
                _asked(who, verb, rest), "screening", yes=_END, ends_at="yes",
                notes=['should "yes" end the session?'],
            )  # fmt: skip
    if found := _NOT_IF.search(plain):
        return DraftQuestion(
            f"Is any of this so: {found[1]}?", "screening", yes=_END, ends_at="yes",
            notes=['should "yes" end the session?'],
        )  # fmt: skip
    if found := _MAKE_SURE.search(plain):
        return DraftQuestion(
            f"Check that {found[1]}. Is it so?", "screening", yes="Then do that first. Goodbye.",
            ends_at="no", notes=['should "no" end the session?'],
        )  # fmt: skip
    return DraftQuestion(
        _with(ended(plain), "Is there anything that speaks against it?"), "screening", yes=_END,
        ends_at="yes", notes=['should "yes" end the session?'],
    )  # fmt: skip


def _asked(who: str, verb: str, rest: str) -> str:
    """Return "you have a fever" as "Do you have a fever?"."""
    who = "the person" if who == "someone" else who
    many = who in ("you", "they")
    if verb in ("are", "is"):
        return f"{verb.capitalize()} {who} {rest}?"
    if verb == "had" or re.match(r"(?:had|been|ever|recently had|just had)\b", rest):
        return f"{'Have' if many else 'Has'} {who} {'had ' if verb == 'had' else ''}{rest}?"
    return f"{'Do' if many else 'Does'} {who} have {rest}?"


def _with(plain: str, choices: str) -> str:
    """Return a request and the choices; a request that is too long is cut."""
    request = " ".join(split_sentences(plain)[:2])
    if len(request.split()) > LONGEST:
        request = ended(" ".join(request.split()[:LONGEST]))
    return f"{request} {choices}"
