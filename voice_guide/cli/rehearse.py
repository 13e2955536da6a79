"""``voice-guide rehearse``: a session in a simulated room, faster than real time."""

from pathlib import Path

import click

from voice_guide.cli.options import (
    called_option,
    decibels,
    json_option,
    model_option,
    script_argument,
    together,
    voice_options,
)
from voice_guide.rehearsal.cues import load_cues, parse_cue
from voice_guide.settings import load_settings

RECORDING = Path("rehearsal.wav")

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
    click.option("--person-voice", help="The person's voice; not the narrator's."),
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


text_options = together(
    click.option("--text", is_flag=True, help="In text only: no sound, and done in a moment."),
    click.option("--typed", is_flag=True, help="In text, and you type what the person says."),
)


@click.command()
@script_argument
@text_options
@person_options
@room_options
@voice_options
@model_option
@called_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=RECORDING,
    show_default=True,
    help="The stereo recording, a WAV file: left the loudspeaker, right the microphone.",
)
@click.option("--no-recording", is_flag=True, help="Write no recording.")
@click.option("--record", is_flag=True, help="Rehearse play --record: it is said aloud.")
@json_option
def rehearse(
    script: str,
    *,
    text: bool,
    typed: bool,
    says: tuple[str, ...],
    wavs: tuple[str, ...],
    person: Path | None,
    person_voice: str | None,
    level: float,
    only_cues: bool,
    noise: str,
    noise_level: float,
    seed: int,
    voice: str | None,
    rate: int | None,
    volume: float | None,
    model: Path | None,
    only_when_called: bool | None,
    out: Path,
    no_recording: bool,
    record: bool,
    as_json: bool,
) -> None:
    """Play SCRIPT in a simulated room, with a person who says what you tell.

    No sound device is needed. The narrator and the person are mixed into one microphone, and
    what is heard is recognised from that sound. With --text there is no sound at all, and no
    speech model: what the person says counts as heard, if it is a phrase that can be said then.

    \b
    Examples:
      voice-guide rehearse back_massage --say "60s: too hard" --say "90s: stop"
      voice-guide rehearse breathing --say "during 'Breathe in': pause" --only-cues
      voice-guide rehearse --text my_session.yaml --say "after 'Rest one hand': too hard"
    """
    from voice_guide.cli.rehearsing_text import (  # noqa: PLC0415 -- slow to load
        rehearse_in_text,
        rehearse_typed,
        require_voice_in_text,
    )
    from voice_guide.opening import open_in_text, open_session  # noqa: PLC0415

    if record and (no_recording or text or typed):
        raise click.UsageError("--record needs sound and a file for it.")
    cues = [parse_cue(said) for said in says]
    cues += [parse_cue(name, wav=True) for name in wavs]
    cues += load_cues(person) if person is not None else ()
    settings = load_settings().over(
        voice=voice, rate=rate, volume=volume, model=model, only_when_called=only_when_called
    )
    if text or typed:
        opened = open_in_text(script, settings)
        require_voice_in_text(settings)
        if typed:
            rehearse_typed(opened, as_json)
        else:
            rehearse_in_text(opened, cues, helpful=not only_cues, as_json=as_json)
        return
    from voice_guide.cli.rehearsing import rehearse_in_a_room  # noqa: PLC0415
    from voice_guide.rehearsal.stage import require_writable  # noqa: PLC0415

    if not no_recording:
        require_writable(out)
    rehearse_in_a_room(
        open_session(script, settings),
        cues,
        settings,
        person_voice=person_voice,
        level=level,
        only_cues=only_cues,
        noise=noise,
        noise_level=noise_level,
        seed=seed,
        out=None if no_recording else out,
        notices=("recording",) if record else (),
        as_json=as_json,
    )
