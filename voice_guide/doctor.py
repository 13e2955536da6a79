"""What the main job needs of the machine, checked one thing after another."""

import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from voice_guide.audio import bluetooth
from voice_guide.audio.devices import find_device, list_devices, load_portaudio
from voice_guide.errors import InputError, MachineError, VoiceGuideError
from voice_guide.language.pack import load_language
from voice_guide.opening import narrator, speech_model
from voice_guide.settings import Settings, settings_path
from voice_guide.speech.grammar import Grammar
from voice_guide.speech.voices import list_voices
from voice_guide.speech_models.trial import hears_stop
from voice_guide.store.place import journal_path, require_writable

OLDEST_PYTHON = (3, 10)


@dataclass(frozen=True)
class Check:
    """One thing that was looked at."""

    name: str
    fine: bool
    told: str
    """What was found or, if it is not fine, what is wrong and what to type."""


def examine(settings: Settings, trouble: InputError | None = None) -> Iterator[Check]:
    """Look at everything that playing a session needs, and yield each result as it comes.

    Args:
        settings: what the user has chosen.
        trouble: what is wrong with the file of the settings.
    """
    looks: tuple[tuple[str, Callable[[Settings], str]], ...] = (
        ("Python", _python),
        ("settings", lambda settings: _settings(settings, trouble)),
        ("journal", _journal),
        ("voice", _voice),
        ("sound system", _portaudio),
        ("microphone", lambda settings: _device(settings.input, "input")),
        ("loudspeaker", lambda settings: _device(settings.output, "output")),
        ("speech model", _model),
        ("round trip", _round_trip),
    )
    for name, look in looks:
        try:
            yield Check(name, True, look(settings))
        except VoiceGuideError as error:
            yield Check(name, False, str(error))


def _python(settings: Settings) -> str:
    del settings
    if sys.version_info < OLDEST_PYTHON:
        raise MachineError("Python is too old. Install Python 3.10 or newer.")
    return f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"


def _settings(settings: Settings, trouble: InputError | None) -> str:
    if trouble is not None:
        raise trouble
    chosen = ", ".join(f"{name} {value}" for name, value in settings if value is not None)
    path = settings_path()
    there = "" if path.is_file() else " (no such file yet)"
    return f"{path}{there}; {chosen or 'nothing is chosen'}"


def _journal(settings: Settings) -> str:
    del settings
    path = journal_path()
    require_writable(path)
    return f"{path}{'' if path.is_file() else ' (nothing was played yet)'}"


def _voice(settings: Settings) -> str:
    guide = narrator(settings)
    try:
        length = guide.render("Rub your hands together until they are warm.").seconds
        voices = len(list_voices())
        return f"{guide.engine}, {voices} voices; a sentence takes {length:.1f} s to say"
    finally:
        guide.close()


def _portaudio(settings: Settings) -> str:
    del settings
    version = load_portaudio().get_portaudio_version()[1]
    return f"{version}, {len(list_devices())} devices"


def _device(name: str | None, side: str) -> str:
    device = find_device(name, "input" if side == "input" else "output")
    told = f"{device.name} ({device.host_api}, {device.rate:.0f} Hz)"
    if side == "input" and bluetooth.is_telephone(device):
        told += f". Careful: {bluetooth.WARNING}"
    return told


def _model(settings: Settings) -> str:
    model = speech_model(settings)
    phrases = load_language("en").phrases
    lacking = Grammar(phrases).unknown_words(model.has_word)
    if lacking:
        raise MachineError(
            f"{model.name} does not know words of these phrases: {', '.join(lacking)}. "
            "They cannot be heard. Choose another model with --model, or the built-in one."
        )
    size = model.vocabulary_size
    words = "an unlisted vocabulary" if size is None else f"{size} words"
    return f"{model.name} in {model.folder}, {words}"


def _round_trip(settings: Settings) -> str:
    """Let a synthetic person say stop, and listen."""
    late = hears_stop(speech_model(settings), load_language("en"))
    return f'a synthetic "stop" was heard {late:.2f} s after it ended'
