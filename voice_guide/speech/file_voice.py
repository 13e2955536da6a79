"""The narrator's voice by any engine of pyttsx3, rendered into a file.

For systems where espeak-ng does not load: nsss on macOS, sapi5 on Windows. These tell no word
positions, so the words are placed by the length of the text.
"""

import tempfile
import time
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
import soxr

from voice_guide.audio.format import RATE, Samples
from voice_guide.errors import InputError, MachineError
from voice_guide.speech.espeak_library import ENGINE_LOCK, load_espeak
from voice_guide.speech.narration import Narration, place_words
from voice_guide.speech.voice_settings import Voice, VoiceSettings, find_voice

PATIENCE = 10.0
"""Seconds to wait for the file: drivers return before it is written."""

_POLL = 0.01


class FileRenderer:
    """Renders with pyttsx3's ``save_to_file``, one text at a time."""

    def __init__(self, driver: str | None = None) -> None:
        """Start an engine.

        Args:
            driver: the name of pyttsx3's driver, or None for the system's own.

        Raises:
            MachineError: the engine cannot be started.
        """
        with ENGINE_LOCK:
            try:
                pyttsx3: Any = import_module("pyttsx3")
                name = driver or import_module("pyttsx3.engine").default_engine_by_sys_platform()
                if name == "espeak":
                    load_espeak()
                self._engine: Any = pyttsx3.init(name)
                # Drivers print what they do; standard output belongs to the command line.
                import_module(f"pyttsx3.drivers.{name}").print = _say_nothing  # type: ignore[attr-defined]
                self._own_voice = self._engine.getProperty("voice")
                self._voices = tuple(_voice(found) for found in self._engine.getProperty("voices"))
            except MachineError:
                raise
            except Exception as error:  # every driver has errors of its own
                raise MachineError(
                    f"The system's voice cannot be started through pyttsx3: {error}. "
                    "Type: pip install --force-reinstall pyttsx3 espeakng-loader"
                ) from error
        self._name = name

    @property
    def engine(self) -> str:
        """Name and version of the speech engine."""
        return f"pyttsx3 {version('pyttsx3')} {self._name}"

    def voices(self) -> tuple[Voice, ...]:
        """Return the system's voices."""
        return self._voices

    def check(self, settings: VoiceSettings) -> None:
        """Make sure that there is such a voice, or one of the same language.

        Raises:
            InputError: there is none; the message names voices near to it.
        """
        self._resolve(settings.voice)

    def render(self, text: str, settings: VoiceSettings) -> Narration:
        """Return plain text as sound. The pitch is the voice's own.

        Raises:
            InputError: there is no such voice; the message names voices near to it.
            MachineError: the engine wrote no sound.
        """
        voice = self._resolve(settings.voice)
        with (
            ENGINE_LOCK,
            tempfile.TemporaryDirectory(
                prefix="voice-guide-", ignore_cleanup_errors=True
            ) as folder,
        ):
            path = Path(folder) / "narration.wav"
            try:
                self._engine.setProperty("voice", voice)
                self._engine.setProperty("rate", settings.rate)
                self._engine.setProperty("volume", 1.0)
                self._await_properties()
                self._engine.save_to_file(text, str(path))
                self._engine.runAndWait()
            except Exception as error:  # every driver has errors of its own
                raise MachineError(f"The system's voice cannot speak: {error}.") from error
            samples = _read_when_written(path, PATIENCE + len(text) / 100)
        samples = samples * np.float32(settings.volume)
        return Narration(text, samples, place_words(text, (), len(samples)))

    def _await_properties(self) -> None:
        """Let espeak-ng take up what was set: its driver cancels what is still queued."""
        if self._name == "espeak":
            self._engine.proxy.setBusy(False)
            load_espeak().binding.Synchronize()

    def _resolve(self, asked: str | None) -> str:
        """Return the engine's id of a voice; of another in the same language where it has none."""
        if asked is None:
            return str(self._own_voice)
        try:
            return find_voice(asked, self._voices).id
        except InputError:
            language = asked.lower().partition("-")[0]
            for voice in self._voices:
                if language == voice.language.partition("-")[0]:
                    return voice.id
            raise


def _say_nothing(*_: object, **__: object) -> None:
    """Take what a driver prints."""


def _voice(found: Any) -> Voice:
    language = next(iter(found.languages or ()), "") or ""
    return Voice(str(found.id), str(found.name), str(language).lower().replace("_", "-"))


def _read_when_written(path: Path, patience: float) -> Samples:
    """Return the sound in the file, once its length has stopped growing."""
    deadline = time.monotonic() + patience
    size = 0
    while time.monotonic() < deadline:
        time.sleep(_POLL)
        before, size = size, path.stat().st_size if path.exists() else 0
        if not size or size != before:
            continue
        try:
            sound, rate = soundfile.read(path, dtype="float32", always_2d=True)
        except soundfile.LibsndfileError:
            continue
        if len(sound):
            resampled = soxr.resample(sound.mean(axis=1), rate, RATE)
            return np.asarray(resampled, dtype=np.float32)
    raise MachineError(
        "The system's voice wrote no sound. Install espeak-ng: pip install espeakng-loader"
    )
