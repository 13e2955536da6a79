"""``voice-guide report``: what happened, as a page for a browser."""

from pathlib import Path

import click

from voice_guide import private
from voice_guide.errors import InputError, reason
from voice_guide.store.export import no_session
from voice_guide.store.history import history
from voice_guide.store.kept import select_sessions
from voice_guide.store.lock import playing
from voice_guide.store.place import journal_path
from voice_guide.store.reading import reading


@click.command()
@click.argument("session", type=int, required=False)
@click.option("--script", help="Of all sessions, only those of this script.")
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("report.html"), show_default=True
)
def report(session: int | None, script: str | None, out: Path) -> None:
    """Write a report of SESSION, by its number in history, or over all sessions.

    The page is one file, loads nothing, and can be read aloud: a table stands beside each picture.

    \b
    Example:
      voice-guide report 12 --out last.html
    """
    from voice_guide.store.report.collect import story_of  # noqa: PLC0415 -- keeps --help quick
    from voice_guide.store.report.write import overview_report, session_report  # noqa: PLC0415

    now = playing(journal_path())
    with reading() as connection:
        of = f' of "{script}"' if script else ""
        nothing = InputError(f"Nothing{of} was played yet, so there is nothing to report.")
        if connection is None:
            raise nothing
        if session is None:
            sessions = history(connection, script)
            if not sessions:
                raise nothing
            text = overview_report(sessions, now)
        else:
            found = select_sessions(connection, "s.id = ?", (session,))
            if not found:
                raise no_session(session)
            text = session_report(story_of(connection, found[0]), now)
    try:
        with private.writing(out) as stream:
            stream.write(text)
    except OSError as error:
        raise InputError(f"{out}: the report cannot be written: {reason(error)}.") from error
    click.echo(f"Wrote {out}.")
