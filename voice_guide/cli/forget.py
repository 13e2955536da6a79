"""``voice-guide forget``: erase what is kept."""

import click

from voice_guide.settings import cache_folder
from voice_guide.store.erasing import forget_all, forget_session, forget_spoken


@click.command()
@click.argument("session", type=int, required=False)
@click.option("--all", "everything", is_flag=True, help="Erase the whole journal.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget(session: int | None, *, everything: bool, yes: bool) -> None:
    """Erase SESSION, by its number in history, or everything. It cannot be brought back.

    \b
    Example:
      voice-guide forget 12
    """
    if (session is None) is not everything:
        raise click.UsageError("Give the number of a session, or --all.")
    what = "all sessions" if session is None else f"session {session}"
    if not yes:
        click.confirm(f"Erase {what} for good?", abort=True)
    if session is None:
        forget_all()
        forget_spoken(cache_folder())
    else:
        forget_session(session)
    click.echo(f"Erased {what}.")
