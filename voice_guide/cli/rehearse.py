"""``voice-guide rehearse``: a session in a simulated room, faster than real time."""

from pathlib import Path

import click

from voice_guide.audio.room import Noise, RoomSettings
from voice_guide.cli.options import (
    decibels,
    json_option,
    model_option,
    script_argument,
    together,
    voice_options,
)
from voice_guide.cli.watching import watcher
from voice_guide.opening import (
    PERSON_VOICE,
    Opened,
    model_folder,
    narrator,
    open_session,
    voice,
)
from voice_guide.rehearsal.cues import load_cues, parse_cue
from voice_guide.rehearsal.stage import Rehearsal, Stage, require_writable
from voice_guide.resources import scripts_folder
from voice_guide.settings import Settings, cache_folder, load_settings
from voice_guide.speech.model import open_model
from voice_guide.speech.narrator import Narrator, open_narrator
from voice_guide.speech.recordings import read_recording

RECORDING = Path("rehearsal.wav")
PERSON_RATE = 150
"""The pace of the rehearsed person, words a minute."""

person_options = together(
    click.option(
        "--say", "says", multiple=True, metavar="WHEN: WORDS", help='"12s: too hard"; repeatable.'
    ),
    click.option(
        "--wav", "wavs", multiple=True, metavar="WHEN: FILE", help='"30s: clip.wav"; repeatable.'
    ),
    click.option(
        "--person", type=click.Path(path_type=Path), help="A YAML list of what the person says."
    ),
    click.option("--person-voice", default=PERSON_VOICE, show_default=True),
    click.option(
        "--level",
        default=-26.0,
        show_default=True,
        callback=decibels,
        help="The person's level, dB full scale.",
    ),
    click.option(
        "--only-cues", is_flag=True, help="The person answers nothing that no cue answers."
    ),
)
room_options = together(
    click.option(
        "--noise",
        default="fan",
        show_default=True,
        help="The noise in the room: none, fan, or a recording.",
    ),
    click.option(
        "--noise-level",
        default=-60.0,
        show_default=True,
        callback=decibels,
        help="Its level, dB full scale.",
    ),
    click.option(
        "--seed",
        type=click.IntRange(min=0),
        default=1,
        show_default=True,
        help="Another seed is another room.",
    ),
)


@click.command()
@script_argument
@person_options
@room_options
@voice_options
@model_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=RECORDING,
    show_default=True,
    help="The stereo recording, a WAV file: left the loudspeaker, right the microphone.",
)
@click.option("--no-recording", is_flag=True, help="Write no recording.")
@json_option
def rehearse(
    script: str,
    *,
    says: tuple[str, ...],
    wavs: tuple[str, ...],
    person: Path | None,
    person_voice: str,
    level: float,
    only_cues: bool,
    noise: str,
    noise_level: float,
    seed: int,
    voice: str | None,
    rate: int | None,
    volume: float | None,
    model: Path | None,
    out: Path,
    no_recording: bool,
    as_json: bool,
) -> None:
    """Play SCRIPT in a simulated room, with a person who says what you tell.

    No sound device is needed. The narrator and the person are mixed into one microphone, and
    what is heard is recognised from that sound.

    \b
    Examples:
      voice-guide rehearse back_massage --say "60s: too hard" --say "90s: stop"
      voice-guide rehearse breathing --say "during 'Breathe in': pause" --only-cues
    """
    settings = load_settings().over(voice=voice, rate=rate, volume=volume, model=model)
    if not no_recording:
        require_writable(out)
    opened = open_session(script, settings)
    cues = [parse_cue(text) for text in says]
    cues += [parse_cue(text, wav=True) for text in wavs]
    cues += load_cues(person) if person is not None else ()
    kind = {"none": Noise.NONE, "fan": Noise.FAN}.get(noise, Noise.RECORDING)
    stage = Stage(
        opened.engine,
        open_model(model_folder(settings)),
        narrator(settings),
        _person_voice(person_voice),
        cues,
        room=RoomSettings(noise=kind, noise_db=noise_level, seed=seed),
        noise=read_recording(Path(noise)) if kind is Noise.RECORDING else None,
        level_db=level,
        helpful=not only_cues,
        watchers=[watcher(as_json)],
        record=not no_recording,
    )
    _play(stage, None if no_recording else out)


def rehearse_without_devices(opened: Opened, settings: Settings, as_json: bool) -> None:
    """Say that there is no sound device, and show the session in a simulated room instead."""
    click.echo(
        "No sound device here, so this is a rehearsal in a simulated room. "
        "Run 'voice-guide doctor' to see what is missing.",
        err=True,
    )
    require_writable(RECORDING)
    cues = scripts_folder() / "rehearsals" / opened.loaded.path.name
    stage = Stage(
        opened.engine,
        open_model(model_folder(settings)),
        narrator(settings),
        _person_voice(PERSON_VOICE),
        load_cues(cues) if cues.is_file() else (),
        watchers=[watcher(as_json)],
        record=True,
    )
    _play(stage, RECORDING)


def _person_voice(name: str) -> Narrator:
    return open_narrator(voice(Settings(voice=name, rate=PERSON_RATE), name), cache_folder())


def _play(stage: Stage, out: Path | None) -> None:
    done: Rehearsal = stage.play()
    if out is not None:
        stage.write(out)
    for cue in done.unsaid:
        click.echo(f"The time for {cue.said!r} never came. It was to be {cue.when}.", err=True)
    if not done.ended:
        click.echo("The session did not end by itself, and was broken off.", err=True)
    minutes, rest = divmod(round(done.seconds), 60)
    click.echo(
        f"Rehearsed {minutes} min {rest} s of session in {done.took:.0f} s"
        f" ({done.seconds / done.took:.1f} times real time)."
        + (f" Wrote {out}: left the loudspeaker, right the microphone." if out else ""),
        err=True,
    )
