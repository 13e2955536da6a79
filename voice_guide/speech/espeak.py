"""The narrator's voice by espeak-ng, rendered in memory through pyttsx3's own binding."""

import ctypes
import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import soxr
from numpy.typing import NDArray

from voice_guide.audio.format import RATE, Samples, silence
from voice_guide.errors import InputError, MachineError
from voice_guide.speech.espeak_library import ENGINE_LOCK, Espeak, load_espeak
from voice_guide.speech.espeak_steady import Steady
from voice_guide.speech.narration import Narration, place_words
from voice_guide.speech.voice_settings import (
    NEUTRAL_PITCH,
    Voice,
    VoiceSettings,
    find_voice,
    suggest,
)

DEFAULT_VOICE = "en-gb"
TAIL = 0.05
"""Seconds of sound kept behind the last audible sample; espeak-ng's own tail varies."""

AUDIBLE = 0.001
"""Amplitude below which a sample counts as silent: -60 dB."""

PATIENCE = 10.0
"""Seconds without the end of a render after which espeak-ng is taken to hang."""

CANCELLED_IN = 2.0
"""Seconds within which espeak-ng cancels a text, if it does not hang."""

_given_up: list[Any] = []
"""Callbacks of renders that were given up: espeak-ng may still be calling one."""

_MOST_PITCH = 99
_NEUTRAL_RANGE = 50

Mark = tuple[int, int]


