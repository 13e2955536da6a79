"""Rehearsing with sound, in the simulated room."""

from pathlib import Path

import click

from voice_guide.audio.format import Samples
from voice_guide.audio.room import Noise, RoomSettings
from voice_guide.cli.rehearse import RECORDING
from voice_guide.cli.rehearsing_text import tell_unsaid
from voice_guide.cli.watching import watcher
from voice_guide.errors import InputError
from voice_guide.language.pack import Language
from voice_guide.opening import Opened, narrator, speech_model, voice, voice_left_aside
from voice_guide.rehearsal.cues import Cue, load_cues
from voice_guide.rehearsal.stage import Stage, require_writable
from voice_guide.resources import scripts_folder
from voice_guide.settings import Settings, cache_folder
from voice_guide.signals import end_as_with_ctrl_c
from voice_guide.speech.narrator import Narrator, open_narrator
from voice_guide.speech.recordings import read_recording

PERSON_RATE = 150
"""The pace of the rehearsed person, words a minute."""


def rehearse_in_a_room(
    opened: Opened,
    cues: list[Cue],
    settings: Settings,
    *,
    person_voice: str | None,
    level: float,
    only_cues: bool,
    noise: str,
    noise_level: float,
    seed: int,
    out: Path | None,
    notices: tuple[str, ...] = (),
    as_json: bool,
) -> None:
    """Play a session in a simulated room, with a person who follows cues. Tell what came of it."""
    kind = {"none": Noise.NONE, "fan": Noise.FAN}.get(noise, Noise.RECORDING)
    stage = Stage(
        opened.engine,
        speech_model(settings),
        _narrator(settings, opened.language),
        voice_of_person(person_voice or opened.language.person),
        cues,
        room=RoomSettings(noise=kind, noise_db=noise_level, seed=seed),
        noise=_noise(noise) if kind is Noise.RECORDING else None,
        level_db=level,
        helpful=not only_cues,
        watchers=[watcher(as_json, with_the_voice=True)],
        record=out is not None,
        notices=notices,
    )
    _play(stage, out)


def _noise(name: str) -> Samples:
    """Return a recorded noise.

    Raises:
        InputError: there is no such recording.
    """
    try:
        return read_recording(Path(name))
    except InputError as error:
        raise InputError(f"--noise {name}: {error} Or give none, or fan.") from error


def rehearse_without_devices(opened: Opened, settings: Settings, as_json: bool) -> None:
    """Say that there is no sound device, and show the session in a simulated room instead."""
    click.echo(
        "No loudspeaker here, so this is a rehearsal in a simulated room. "
        "Run 'voice-guide doctor' to see what is missing.",
        err=True,
    )
    require_writable(RECORDING)
    cues = scripts_folder() / "rehearsals" / opened.loaded.path.name
    stage = Stage(
        opened.engine,
        speech_model(settings),
        _narrator(settings, opened.language),
        voice_of_person(opened.language.person),
        load_cues(cues) if cues.is_file() else (),
        watchers=[watcher(as_json, with_the_voice=True)],
        record=True,
    )
    _play(stage, RECORDING)


def _narrator(settings: Settings, language: Language) -> Narrator:
    """Return the narrator. Say so if the voice that was chosen is for another language."""
    guide = narrator(settings, language)
    if (aside := voice_left_aside(settings, language)) is not None:
        click.echo(aside, err=True)
    return guide


def voice_of_person(name: str) -> Narrator:
    """Return the voice of a rehearsed person."""
    return open_narrator(voice(Settings(voice=name, rate=PERSON_RATE), name), cache_folder())


def _play(stage: Stage, out: Path | None) -> None:
    end_as_with_ctrl_c()
    try:
        done = stage.play()
    except KeyboardInterrupt:
        if out is not None:
            stage.write(out)
            click.echo(f"Interrupted. Wrote what was played so far to {out}.", err=True)
        raise
    if out is not None:
        stage.write(out)
    tell_unsaid(done)
    minutes, rest = divmod(round(done.seconds), 60)
    click.echo(
        f"Rehearsed {minutes} min {rest} s of session in {done.took:.0f} s"
        f" ({done.seconds / done.took:.1f} times real time)."
        + (f" Wrote {out}: left the loudspeaker, right the microphone." if out else ""),
        err=True,
    )
