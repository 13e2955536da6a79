"""Times and lengths: E40 to E49, W40 to W49."""

from voice_guide.script.codes.code import error, warning

CUES_WITHOUT_TIME = error(
    "E40",
    "Cues in a step that does not wait",
    """Cues are said while the step goes on. Add 'for:' or 'until: ready'.""",
)
CUE_TOO_LATE = error(
    "E41",
    "A cue after the end of its step",
    """The step is over by then, so the cue would never be said. Say it earlier, or make the step
    longer. The time of a cue counts from the end of the instruction.""",
)
REPS_AND_TIME = error(
    "E42",
    "Two times for one step",
    """A step goes on until its repetitions are done, or for a time, or as long as was answered.
    Keep one of them. What has to be said during the repetitions belongs into the instruction.""",
)
TEMPO_WITHOUT_REPS = error(
    "E43",
    "A tempo without repetitions",
    """'tempo', 'beat' and 'rest' pace a movement that is repeated. Add 'reps:', and how often.""",
)
SHORT_BEAT = warning(
    "W42",
    "A beat that is too short for its words",
    """The narrator would lag behind, and the tempo would be slower than it is written.""",
)
NO_PAUSE = warning(
    "W46",
    "Brackets that are no pause",
    """In a text, [pause], [pause 2 s] and [2 s] are silence. What else is in brackets is read aloud
    without them.""",
)
TOO_SHORT = warning(
    "W40",
    "A step that is shorter than its instruction",
    """'for:' counts from the end of the instruction. Where it takes longer to say than to do,
    listening is most of the step. Say less, or give more time.""",
)
LONG_SENTENCE = warning(
    "W41",
    "A sentence that is too long to follow by ear",
    """Who listens cannot look back. Split the sentence; one idea at a time. How many words are too
    many is the setting 'sentence_words', or the option --sentence-words; 30 where neither is
    given.""",
)
CUE_WITHOUT_ROOM = warning(
    "W45",
    "A cue that runs into what follows",
    """The cue is not over when the next one is due, or when the step ends. Say less, or make
    room.""",
)
OVER_LIMIT = warning(
    "W43",
    "More steps than the limit allows",
    """'limits: per_day:' ends the steps when it is used up, so the rest is never reached, even on a
    day without another session. Make the steps shorter, or the limit longer.""",
)
LONG_STOP = warning(
    "W44",
    "A long sentence at a stop sign",
    """What is said after 'stop:' is heard by somebody who is in pain or frightened. Say first what
    to do now, in 20 words or fewer; then when to ask a professional.""",
)
