"""Care for people: what a script that works on a body should ask and listen for."""

import re

from voice_guide.script.checks.common import Checked
from voice_guide.script.codes import care as codes
from voice_guide.script.codes.code import Code
from voice_guide.script.walk import Path, effects, replies, spoken

_PART = (
    r"back|spine|neck|shoulders?|hips?|knees?|thighs?|calf|calves|ankles?|elbows?|wrists?|arms?|"
    r"legs?|muscles?|joints?|belly|abdomen|chest|ribs?|scalp|skin|wounds?|burns?"
)
_WORK = (
    r"massage|rub|stroke|knead|press|glide|stretch|bend|lift|raise|roll|turn|rotate|twist|push|"
    r"pull|move|straighten|lean|lower|circle"
)
_WORKS_ON_BODY = re.compile(
    rf"\b(?:{_WORK})\b(?:\W+(?!and\b|then\b)\w+){{0,5}}?\W+(?:{_PART})\b", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?]+(?:\s|$)")
_SIGNS = ("pain", "hurt", "numb", "tingl", "dizzy", "burn", "bleed")


def check(checked: Checked) -> None:
    """Warn when a script works on a body but takes no care of it."""
    if checked.script.language != "en":
        return
    where = _works_on_body(checked)
    if where is None:
        return
    if not _screens(checked):
        _warn(
            checked,
            codes.NO_SCREENING,
            where,
            "This script works on the body, but no answer in 'before:' changes anything. "
            "Ask for what speaks against it, such as broken skin or an injury",
        )
    stopping = [
        phrase
        for _, reply, _ in replies(checked.script)
        if reply.stop is not None or reply.end is not None
        for phrase in reply.hear
    ]
    if not any(sign in phrase.lower() for phrase in stopping for sign in _SIGNS):
        _warn(
            checked,
            codes.NO_STOP_SIGN,
            where,
            "This script works on the body, but has no reply of its own that stops for pain or "
            "numbness. Add one to 'replies:'",
        )


def _screens(checked: Checked) -> bool:
    """Whether an answer before the first step can change what is done."""
    if any(question.save is not None for question in checked.script.before):
        return True
    return any(
        caused.effect.end or caused.effect.stop or caused.effect.ask_area or caused.effect.set_
        for caused in effects(checked.script)
        if caused.path[0] == "before"
    )


def _warn(checked: Checked, code: Code, where: Path, message: str) -> None:
    reason = f'Or say why not: "# check: off {code.id}: ...".'
    checked.report(code, where, f"{message}. {reason}", key=where == ("areas",))


def _works_on_body(checked: Checked) -> Path | None:
    """Return where the script first says that it works on a body, or None."""
    if checked.script.areas:
        return ("areas",)
    for text in spoken(checked.script):
        if text.step is None:
            continue
        if any(_WORKS_ON_BODY.search(sentence) for sentence in _SENTENCE_END.split(text.text)):
            return text.path
    return None
