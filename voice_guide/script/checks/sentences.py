"""Texts that are too long to hold in the head."""

import re

from voice_guide.script.checks.common import Checked
from voice_guide.script.codes import times as codes
from voice_guide.script.walk import spoken

URGENT_WORDS = 20
"""Words in a sentence that tells what to do at a stop sign; fewer than elsewhere."""

_SENTENCE_END = re.compile(r"[.!?]+(?:\s|$)")


def check(checked: Checked) -> None:
    """Warn of sentences that are hard to follow by ear."""
    most = checked.measures.sentence_words
    for text in spoken(checked.script):
        longest = max(len(sentence.split()) for sentence in _SENTENCE_END.split(text.text))
        if longest > most:
            checked.report(
                codes.LONG_SENTENCE,
                text.path,
                f"A sentence here has {longest} words; more than {most} are hard to follow by ear. "
                "Split it.",
            )
        elif text.path[-1] == "stop" and longest > URGENT_WORDS:
            checked.report(
                codes.LONG_STOP,
                text.path,
                f"A sentence here has {longest} words. At a stop sign {URGENT_WORDS} are enough: "
                "say first what to do now.",
            )
