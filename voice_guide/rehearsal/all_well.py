"""What somebody answers with whom all is well, so that the session goes its usual way."""

from voice_guide.script.dialogue import Effect
from voice_guide.script.model import Script
from voice_guide.script.walk import asked


def well_answers(script: Script) -> dict[str, str]:
    """Return "yes" or "no" for each yes-or-no question, by its text: what changes the least."""
    answers: dict[str, str] = {}
    for question in asked(script):
        yes, no = question.answers.yes, question.answers.no
        if question.ask is not None and (yes is not None or no is not None):
            answers[question.ask] = "yes" if _weight(yes) < _weight(no) else "no"
    return answers


def _weight(effect: Effect | None) -> int:
    """Return how much an answer changes the course of the session."""
    if effect is None:
        return 0
    if effect.end is not None or effect.stop is not None:
        return 3
    if effect.go_to is not None:
        return 2
    return int(effect.hold is not None or effect.ask_area is not None)
