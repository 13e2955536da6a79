"""Rehearsing without sound: a scripted person, or one who is typed."""

import contextlib
import sys

import click

from voice_guide.cli.watching import watcher
from voice_guide.errors import InputError, MachineError
from voice_guide.opening import Opened, require_voice
from voice_guide.rehearsal.cues import Cue
from voice_guide.rehearsal.outcome import Rehearsal
from voice_guide.rehearsal.text_stage import TextStage, Typist
from voice_guide.settings import Settings

_HOW = (
    "Type what the person says. Nothing, and Enter: the session goes on. With ! in front it is "
    "said over the narrator. Ctrl-D: nobody says anything any more."
)


def require_voice_in_text(settings: Settings) -> None:
    """Make sure that the voice would be there with sound; any where this machine has no speech.

    Raises:
        InputError: there is no such voice, or a value is out of its range.
    """
    with contextlib.suppress(MachineError):
        require_voice(settings)


def rehearse_in_text(opened: Opened, cues: list[Cue], *, helpful: bool, as_json: bool) -> None:
    """Play a session in text, with a person who follows cues. Tell what came of it."""
    for cue in cues:
        if cue.wav is not None:
            raise InputError(
                f"{cue.wav} cannot be heard in text. Write words, or leave out --text."
            )
    stage = TextStage(opened.engine, cues, helpful=helpful, watchers=[watcher(as_json)])
    _sum_up(stage.play())


def rehearse_typed(opened: Opened, as_json: bool) -> None:
    """Play a session in text, with somebody who types what the person says."""
    typist = Typist(opened.engine, [watcher(as_json)])
    if sys.stdin.isatty():
        click.echo(_HOW, err=True)
    _sum_up(typist.play(_typed))


def _typed() -> str | None:
    if sys.stdin.isatty():
        click.echo("  you    ", nl=False, err=True)
    return sys.stdin.readline() or None


def _sum_up(done: Rehearsal) -> None:
    tell_unsaid(done)
    minutes, rest = divmod(round(done.seconds), 60)
    click.echo(f"Rehearsed {minutes} min {rest} s of session in text.", err=True)


def tell_unsaid(done: Rehearsal) -> None:
    """Say what did not happen in a rehearsal."""
    for cue in done.unsaid:
        click.echo(f"The time for {cue.said!r} never came. It was to be {cue.when}.", err=True)
    if not done.ended:
        click.echo("The session did not end by itself, and was broken off.", err=True)
