"""Names of steps that cannot be said, so that nobody can skip to them."""

import re

from voice_guide.language.templates import normalise
from voice_guide.script.checks.common import Checked
from voice_guide.script.codes import phrases as codes

_NUMBER = re.compile(r"\{round\}|\d+")
"""What is said in number words, which every speech model knows."""


def check(checked: Checked) -> None:
    """Warn of names with words that the speech model does not know."""
    if checked.vocabulary is None:
        return
    for number, step in enumerate(checked.script.steps):
        for side in step.each or ("",):
            name = normalise(_NUMBER.sub("", step.name.replace("{side}", side)))
            unknown = next((word for word in name.split() if not checked.vocabulary(word)), None)
            if unknown is not None:
                checked.report(
                    codes.STEP_NOT_NAMED,
                    ("steps", number, "name"),
                    f'Nobody can say "skip to {name}": the speech model does not know the word '
                    f'"{unknown}". Call the step by other words.',
                )
                break
