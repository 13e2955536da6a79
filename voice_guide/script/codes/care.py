"""Care for people: W60 to W69."""

from voice_guide.script.codes.code import warning

NO_SCREENING = warning(
    "W60",
    "Hands on a body, and nothing is asked before",
    """Ask in 'before:' for what speaks against it, such as broken skin, a fever or a recent injury,
    and end the session where the answer says so. If nothing needs to be asked, say why:
    "# check: off W60: only the giver's own hands are touched".""",
    needs_reason=True,
)
NO_STOP_SIGN = warning(
    "W61",
    "Hands on a body, and no stop sign of its own",
    """Add a reply with 'stop:' that says what to do at strong pain or numbness in this very
    session. "It hurts" is heard in every session, but knows nothing of this one. If none is needed,
    say why: "# check: off W61: nobody is touched".""",
    needs_reason=True,
)
