"""Opening a session: the script is loaded and checked, and the parts that play it are made."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from voice_guide import resources
from voice_guide.errors import InputError, MachineError
from voice_guide.language.pack import Language, load_language
from voice_guide.script.checker import require_playable
from voice_guide.script.checks.common import Measures
from voice_guide.script.codes.form import NO_LANGUAGE
from voice_guide.script.find import find_script
from voice_guide.script.findings import Finding, ScriptError
from voice_guide.script.loaded import LoadedScript
from voice_guide.script.loader import load_script
from voice_guide.session.engine import Engine
from voice_guide.settings import Settings, cache_folder
from voice_guide.speech.model import open_model
from voice_guide.speech.narrator import Narrator, open_narrator
from voice_guide.speech.pronunciation import Pronunciation
from voice_guide.speech.voices import VoiceSettings

BUILT_IN = "vosk-builtin-en"
"""The folder of the speech model that comes with voice_guide."""

NARRATOR_VOICE = "en-gb"
PERSON_VOICE = "en-us"
"""The voices where the user has not chosen any: not the same, so that none answers itself."""


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
        MachineError: there is no such speech model.
    """
    language = language_of(loaded)
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


def model_folder(settings: Settings) -> Path:
    """Return the folder of the speech model in use."""
    return settings.model or resources.models_folder() / BUILT_IN


def vocabulary(settings: Settings) -> Callable[[str], bool]:
    """Return what tells whether the speech model in use knows a word.

    A model that lists its words is not loaded for this.
    """
    listed = model_folder(settings) / "graph" / "words.txt"
    if not listed.is_file():
        return open_model(model_folder(settings)).has_word
    words = {line.split()[0] for line in listed.read_text("utf-8").splitlines() if line.strip()}
    return words.__contains__


def measures(loaded: LoadedScript, settings: Settings) -> Measures:
    """Return what a script's texts and phrases are measured with.

    Where there is no espeak-ng to pronounce them, nothing is told of phrases that sound alike.
    """
    try:
        pronounce = Pronunciation(loaded.script.language, model_folder(settings))
    except MachineError:
        return Measures()
    return Measures(pronounce)


def narrator(settings: Settings) -> Narrator:
    """Return the narrator with the user's voice, pace and volume.

    Raises:
        InputError: there is no such voice, or a value is out of its range.
        MachineError: no speech synthesis can be loaded.
    """
    return open_narrator(voice(settings, NARRATOR_VOICE), cache_folder())


def voice(settings: Settings, default: str) -> VoiceSettings:
    """Return the voice that the settings ask for."""
    plain = VoiceSettings()
    return VoiceSettings(
        voice=settings.voice or default,
        rate=settings.rate if settings.rate is not None else plain.rate,
        volume=settings.volume if settings.volume is not None else plain.volume,
    )
