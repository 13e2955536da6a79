"""The session script, format 1: the immutable model that everything else reads.

The field descriptions are the language's reference; the JSON Schema is made from them.
Durations are in seconds once loaded.
"""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from voice_guide.script.areas import Areas
from voice_guide.script.dialogue import Answers, Conditional, Cue, Effect, Question, Reply
from voice_guide.script.values import Aliases, Name, Node, Seconds, Text, Words, at_least

__all__ = [
    "FORMAT",
    "MOST_STEPS",
    "Answers",
    "Conditional",
    "Cue",
    "Effect",
    "Group",
    "Include",
    "Limits",
    "Node",
    "Part",
    "Question",
    "Reply",
    "Scale",
    "Script",
    "Step",
]

MOST_STEPS = 1000
"""More steps than this a script cannot have."""

FORMAT = 1
"""The version of the script language that this package reads."""


def _whole_number(value: Any) -> Any:
    """Make a number of the text "1": the loader leaves every scalar as the author wrote it."""
    return FORMAT if value == str(FORMAT) else value


class Scale(Node):
    """Something that a reply can turn up or down, such as the pressure of the hands."""

    levels: Annotated[tuple[Name, ...], Field(min_length=2, max_length=12)] = Field(
        description="The spoken names of the levels, from the least to the most."
    )
    start: Name = Field(description="The level at the start of the session.")


class Step(Answers):
    """One step of the session."""

    name: Name = Field(description='The name of the step, for "where are we" and the report.')
    say: Text | None = Field(None, description="The instruction, as it is spoken.")
    for_: Seconds | None = Field(
        None,
        alias="for",
        description="How long the step goes on, counted from the end of what is said: 90 s, 5 min. "
        'Whoever wants longer says "one more minute".',
    )
    for_answer: Name | None = Field(
        None,
        description="The step goes on as long as was answered: the name under which the answer, "
        "a duration, is kept.",
    )
    until: Literal["ready"] | None = Field(
        None, description='The step goes on until the person says "ready".'
    )
    ask: Text | None = Field(
        None,
        description="A question that is asked in this step, after what it says. It needs answers: "
        "yes and no, answers, number or duration.",
    )
    cues: Annotated[tuple[Cue, ...], Field(max_length=60)] = Field(
        (),
        description="Things said while the step goes on: {at: 30 s, say: Slow hands.} or "
        "{every: 20 s, say: Breathe.}.",
    )
    reps: Annotated[int, Field(ge=1, le=200)] | None = Field(
        None,
        description="How often the movement is done. The narrator counts, or speaks the tempo. "
        "Instead of 'for' and 'until'.",
    )
    tempo: Words = Field(
        (),
        description="The words that pace one repetition, one a beat: in, two, three, out, two, "
        "three. Without it the narrator counts: one, two, three.",
    )
    beat: Annotated[Seconds, at_least(0.3)] | None = Field(
        None,
        description="The time of one word of the tempo: 1 s if left out. Without a tempo the time "
        "of one repetition: 4 s if left out.",
    )
    rest: Seconds | None = Field(None, description="The time between two repetitions.")
    area: Name | None = Field(
        None,
        description="The part of the body that the step works on, one of the areas of the script. "
        "{side} in it is the one in turn. When it is sore, the step is left out or made gentle.",
    )
    sore: Literal["avoid", "gentle"] = Field(
        "avoid",
        description='What to do when the area hurts: leave the step out ("avoid"), or '
        'do it with the least pressure ("gentle").',
    )
    hands: Literal["stay"] | None = Field(
        None,
        description='"stay": the hands must not be lifted in this step, so that its question is '
        "asked when the time is over.",
    )
    each: Annotated[tuple[Name, ...], Field(max_length=12)] = Field(
        (),
        description="Do the step once for each of these, as in [left, right]; {side} in the texts "
        "and in the name is the one in turn.",
    )
    repeat: Annotated[int, Field(ge=1, le=50)] = Field(
        1,
        description="Do the whole step so often, instruction and all; {round} in the texts is the "
        "number of the round.",
    )
    replies: Annotated[tuple[Reply, ...], Field(max_length=60)] = Field(
        (), description="Extra things that can be said in this step."
    )
    with_: dict[Name, Name] = Field(
        default_factory=dict,
        alias="with",
        description="Levels of scales in this step only, by name of the scale. What the person "
        "has asked for is never exceeded.",
    )
    speak: Literal["slowly"] | None = Field(
        None, description="The narrator speaks slower than usual in this step."
    )
    remind: Annotated[Seconds, at_least(10.0)] | None = Field(
        None,
        description='When somebody who has to say "ready" is reminded for the first time: 45 s '
        "if left out.",
    )

    @property
    def question(self) -> Question | None:
        """The question of this step, if it asks one."""
        if self.ask is None:
            return None
        return Question.model_construct(
            ask=self.ask, **{name: getattr(self, name) for name in Answers.model_fields}
        )


