"""How long a session takes, without playing it."""

from collections.abc import Callable

from voice_guide.script.checks.common import seconds_to_say
from voice_guide.script.counting import counting_of
from voice_guide.script.kept import usual_seconds
from voice_guide.script.model import Script, Step

READY_SECONDS = 20.0
"""A guess: how long somebody takes to say "ready"."""

ANSWER_SECONDS = 5.0
"""A guess: how long somebody takes to answer a question."""

WELCOME_SECONDS = 10.0
"""About how long the narrator takes to say how to talk to it."""


def estimate(script: Script, seconds: Callable[[str], float] = seconds_to_say) -> float:
    """Return about how many seconds the whole session takes when nobody interrupts it.

    Every question is counted with ``ANSWER_SECONDS``, every wait without a time limit with
    ``READY_SECONDS``. What answers and replies lead to is not counted.

    Args:
        script: the script.
        seconds: how long the narrator takes for a text.
    """
    welcome = " ".join((script.title, script.about or "", *script.needs))
    total = WELCOME_SECONDS + seconds(welcome)
    if script.needs:
        total += READY_SECONDS
    for question in (*script.before, *script.after):
        total += seconds(question.ask) + ANSWER_SECONDS
    return total + sum(step_seconds(script, step, seconds) for step in script.steps)


def step_seconds(
    script: Script, step: Step, seconds: Callable[[str], float] = seconds_to_say
) -> float:
    """Return about how many seconds a step takes, all its sides and rounds together."""
    total = seconds(step.say or "")
    if step.ask is not None:
        total += seconds(step.ask) + ANSWER_SECONDS
    counting = counting_of(step)
    if counting is not None:
        total += counting.seconds
    elif step.for_ is not None:
        total += step.for_
    elif step.for_answer is not None:
        total += usual_seconds(script, step.for_answer)
    elif step.until is not None:
        total += READY_SECONDS
    return total * max(1, len(step.each)) * step.repeat
