"""Names that refer to something, and what is filled in: E10 to E19, W10 to W19."""

from voice_guide.script.codes.code import error, warning

BAD_NAME = error(
    "E10",
    "A name that cannot be used",
    """Names of scales and levels are spoken and are written in braces, so they are plain words.
    "side" is taken, and "up" and "down" are directions.""",
)
NO_SUCH_NAME = error(
    "E11",
    "A name of something that is not there",
    """A level, a scale or an area is used that the script does not have. Correct the spelling, or
    add it to 'scales:' or 'areas:'.""",
)
NAMED_TWICE = error(
    "E12",
    "A name that is there twice",
    """Levels, areas and the like are told apart by their names. Remove one of the two.""",
)
NO_VALUE = error(
    "E13",
    "Braces with no value",
    """What is in braces is filled in when it is spoken. Only scales, and {side} in a step with
    'each:', have a value. Without one the narrator would have to read the braces aloud.""",
)
NOTHING_FILLED_IN = error(
    "E14",
    "Braces where nothing is filled in",
    """In titles, names and lists nothing is filled in. Remove the braces.""",
)
STOP_AND_END = error(
    "E15",
    "Both stop and end",
    """"stop" can be resumed and "end" cannot, so an answer or a reply does one of the two.""",
)
SIDE_NOT_USED = warning(
    "W10",
    "The sides of a step are never named",
    """The step is done once for each side, but nobody is told which side is meant. Write {side}
    into its name or its text.""",
)
