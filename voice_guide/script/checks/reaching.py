"""Steps that no answer leads to."""

from voice_guide.script.checks.common import Checked
from voice_guide.script.codes import moves as codes
from voice_guide.script.dialogue import Answers
from voice_guide.script.model import Script
from voice_guide.script.outcomes import outcomes
from voice_guide.script.walk import replies
from voice_guide.script.ways import places, step_numbers


def check(checked: Checked) -> None:
    """Warn of the first step, or question after the steps, of each part that is never reached."""
    script = checked.script
    closed = next((n for n, question in enumerate(script.before) if _always_ends(question)), None)
    if closed is not None:
        message = "Every answer ends the session, so no step is ever reached."
        checked.report(codes.NEVER_REACHED, ("before", closed, "ask"), message, key=True)
        return
    every = places(script)
    reached = _reached([place.leads_to for place in every], _by_replies(script))
    for number, place in enumerate(every):
        if number not in reached and (number == 0 or number - 1 in reached):
            key = "name" if place.path[0] == "steps" else "ask"
            message = "Nothing leads here: every answer before it goes elsewhere or ends."
            checked.report(codes.NEVER_REACHED, (*place.path, key), message)


def _reached(leads_to: list[frozenset[int]], starts: set[int]) -> set[int]:
    reached: set[int] = set()
    new = {0} | starts
    while new:
        reached |= new
        new = {to for one in new if one < len(leads_to) for to in leads_to[one]} - reached
    return reached


def _by_replies(script: Script) -> set[int]:
    """Return where replies lead to."""
    targets = step_numbers(script)
    asked = (reply.go_to for _, reply, _ in replies(script) if reply.go_to is not None)
    return {targets[name] for name in asked if name in targets}


def _always_ends(answers: Answers) -> bool:
    """Whether all that can be answered, also by silence, ends the session."""
    ends = [one.effect.end is not None for one in outcomes(answers)]
    return bool(ends) and all(ends) and not answers.when and not answers.unless
