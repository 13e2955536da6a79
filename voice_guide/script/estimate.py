"""How long a session takes."""

from voice_guide.script.checks.common import WORDS_PER_MINUTE, seconds_to_say
from voice_guide.script.counting import counting_of
from voice_guide.script.model import Script, Step

READY_SECONDS = 20.0
"""A guess: how long somebody takes to say "ready"."""

ANSWER_SECONDS = 5.0
"""A guess: how long somebody takes to answer a question."""

WELCOME_SECONDS = 10.0
"""About how long the narrator takes to say how to talk to it."""


def estimate(script: Script, words_per_minute: float = WORDS_PER_MINUTE) -> float:
    """Return about how many seconds the whole session takes when nobody interrupts it.

    Every question is counted with ``ANSWER_SECONDS``, every wait without a time limit with
    ``READY_SECONDS``. What answers and replies lead to is not counted.
    """
    welcome = " ".join((script.title, script.about or "", *script.needs))
    seconds = WELCOME_SECONDS + seconds_to_say(welcome, words_per_minute)
    if script.needs:
        seconds += READY_SECONDS
    for question in (*script.before, *script.after):
        seconds += seconds_to_say(question.ask, words_per_minute) + ANSWER_SECONDS
    return seconds + sum(_step_seconds(step, words_per_minute) for step in script.steps)


def _step_seconds(step: Step, words_per_minute: float) -> float:
    seconds = seconds_to_say(step.say or "", words_per_minute)
    if step.ask is not None:
        seconds += seconds_to_say(step.ask, words_per_minute) + ANSWER_SECONDS
    counting = counting_of(step)
    if counting is not None:
        seconds += counting.seconds
    elif step.for_ is not None:
        seconds += step.for_
    elif step.until is not None:
        seconds += READY_SECONDS
    return seconds * max(1, len(step.each)) * step.repeat
