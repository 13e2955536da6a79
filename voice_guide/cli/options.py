"""The options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Function = TypeVar("Function", bound=Callable[..., Any])

DEFAULT_SCRIPT = "back_massage"


def together(*options: Callable[[Any], Any]) -> Callable[[Function], Function]:
    """Return a decorator that adds several options, shown in this order."""

    def add(function: Function) -> Function:
        for option in reversed(options):
            function = option(function)
        return function

    return add


QUIETEST_DB = -100.0


def decibels(context: click.Context, parameter: click.Parameter, value: float) -> float:
    """Return a level, dB full scale, if it is one.

    Raises:
        click.BadParameter: it is above full scale, or beyond hearing, or no number.
    """
    del context, parameter
    if not QUIETEST_DB <= value <= 0.0:
        raise click.BadParameter(f"{value} is not from {QUIETEST_DB:.0f} to 0 dB full scale.")
    return value


def device_name(
    context: click.Context, parameter: click.Parameter, value: str | None
) -> str | None:
    """Return the name of a sound device, if it is one.

    Raises:
        click.BadParameter: it is empty.
    """
    del context, parameter
    if value is not None and not value.strip():
        raise click.BadParameter("the name is empty. voice-guide devices tells the names.")
    return value


script_argument = click.argument("script", default=DEFAULT_SCRIPT)

json_option = click.option(
    "--json", "as_json", is_flag=True, help="One JSON object a line, for programs."
)

model_option = click.option(
    "--model",
    type=click.Path(path_type=Path),
    help="The folder of a Vosk model, instead of the built-in one.",
)

called_option = click.option(
    "--only-when-called",
    is_flag=True,
    default=None,
    help='Take commands only after its name: "guide, next". Stop and pain are always heard.',
)

voice_options = together(
    click.option("--voice", help="The narrator's voice, such as en-gb or en-us+f3."),
    click.option("--rate", type=int, help="The narrator's pace in words a minute (80 to 450)."),
    click.option("--volume", type=float, help="The narrator's volume, 0 to 1."),
)

record_option = click.option(
    "--record",
    is_flag=True,
    help="Store the sound of the session, with all that is said in the room. It is said aloud.",
)
