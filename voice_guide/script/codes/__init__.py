"""The kinds of findings, one module per subject, and the way to look one up.

A code is never given to another kind of finding: scripts switch codes off by their ids.
"""

from voice_guide.script.codes import care, form, moves, names, phrases, questions, times
from voice_guide.script.codes.code import Code

SUBJECTS = {
    "The file and its form": form,
    "Names and what is filled in": names,
    "Questions, answers and steps": questions,
    "What can be said, and what is heard": phrases,
    "Times and lengths": times,
    "From step to step, and answers that are kept": moves,
    "Care for people": care,
}
"""The modules of the codes, by what they are about."""


def codes_about(subject: str) -> tuple[Code, ...]:
    """Return the codes of one of ``SUBJECTS``, errors first."""
    found = [value for value in vars(SUBJECTS[subject]).values() if isinstance(value, Code)]
    return tuple(sorted(found, key=lambda code: code.id))


def all_codes() -> tuple[Code, ...]:
    """Return every code, errors first."""
    every = (code for subject in SUBJECTS for code in codes_about(subject))
    return tuple(sorted(every, key=lambda code: code.id))


def find_code(id: str) -> Code | None:
    """Return the code with this id, in upper or lower case, or None."""
    return next((code for code in all_codes() if code.id == id.strip().upper()), None)


__all__ = [
    "SUBJECTS",
    "Code",
    "all_codes",
    "care",
    "codes_about",
    "find_code",
    "form",
    "moves",
    "names",
    "phrases",
    "questions",
    "times",
]