class EspeakRenderer:
    """Renders with espeak-ng. All renderers in a process share one engine and take turns."""

    def __init__(self) -> None:
        """Load espeak-ng.

        Raises:
            MachineError: it cannot be loaded; the message says what to install.
        """
        self._espeak: Espeak = load_espeak()
        self._binding = self._espeak.binding
        self._voices = _list_voices(self._binding)
        folder = self._espeak.data / "voices" / "!v"
        self._variants = {path.name.lower(): path.name for path in folder.glob("*")}
        self._steady = Steady(self._speak)

    @property
    def engine(self) -> str:
        """Name and version of the speech engine."""
        return f"espeak-ng {self._espeak.version}"

    def voices(self) -> tuple[Voice, ...]:
        """Return espeak-ng's voices. Each also takes a variant, as in ``en-us+f3``."""
        return self._voices

    def check(self, settings: VoiceSettings) -> None:
        """Make sure that there is such a voice.

        Raises:
            InputError: there is none; the message names voices near to it.
        """
        self._resolve(settings.voice)

    def render(self, text: str, settings: VoiceSettings) -> Narration:
        """Return plain text as sound. The same text and settings give the same samples.

        Raises:
            InputError: there is no such voice; the message names voices near to it.
            MachineError: espeak-ng fails or hangs.
        """
        voice = self._resolve(settings.voice)
        pitch = NEUTRAL_PITCH if settings.pitch is None else min(settings.pitch, _MOST_PITCH)
        with ENGINE_LOCK:
            self._steady.settle()
            sound, marks = self._speak(text, voice, settings.rate, pitch)
        samples = self._finish(sound) * np.float32(settings.volume)
        scale = RATE / self._espeak.rate
        placed = [(character, round(sample * scale)) for character, sample in marks]
        return Narration(text, samples, place_words(text, placed, len(samples)))

    def _resolve(self, asked: str | None) -> str:
        """Return espeak-ng's own id of a voice, which it would swallow if it were wrong."""
        base, plus, variant = (asked or DEFAULT_VOICE).partition("+")
        voice = find_voice(base, self._voices)
        if not plus:
            return voice.id
        if variant.strip().lower() not in self._variants:
            raise InputError(
                f'The voice "{base}" has no variant "{variant}". '
                f"{suggest(variant.strip().lower(), self._variants)}"
            )
        return f"{voice.id}+{self._variants[variant.strip().lower()]}"

    def _speak(
        self,
        text: str,
        voice: str,
        rate: int,
        pitch: int,
        enough: Callable[[bytes], bool] = lambda chunk: False,
    ) -> tuple[NDArray[np.int16], list[Mark]]:
        """Return the sound, shape (n,), and each word's first character and first sample.

        ``enough`` is asked after each chunk of samples whether to stop there.
        """
        binding = self._binding
        chunks: list[bytes] = []
        marks: list[Mark] = []
        done = threading.Event()
        stopped = False

        def collect(wave: Any, count: int, events: Any) -> int:
            nonlocal stopped
            if count > 0 and not stopped:
                chunks.append(ctypes.string_at(wave, count * 2))
                if enough(chunks[-1]):
                    stopped = True
            index = 0
            while events[index].type != binding.EVENT_LIST_TERMINATED:
                event = events[index]
                if event.type == binding.EVENT_WORD:
                    marks.append((event.text_position - 1, event.sample))
                elif event.type == binding.EVENT_MSG_TERMINATED:
                    done.set()
                index += 1
            return int(stopped)

        with ENGINE_LOCK:
            before = binding.SynthCallback
            binding.SetSynthCallback(collect)
            try:
                self._set_up(voice, rate, pitch)
                flags = binding.CHARS_UTF8 | binding.ENDPAUSE
                # Waiting for the event is quick; espeak_Synchronize sleeps 20 ms at a time.
                failed = binding.Synth(text, flags=flags) != binding.EE_OK
                if failed or not done.wait(PATIENCE + len(text) / 100):
                    raise MachineError("espeak-ng does not answer. Start voice-guide again.")
            finally:
                try:
                    if not done.is_set():
                        stopped = True
                        _give_up(binding)
                finally:
                    _restore(binding, before)
        return np.frombuffer(b"".join(chunks), dtype=np.int16), marks

    def _set_up(self, voice: str, rate: int, pitch: int) -> None:
        binding = self._binding
        reseed = getattr(binding.dll, "espeak_ng_SetRandSeed", None)
        if reseed is not None:  # the breath of some voices is random
            reseed(ctypes.c_long(1))
        if binding.SetVoiceByName(voice.encode()) != binding.EE_OK:
            raise MachineError(f'espeak-ng cannot load its voice "{voice}". Choose another voice.')
        binding.SetParameter(binding.RATE, rate, 0)
        binding.SetParameter(binding.VOLUME, 100, 0)
        binding.SetParameter(binding.PITCH, pitch, 0)
        binding.SetParameter(binding.RANGE, _NEUTRAL_RANGE, 0)

    def _finish(self, sound: NDArray[np.int16]) -> Samples:
        """Return the sound at ``RATE`` with a tail of fixed length. The beginning stays."""
        whole = soxr.resample(sound.astype(np.float32) / 32768.0, self._espeak.rate, RATE)
        audible = np.flatnonzero(np.abs(whole) > AUDIBLE)
        if not len(audible):
            return silence(0)
        kept = whole[: audible[-1] + 1]
        return np.concatenate([kept, silence(round(TAIL * RATE))]).astype(np.float32)


def _give_up(binding: Any) -> None:
    """Cancel what is left, which would be taken for the next text.

    If espeak-ng hangs, so does cancelling: it is not waited for then.
    """
    _given_up.append(binding.SynthCallback)
    cancelling = threading.Thread(target=binding.Cancel, name="espeak-ng cancel", daemon=True)
    cancelling.start()
    cancelling.join(CANCELLED_IN)


def _restore(binding: Any, callback: Any) -> None:
    """Give pyttsx3's engine its callback back, for those who render through it to a file.

    Ours is let go only when espeak-ng has the other.
    """
    binding.cSetSynthCallback(callback)
    binding.SynthCallback = callback


def _list_voices(binding: Any) -> tuple[Voice, ...]:
    found = []
    for voice in binding.ListVoices(None):
        # The first byte of the languages is a priority.
        language = voice.languages[1:].decode("utf-8", "replace") if voice.languages else ""
        identifier = voice.identifier.decode("utf-8", "replace")
        if not identifier.startswith("mb/"):  # those need the program mbrola and its data
            found.append(Voice(identifier, voice.name.decode("utf-8", "replace"), language.lower()))
    return tuple(found)
