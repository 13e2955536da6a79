"""The scalars of a session script: texts, names, phrases, durations, conditions.

The loader leaves every value as the text that the author wrote; what it means is decided here.
"""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from voice_guide.script.durations import parse_duration


def _duration(value: Any) -> float:
    if not isinstance(value, str):
        raise ValueError(
            f'{value} has no unit. Write a duration with one, such as "90 s" or "5 min".'
        )
    return parse_duration(value)


def at_least(seconds: float) -> AfterValidator:
    """Return what refuses a shorter duration."""

    def check(value: float) -> float:
        if value < seconds:
            raise ValueError(f"This is too short: it must be at least {seconds:g} s.")
        return value

    return AfterValidator(check)


def _as_it_is(value: Any) -> Any:
    return value


def _one_or_many(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _any_or_none(value: Any) -> Any:
    return () if value == "" else _one_or_many(value)


def _comma_separated(value: Any) -> Any:
    return [part.strip() for part in value.split(",")] if isinstance(value, str) else value


Seconds = Annotated[
    float,
    BeforeValidator(_duration, json_schema_input_type=str),
    Field(description='A duration with its unit, such as "90 s", "5 min" or "1 min 30 s".'),
]
Text = Annotated[str, Field(min_length=1, max_length=2000)]
Name = Annotated[str, Field(min_length=1, max_length=80)]
Value = Annotated[
    str,
    Field(min_length=1, max_length=80),
    BeforeValidator(_as_it_is, json_schema_input_type=str | int | float),
]
"""What an answer is or can be. Editors may take it for a number."""

Phrases = Annotated[
    tuple[Name, ...],
    Field(min_length=1, max_length=40),
    BeforeValidator(_one_or_many, json_schema_input_type=str | list[str]),
]
"""One text, or a list of them."""

Words = Annotated[
    tuple[Name, ...],
    Field(min_length=1, max_length=40),
    BeforeValidator(_comma_separated, json_schema_input_type=str | list[str]),
]
"""Words in one text, with commas between them, or a list of them."""

Values = Annotated[
    tuple[Name, ...],
    Field(min_length=1, max_length=40),
    BeforeValidator(
        _one_or_many, json_schema_input_type=str | int | float | list[str | int | float]
    ),
]
"""One value of an answer, or a list of them."""

Aliases = Annotated[
    tuple[Name, ...],
    Field(max_length=12),
    BeforeValidator(_any_or_none, json_schema_input_type=str | list[str] | None),
]
"""Other words for something: none, one, or a list of them."""

Conditions = dict[Name, Values]
"""What has to be so: for each name the values of which one has to be there."""


class Node(BaseModel):
    """Base of every part of a script: immutable, unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
