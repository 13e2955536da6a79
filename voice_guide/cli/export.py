"""``voice-guide export``: everything that is kept, as JSON."""

import sys
from pathlib import Path

import click

from voice_guide import private
from voice_guide.errors import InputError, reason
from voice_guide.store.export import export as export_journal
from voice_guide.store.reading import reading


@click.command()
@click.argument("session", type=int, required=False)
@click.option("--out", type=click.Path(path_type=Path), help="A file, instead of the terminal.")
def export(session: int | None, out: Path | None) -> None:
    """Write everything that is kept of SESSION, or of all sessions, as one JSON document.

    \b
    Example:
      voice-guide export --out my_sessions.json
    """
    with reading() as connection:
        pieces = export_journal(connection, session)
        if out is None:
            sys.stdout.writelines(pieces)
            return
        first = next(pieces)  # a wrong number must not leave an empty file
        try:
            with private.writing(out) as stream:
                stream.write(first)
                stream.writelines(pieces)
        except OSError as error:
            raise InputError(f"{out}: the export cannot be written: {reason(error)}.") from error
