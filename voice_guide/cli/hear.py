"""``voice-guide hear``: what is heard in recordings."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from voice_guide.cli.options import json_option, model_option
from voice_guide.errors import InputError
from voice_guide.language.phrases import Phrase
from voice_guide.language.templates import expand
from voice_guide.opening import open_session, speech_model
from voice_guide.settings import Settings, load_settings
from voice_guide.speech.grammar import Grammar
from voice_guide.speech.recordings import RecordingHeard, hear_file


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--script", help="Listen for what can be said in this script.")
@click.option("--phrases", help='Listen for these phrases: "stop, too hard, more lotion".')
@click.option(
    "--closed", is_flag=True, help="Whatever is said must be one of the phrases: no [unk]."
)
@model_option
@json_option
def hear(
    files: tuple[Path, ...],
    *,
    script: str | None,
    phrases: str | None,
    closed: bool,
    model: Path | None,
    as_json: bool,
) -> None:
    """Decode recordings (WAV or FLAC, any rate) as a session would hear them.

    \b
    Example:
      voice-guide hear --phrases "stop, too hard, more lotion" clip1.wav clip2.flac
    """
    if script is not None and phrases is not None:
        raise click.UsageError("Give --script or --phrases, not both.")
    settings = load_settings().over(model=model)
    known = _phrases(script, phrases, settings)
    opened = speech_model(settings)
    grammar = Grammar(known, closed=closed)
    if lacking := grammar.unknown_words(opened.has_word):
        words = ", ".join(dict.fromkeys(word for lack in lacking.values() for word in lack))
        raise InputError(
            f"The speech model {opened.name} does not know these words, and cannot hear them: "
            f"{words}. Say it in other words, or choose another model with --model."
        )
    wrong = []
    for file in files:
        try:
            _tell(hear_file(file, opened, grammar), as_json)
        except InputError as error:
            wrong.append(str(error))
            click.echo(str(error), err=True)
            if as_json:
                click.echo(json.dumps({"file": str(file), "error": str(error)}, ensure_ascii=False))
    if wrong:
        raise InputError(f"{len(wrong)} of {len(files)} files could not be heard.")


def _phrases(script: str | None, phrases: str | None, settings: Settings) -> tuple[Phrase, ...]:
    if phrases is None:
        engine = open_session(script or "back_massage", settings).engine
        return engine.every_phrase()
    templates = [part for part in phrases.split(",") if part.strip()]
    if not templates:
        raise InputError('--phrases: there is none. Write them as "stop, too hard".')
    try:
        texts = [(text, expand(part)[0]) for part in templates for text in expand(part)]
    except ValueError as error:
        raise InputError(f"--phrases: {error}") from error
    return tuple(Phrase(text, intent, "universal", text == "stop") for text, intent in texts)


def _tell(heard: RecordingHeard, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(asdict(heard) | {"file": str(heard.file)}, ensure_ascii=False))
        return
    words = heard.text or "(nothing)"
    meaning = heard.intent or "(no match)"
    times = ""
    if heard.speech_end_s is not None and heard.decided_at_s is not None:
        times = (
            f", speech ended at {heard.speech_end_s:.2f} s, decided at {heard.decided_at_s:.2f} s"
        )
    click.echo(f"{heard.file}: {words} -> {meaning}, confidence {heard.confidence:.2f}{times}")
