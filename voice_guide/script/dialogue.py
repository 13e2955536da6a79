"""What can be asked, answered and said in a session, and what that does."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from voice_guide.script.durations import parse_span
from voice_guide.script.values import (
    Conditions,
    Name,
    Node,
    Phrases,
    Seconds,
    Text,
    Value,
    at_least,
)

THE_END = "the end"
"""As a place to go to: the questions after the last step, or the goodbye."""


def _nothing(value: Any) -> Any:
    """Let an answer with nothing after its colon do nothing."""
    return {} if value == "" else value


def _span(value: str) -> str:
    parse_span(value)
    return value


class Effect(Node):
    """What an answer or a reply does. All of it is optional; nothing at all is fine too."""

    say: Text | None = Field(None, description="What the narrator says in return.")
    turn: dict[Name, Name] = Field(
        default_factory=dict,
        description='Scales to turn: "up", "down" or the name of a level, by name of the scale. '
        "The narrator says the new level.",
    )
    set_: dict[Name, Value] = Field(
        default_factory=dict,
        alias="set",
        description="Answers to keep, by the name under which they are kept. Steps can ask for "
        "them in 'when'.",
    )
    ask_area: Literal["avoid", "gentle"] | None = Field(
        None,
        description="Ask which area is meant. Later steps on it are left out or made gentle.",
    )
    hold: Literal["until ready"] | None = Field(
        None,
        description='Wait after the reply until the person says "ready", then go on where it was. '
        "For hands that are busy elsewhere for a moment.",
    )
    go_to: Name | None = Field(
        None,
        alias="go to",
        description='Go on with the step of this name, or with "the end": the questions after '
        "the last step.",
    )
    stop: Text | None = Field(
        None,
        description="Stop the session at once and say this. The person can resume or end it.",
    )
    end: Text | None = Field(None, description="Say this and end the session.")


AnswerEffect = Annotated[Effect, BeforeValidator(_nothing, json_schema_input_type=Effect | None)]


class Conditional(Node):
    """Something that is only done when what it asks for is so."""

    when: Conditions = Field(
        default_factory=dict,
        description="Only when all of this is so: a saved answer (tired: yes; soreness: 5-10), "
        "the level of a scale (pressure: [medium, firm]), an area (neck: sore). Of a list, "
        "one is enough.",
    )
    unless: Conditions = Field(
        default_factory=dict,
        description="Not when any of this is so. It is written like 'when'.",
    )


class Answers(Conditional):
    """What can be answered: yes and no, a choice, a number or a duration."""

    yes: AnswerEffect | None = Field(
        None,
        description='What "yes" does: {say: Good.}, {end: Not today.}. Nothing behind the colon: '
        "nothing.",
    )
    no: AnswerEffect | None = Field(None, description='What "no" does; written like "yes".')
    answers: dict[Name, AnswerEffect] = Field(
        default_factory=dict,
        description="What each answer does, by the words of the answer: [optional words] and "
        "(one|other) alternatives are possible. With 'number' or 'duration': by the answer or a "
        "range of answers, such as 8-10.",
    )
    number: Annotated[str, Field(pattern=r"^\d{1,2}\s*-\s*\d{1,2}$")] | None = Field(
        None, description='The numbers that can be answered, such as "0-10".'
    )
    duration: Annotated[str, AfterValidator(_span)] | None = Field(
        None, description='The durations that can be answered, such as "1 min - 10 min".'
    )
    silence: Value | None = Field(
        None,
        description="The answer that is taken when nobody answers after two more tries, and that "
        "holds until somebody has answered. Without it the session goes on; in 'before' it waits.",
    )
    save: Name | None = Field(
        None,
        description="The name under which the answer is kept. Later texts can say it, in braces, "
        "and 'when' can ask for it.",
    )
    confirm: Text | None = Field(
        None,
        description='What the narrator says when it has an answer, such as "{answer}, then."',
    )
    answer_within: Seconds | None = Field(
        None,
        description="How long nobody has to answer before the question is asked again: 8 s if "
        "left out. For questions that make people look or feel first.",
    )
    why: Text | None = Field(None, description='What the narrator says to "why do you ask".')


class Question(Answers):
    """A question and its answers."""

    ask: Text = Field(description="The question, as it is spoken.")


class Cue(Node):
    """Something said in the middle of a step, once or again and again."""

    at: Seconds | None = Field(
        None, description="When it is said, counted from the start of the wait."
    )
    every: Annotated[Seconds, at_least(5.0)] | None = Field(
        None, description="Say it again and again, each time after so long. Instead of 'at'."
    )
    say: Text = Field(description="What is said.")

    @model_validator(mode="after")
    def _has_one_time(self) -> "Cue":
        if (self.at is None) is (self.every is None):
            raise ValueError("A cue has either 'at' or 'every'. Keep one of them.")
        return self


class Reply(Effect):
    """Something extra that can be said at any time, and what it does."""

    hear: Phrases = Field(
        description="The phrases, one or a list: [optional words] and (one|other) alternatives are "
        "possible, as in '[a bit] more (lotion|oil|cream)'."
    )
