"""The speech engine of this machine and the voices it has."""

from functools import lru_cache

from voice_guide.errors import MachineError
from voice_guide.speech.espeak import EspeakRenderer
from voice_guide.speech.file_voice import FileRenderer
from voice_guide.speech.narration import Renderer
from voice_guide.speech.voice_settings import Voice, VoiceSettings

__all__ = ["Voice", "VoiceSettings", "list_voices", "open_renderer"]


@lru_cache(maxsize=1)
def open_renderer() -> Renderer:
    """Return the best speech engine that loads: espeak-ng, else the system's own.

    Raises:
        MachineError: none loads; the message says what to install.
    """
    try:
        return EspeakRenderer()
    except MachineError as error:
        try:
            return FileRenderer()
        except MachineError:
            raise error from None


def list_voices() -> tuple[Voice, ...]:
    """Return the voices that the narrator can have on this machine.

    Raises:
        MachineError: no speech engine loads.
    """
    return open_renderer().voices()
