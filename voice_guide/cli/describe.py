"""``voice-guide describe``: a script as a page for people."""

from pathlib import Path

import click

from voice_guide.cli.writing import output_option, write_new
from voice_guide.describing import as_html, as_markdown, as_text
from voice_guide.describing import describe as page_about
from voice_guide.errors import InputError, MachineError
from voice_guide.opening import language_of, narrator
from voice_guide.script.estimate import estimate
from voice_guide.script.find import find_script
from voice_guide.script.loader import load_script
from voice_guide.session.engine import Engine
from voice_guide.settings import load_settings
from voice_guide.timing import session_walk

_WRITERS = {"text": as_text, "markdown": as_markdown, "html": as_html}
_ENDINGS = {
    "": "text",
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".markdown": "markdown",
}


@click.command()
@click.argument("script")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(_WRITERS)),
    help="Text if not set, or what the name of the output ends in.",
)
@click.option(
    "--render/--no-render",
    default=True,
    help="Measure the rendered narration (the default), or count its words, which is quicker.",
)
@output_option
def describe(script: str, form: str | None, render: bool, output: Path | None) -> None:
    """Tell what SCRIPT says, what can be answered, and how long it takes, as a readable page.

    \b
    Examples:
      voice-guide describe back_massage
      voice-guide describe my_session.yaml --output my_session.html
    """
    form = form or _form_of(output)
    loaded = load_script(find_script(script))
    language = language_of(loaded)
    seconds = estimate(loaded.script)
    if render:
        try:
            voice = narrator(load_settings(), language)
        except MachineError as error:
            click.echo(f"{error} The time is counted by words.", err=True)
        else:
            seconds = session_walk(Engine(loaded.script, language), voice).seconds
    text = _WRITERS[form](page_about(loaded.script, language, seconds))
    write_new(output or Path("-"), text)
    if output is not None and str(output) != "-":
        click.echo(f"Written to {output}.")


def _form_of(output: Path | None) -> str:
    """Return the form that the name of the output ends in."""
    if output is None or str(output) == "-":
        return "text"
    ending = output.suffix.lower()
    if ending not in _ENDINGS:
        raise InputError(
            f"{output}: a page is text, Markdown or HTML. Let the name end in .txt, .md or .html, "
            "or say which with --format."
        )
    return _ENDINGS[ending]
