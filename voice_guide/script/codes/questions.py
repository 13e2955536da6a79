"""Questions, answers, steps and the way through them: E20 to E29, W20 to W29."""

from voice_guide.script.codes.code import error, warning

NO_ANSWER = error(
    "E20",
    "A question that cannot be answered",
    """Nothing is listened for, so whatever is said is not understood. Add 'yes:' and 'no:',
    'answers:' or 'number:'.""",
)
TWO_WAYS_TO_ANSWER = error(
    "E21",
    "Two kinds of answers at once",
    """A question is answered with a number or with words. Split it in two questions.""",
)
BAD_RANGE = error(
    "E22",
    "A range of numbers that is none",
    """The lower number comes first, as in "0-10".""",
)
SILENCE_IS_NO_ANSWER = error(
    "E23",
    "The answer for silence is no answer",
    """What 'silence:' names is taken when nobody answers, so it must be one of the answers.""",
)
ANSWERS_WITHOUT_QUESTION = error(
    "E24",
    "Answers without a question",
    """These keys belong to a question, and nothing is asked here. Add 'ask:'.""",
)
EMPTY_STEP = error(
    "E25",
    "A step that neither says nor asks anything",
    """Nobody would know what to do. Add 'say:' or 'ask:'.""",
)
SAVED_TWICE = warning(
    "W20",
    "Two answers are saved under one name",
    """The later answer replaces the earlier one. Choose another name, unless that is meant.""",
)
