"""``voice-guide history``: what was played."""

import csv
import json
import sys
from collections.abc import Sequence

import click

from voice_guide.cli.options import json_option
from voice_guide.store.endings import ending
from voice_guide.store.export import as_dict
from voice_guide.store.history import Total
from voice_guide.store.history import history as sessions_of
from voice_guide.store.history import totals as totals_of
from voice_guide.store.kept import KeptSession
from voice_guide.store.lock import playing
from voice_guide.store.place import journal_path
from voice_guide.store.reading import reading

_SESSION_HEADS = ("no.", "began", "script", "minutes", "step", "end")
_TOTAL_HEADS = ("day", "script", "sittings", "minutes", "in steps")


@click.command()
@click.argument("script", required=False)
@click.option("--totals", is_flag=True, help="Totals for each day and script, not sessions.")
@click.option("--last", type=click.IntRange(min=1), help="Only so many, the newest.")
@click.option("--csv", "as_csv", is_flag=True, help="Comma-separated values, for spreadsheets.")
@json_option
def history(
    script: str | None, *, totals: bool, last: int | None, as_csv: bool, as_json: bool
) -> None:
    """List the sessions that were played, of SCRIPT or of all, oldest first.

    \b
    Example:
      voice-guide history back_massage --csv
    """
    if as_csv and as_json:
        raise click.UsageError("Give --json or --csv, not both.")
    with reading() as connection:
        if totals:
            days = [] if connection is None else totals_of(connection, script)
            rows = [_total(total) for total in days]
            table: list[tuple[str, ...]]
            table = [_TOTAL_HEADS, *(_total_line(total) for total in days)]
        else:
            sessions = [] if connection is None else sessions_of(connection, script)
            now = playing(journal_path())
            rows = [as_dict(one) | {"playing": one.number == now} for one in sessions]
            table = [_SESSION_HEADS, *(_session_line(one, now) for one in sessions)]
    first = 0 if last is None else -last
    _write(rows[first:], [table[0], *table[1:][first:]], as_csv=as_csv, as_json=as_json)


def _write(
    rows: list[dict[str, object]],
    table: list[tuple[str, ...]],
    *,
    as_csv: bool,
    as_json: bool,
) -> None:
    if as_json:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
    elif as_csv:
        _write_csv(rows)
    elif not rows:
        click.echo("Nothing was played yet.")
    else:
        _write_table(table)


def _write_csv(rows: list[dict[str, object]]) -> None:
    if not rows:
        return
    writer = csv.DictWriter(sys.stdout, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(value) for name, value in row.items()})


def _cell(value: object) -> object:
    """Return a value for a spreadsheet, which must not take a text for a formula."""
    if isinstance(value, dict):
        value = json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        value = " ".join(value)
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@"):
        return "'" + value
    return value


def _write_table(lines: Sequence[tuple[str, ...]]) -> None:
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        click.echo("  ".join(cells).rstrip())


def _session_line(session: KeptSession, now: int | None) -> tuple[str, ...]:
    return (
        str(session.number),
        session.began[:16].replace("T", " "),
        session.script,
        f"{session.seconds / 60:.1f}",
        f"{session.step}/{session.steps} {session.step_name}" if session.step else "-",
        ending(session, now),
    )


def _total(total: Total) -> dict[str, object]:
    return {
        "day": total.day,
        "script": total.script,
        "sittings": total.sittings,
        "seconds": round(total.seconds, 3),
        "practised_s": round(total.practised, 3),
    }


def _total_line(total: Total) -> tuple[str, ...]:
    return (
        total.day,
        total.script,
        str(total.sittings),
        f"{total.seconds / 60:.1f}",
        f"{total.practised / 60:.1f}",
    )
