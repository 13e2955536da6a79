"""Going from step to step, and answers that are kept: E50 to E59, W50 to W59."""

from voice_guide.script.codes.code import error, warning

GO_TO_NOWHERE = error(
    "E50",
    "A step to go to that is not there",
    """'go to' takes the name of a step, as it is written there, or "the end". Where two steps have
    the name, nobody knows which is meant: give one of them another name.""",
)
GO_TO_FROM_BEFORE = error(
    "E51",
    "A question before the session that leads away",
    """The questions in 'before' keep people from harm, so none of them is jumped over. Save the
    answer, and let the steps ask for it with 'when'.""",
)
ENDLESS_ALONE = error(
    "E52",
    "Steps that go round for ever when nobody answers",
    """The answer for silence leads back, and back again. A session that is left alone has to come
    to its end. Let silence go on.""",
)
ENDLESS = error(
    "E53",
    "Steps that nobody can leave",
    """Every answer leads back, so the session never ends by itself. Let one answer go on.""",
)
TWO_PLACES = error(
    "E54",
    "An effect that leads to two places",
    """'go to', 'stop' and 'end' say where the session goes. Keep one of them.""",
)
NOTHING_KEPT = error(
    "E55",
    "A condition that can never be fulfilled",
    """'when' and 'unless' look at answers that are saved ('save', 'set'), at scales, and at areas
    ("neck: sore"). The name or the value is none of them. Correct the spelling.""",
)
NO_ANSWER_YET = error(
    "E56",
    "An answer that may never have been given",
    """The text or the time needs the answer of a question. Nobody may have answered it, so say
    with 'silence:' what holds then.""",
)
NEVER_REACHED = warning(
    "W50",
    "A step that is never reached",
    """Every answer before it leads elsewhere, or ends the session. Only somebody who says "skip to"
    and its name gets there. Remove the step, or let an answer lead to it.""",
)
