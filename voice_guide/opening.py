"""Opening a session: the script is loaded and checked, and the parts that play it are made."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from voice_guide import resources
from voice_guide.errors import InputError, MachineError
from voice_guide.language.pack import Language, load_language
from voice_guide.script.checker import require_playable
from voice_guide.script.checks.common import SENTENCE_WORDS, Measures, seconds_to_say
from voice_guide.script.codes.form import NO_LANGUAGE
from voice_guide.script.find import find_script
from voice_guide.script.findings import Finding, ScriptError
from voice_guide.script.loaded import LoadedScript
from voice_guide.script.loader import load_script
from voice_guide.session.engine import Engine
from voice_guide.settings import Settings, cache_folder
from voice_guide.speech.model import SpeechModel, open_model
from voice_guide.speech.narrator import Narrator, open_narrator
from voice_guide.speech.pronunciation import Pronunciation
from voice_guide.speech.voices import VoiceSettings, open_renderer

BUILT_IN = "vosk-builtin-en"
"""The folder of the speech model that comes with voice_guide."""

BUILT_IN_LANGUAGE = "en"
"""The language of that model."""

MODELS = "https://alphacephei.com/vosk/models"
"""Where there are speech models for other languages."""

PERSON_VOICE = "en-us"
"""The voice of a made-up person who speaks English."""


@dataclass(frozen=True)
class Opened:
    """A script that can be played."""

    loaded: LoadedScript
    language: Language
    engine: Engine


def open_session(script: str, settings: Settings) -> Opened:
    """Load a script by path or by name, and check it against the speech model.

    Raises:
        InputError: there is no such script, or it has errors; the message shows them all.
        MachineError: there is no such speech model.
    """
    return open_loaded(load_script(find_script(script)), settings)


def open_loaded(loaded: LoadedScript, settings: Settings) -> Opened:
    """Check a script that is loaded against the speech model.

    Raises:
        InputError: it has errors; the message shows them all.
        MachineError: there is no such speech model, or none for the script's language.
    """
    language = language_of(loaded)
    require_model(language, settings)
    require_playable(loaded, vocabulary(settings), language.universals)
    engine = Engine(loaded.script, language, only_when_called=settings.only_when_called)
    return Opened(loaded, language, engine)


def open_in_text(script: str, settings: Settings) -> Opened:
    """Load a script by path or by name, to be played without sound and without a speech model.

    Raises:
        InputError: there is no such script, or it has errors; the message shows them all.
    """
    loaded = load_script(find_script(script))
    language = language_of(loaded)
    require_playable(loaded, None, language.universals)
    engine = Engine(loaded.script, language, only_when_called=settings.only_when_called)
    return Opened(loaded, language, engine)


def language_of(loaded: LoadedScript) -> Language:
    """Return the language pack of a script.

    Raises:
        ScriptError: there is none for its language.
    """
    try:
        return load_language(loaded.script.language)
    except InputError as error:
        finding = Finding(NO_LANGUAGE, loaded.where(("language",)), str(error))
        raise ScriptError(loaded.path, [finding], loaded.lines) from error


def require_model(language: Language, settings: Settings) -> None:
    """Make sure that there is a speech model for a language. What the user has chosen will do.

    Raises:
        MachineError: there is none; the message says which to get.
    """
    if settings.model is None and language.code != BUILT_IN_LANGUAGE:
        built_in = load_language(BUILT_IN_LANGUAGE).name
        raise MachineError(
            f"This script is in {language.name}, and the built-in speech model hears {built_in} "
            f"only. Get {language.speech_model} from {MODELS}, unpack it, and give its folder "
            'with "--model FOLDER", or as "model: FOLDER" in the settings.'
        )


def model_folder(settings: Settings) -> Path:
    """Return the folder of the speech model in use."""
    return settings.model or resources.models_folder() / BUILT_IN


def speech_model(settings: Settings) -> SpeechModel:
    """Open the speech model in use.

    Raises:
        MachineError: there is none in its folder; the message tells where that was chosen.
    """
    with settings.traced("model"):
        return open_model(model_folder(settings))


def vocabulary(settings: Settings) -> Callable[[str], bool]:
    """Return what tells whether the speech model in use knows a word.

    A model that lists its words is not loaded for this.
    """
    listed = model_folder(settings) / "graph" / "words.txt"
    if not listed.is_file():
        return speech_model(settings).has_word
    words = {line.split()[0] for line in listed.read_text("utf-8").splitlines() if line.strip()}
    return words.__contains__


def measures(
    loaded: LoadedScript, settings: Settings, seconds: Callable[[str], float] = seconds_to_say
) -> Measures:
    """Return what a script's texts and phrases are measured with.

    Where there is no espeak-ng to pronounce them, nothing is told of phrases that sound alike.

    Args:
        loaded: the script.
        settings: the user's.
        seconds: how long the narrator takes for a text.
    """
    try:
        pronounce = Pronunciation(loaded.script.language, model_folder(settings))
    except MachineError:
        pronounce = None
    return Measures(pronounce, seconds, settings.sentence_words or SENTENCE_WORDS)


def narrator(settings: Settings, language: Language | None = None) -> Narrator:
    """Return the narrator with the user's voice, pace and volume.

    Args:
        settings: what the user has chosen. A voice for another language is not taken.
        language: what is spoken; that of the built-in speech model when left out.

    Raises:
        InputError: there is no such voice, or a value is out of its range.
        MachineError: no speech synthesis can be loaded.
    """
    language = language or load_language(BUILT_IN_LANGUAGE)
    require_voice(settings)
    if voice_left_aside(settings, language) is not None:
        settings = settings.model_copy(update={"voice": None})
    return open_narrator(voice(settings, language.narrator), cache_folder())


def require_voice(settings: Settings) -> None:
    """Make sure that the narrator can have the voice, the pace and the volume that were chosen.

    Raises:
        InputError: there is no such voice, or a value is out of its range.
        MachineError: a voice was chosen, and no speech synthesis can be loaded.
    """
    chosen = voice(settings)
    if chosen.voice is not None:
        with settings.traced("voice"):
            open_renderer().check(chosen)


def voice_left_aside(settings: Settings, language: Language) -> str | None:
    """Return what is to be told of a chosen voice that is for another language, else None."""
    if voice(settings).language in (None, language.code):
        return None
    return (
        f'The voice "{settings.voice}" is not for {language.name}, so it is left aside: '
        f'the narrator has the voice "{language.narrator}".'
    )


def voice(settings: Settings, default: str | None = None) -> VoiceSettings:
    """Return the voice that the settings ask for."""
    plain = VoiceSettings()
    return VoiceSettings(
        voice=settings.voice if settings.voice is not None else default,
        rate=settings.rate if settings.rate is not None else plain.rate,
        volume=settings.volume if settings.volume is not None else plain.volume,
    )
