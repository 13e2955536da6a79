"""Writing a new file, and never over an old one."""

from pathlib import Path

import click

from voice_guide.errors import InputError

output_option = click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    help="Where to write it; - is standard output. A file that is there is never written over.",
)


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet, or to standard output where the path is ``-``.

    Raises:
        InputError: the file is there already, or cannot be written.
    """
    if str(path) == "-":
        click.echo(text, nl=False)
        return
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise InputError(
            f"{path} is there already, and is not written over. Give another name with --output."
        ) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{path} cannot be written: {reason}.") from error