class Limits(Node):
    """How much of this session is good for a body in a day, and when it should rest."""

    per_day: Seconds | None = Field(
        None, description="The most time in steps on one day; the session ends when it is used up."
    )
    rest_days: Annotated[int, Field(ge=0, le=30)] = Field(
        0, description="Days of rest after a day with a session."
    )
    shared: Name | None = Field(
        None,
        description="A name. All scripts whose limits have this name count together: what is done "
        "in one of them is used up in the others.",
    )
    rest_day_if: Annotated[str, Field(min_length=1, max_length=80)] | None = Field(
        None,
        description='A sign that today is a day of rest, such as "still stiff or sore". It is '
        "asked for when the last session was today or up to two days ago.",
    )


class Include(Conditional):
    """A part that is put here: all its steps, and once what else it has."""

    include: Name = Field(
        description="The file of the part, from the folder of the script: parts/warm_up.yaml."
    )
    leave_out: tuple[Name, ...] = Field((), description="Steps of the part to be left out.")
    change: dict[Name, dict[Name, Any]] = Field(
        default_factory=dict,
        description="Keys of steps of the part that are other here, by the name of the step: "
        "{Warm the oil: {for: 30 s}}.",
    )


def _as_it_is(value: Any) -> Any:
    return value


class Group(Conditional):
    """Steps that are done together: in several rounds, or for one side after the other."""

    repeat: Annotated[int, Field(ge=1, le=50)] = Field(
        1,
        description="Do all the steps so often, one round after the other; {round} in them counts.",
    )
    each: Annotated[tuple[Name, ...], Field(max_length=12)] = Field(
        (),
        description="Do all the steps once for each of these, as in [left, right], one side after "
        "the other; {side} in them is the one in turn.",
    )
    steps: Annotated[
        tuple[Any, ...],
        Field(min_length=1, max_length=MOST_STEPS),
        BeforeValidator(
            _as_it_is,
            json_schema_input_type=Annotated[
                list[Step | Include], Field(min_length=1, max_length=MOST_STEPS)
            ],
        ),
    ] = Field(description="The steps of the group, in order.")


Steps = Annotated[
    tuple[Step, ...],
    Field(min_length=1, max_length=MOST_STEPS),
    BeforeValidator(
        _as_it_is,
        json_schema_input_type=Annotated[
            list[Step | Include | Group], Field(min_length=1, max_length=MOST_STEPS)
        ],
    ),
]
"""Steps; in the file some of them may be parts and groups, which have become steps."""


class Contents(Node):
    """What a script has, and a part can have."""

    include: Aliases = Field(
        (),
        description="Parts whose questions, replies, scales and so on belong to the script: files "
        "in its folder, such as parts/stop_signs.yaml. Parts with steps are included among the "
        "steps.",
    )
    needs: Annotated[tuple[Name, ...], Field(max_length=40)] = Field(
        (), description="What has to be at hand before the session begins."
    )
    scales: dict[Name, Scale] = Field(
        default_factory=dict,
        description="What replies can turn up or down, by name: {pressure: {levels: [light, firm], "
        "start: light}}. {pressure} in a text is the level.",
    )
    areas: Areas = Field(
        default_factory=dict,
        description="The parts of the body that can be named as sore: a list, or a mapping with "
        "other words that are heard for each: {lower back: [small of the back, waist], neck: }.",
    )
    pronounce: dict[Name, Name] = Field(
        default_factory=dict,
        description="How the narrator pronounces words, written as they sound: "
        "{effleurage: ef lur ahj}.",
    )
    before: Annotated[tuple[Question, ...], Field(max_length=40)] = Field(
        (), description="Questions asked before the first step."
    )
    replies: Annotated[tuple[Reply, ...], Field(max_length=100)] = Field(
        (), description="Extra things that can be said at any time in this session."
    )
    after: Annotated[tuple[Question, ...], Field(max_length=40)] = Field(
        (), description="Questions asked after the last step."
    )


Format = Annotated[Literal[1], BeforeValidator(_whole_number, json_schema_input_type=Literal[1])]


class Script(Contents):
    """A whole session script."""

    format: Format = Field(description="The version of the script language: 1.")
    title: Name = Field(description="The name of the session.")
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")] = Field(
        "en", description='The language that is spoken, such as "en".'
    )
    about: Text | None = Field(None, description="What the session is, in a sentence.")
    sources: tuple[Text, ...] = Field((), description="Where the facts come from.")
    steps: Steps = Field(
        description="The steps, in order, and parts with steps: '- include: parts/warm_up.yaml'."
    )
    limits: Limits | None = Field(
        None, description="How much is good for a body in a day: {per_day: 5 min, rest_days: 1}."
    )


class Part(Contents):
    """A file that scripts include."""

    format: Format = Field(description="The version of the script language: 1.")
    part: Name = Field(description="What the part is, for its author. It is never spoken.")
    sources: tuple[Text, ...] = Field((), description="Where the facts come from.")
    steps: Steps = Field(
        (), description="The steps of the part. They come where it is included among the steps."
    )
