"""Synthetic voices that need no download: espeak-ng, flite, festival, Pico, Kokoro."""

import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from models.training import kokoro
from voice_guide.audio.format import Samples
from voice_guide.errors import MachineError
from voice_guide.speech.espeak import EspeakRenderer
from voice_guide.speech.recordings import read_recording
from voice_guide.speech.voice_settings import VoiceSettings

ACCENTS = (
    *("en-us", "en-gb", "en-us", "en-gb", "en-gb-x-rp", "en-gb-scotland"),
    *("en-029", "en-gb-x-gbclan", "en-gb-x-gbcwmd", "en-us-nyc"),
)
_VARIANTS = """
Alex Alicia Andrea Andy Annie Denis Diogo Gene Gene2 Henrique Hugo Jacky Lee Marco Mario Michael
Mike Nguyen Reed RicishayMax RicishayMax2 RicishayMax3 adam announcer antonio aunty belinda
benjamin boris caleb david edward edward2 f1 f2 f4 f5 grandma grandpa gustave ian iven iven2
iven3 iven4 kaukovalta klatt klatt2 klatt3 klatt4 klatt5 klatt6 m1 m2 m4 m5 m6 m7 m8 marcelo max
michel miguel mike2 norbert pablo paul pedro robert sandro shelby steph2 steph3 travis victor
zac
"""

VARIANTS = tuple(_VARIANTS.split())
"""Variants of espeak-ng that training uses."""

KEPT_ASIDE = (
    *("espeak:en-us", "espeak:en-gb", "espeak:en-us+f3", "espeak:en-us+m3", "espeak:en-gb+f3"),
    *("espeak:en-gb-scotland+m3", "espeak:en-us+steph", "espeak:en-gb+anika", "espeak:en-us+linda"),
    *("espeak:en-gb-x-rp+john", "espeak:en-029+ed", "espeak:en-us+quincy", "espeak:en-gb+rob"),
    *("flite:rms", "festival:ked_diphone"),
)
"""Voices that training never hears: they are for measuring."""

_FLITE = ("awb", "slt", "kal16")
_PICO = ("en-US", "en-GB")


@dataclass(frozen=True)
class Speaking:
    """Who says something, and how."""

    voice: str
    """``espeak:VOICE+VARIANT``, ``flite:VOICE``, ``festival:VOICE``, ``pico:LANGUAGE`` or
    ``kokoro:VOICE``."""

    rate: int = 160
    """Words a minute; the other engines take it in proportion to 160."""

    pitch: int = 50
    """0 to 100. Kokoro has none."""


def draw(random: Random) -> Speaking:
    """Return some voice for training."""
    rate = int(min(230, max(110, random.gauss(160, 25))))
    if random.random() < 0.28:
        return Speaking(f"flite:{random.choice(_FLITE)}", rate, random.randint(30, 75))
    voice = f"espeak:{random.choice(ACCENTS)}+{random.choice(VARIANTS)}"
    return Speaking(voice, rate, random.randint(25, 75))


def draw_pico(random: Random) -> Speaking:
    """Return one of the two voices of SVOX Pico, women whom Android spoke with."""
    rate = int(min(230, max(110, random.gauss(160, 25))))
    return Speaking(f"pico:{random.choice(_PICO)}", rate, random.randint(10, 90))


def draw_kokoro(random: Random) -> Speaking:
    """Return a voice of Kokoro, or a mixture of two."""
    rate = int(min(230, max(110, random.gauss(165, 25))))
    return Speaking(f"kokoro:{kokoro.draw_voice(random)}", rate)


class Speaker:
    """Renders text with any of the voices."""

    def __init__(self, kokoro_voices: Path = Path("voices")) -> None:
        """Begin.

        Args:
            kokoro_voices: the folder of Kokoro's voices.
        """
        self._espeak = EspeakRenderer()
        self._pico: dict[str, Any] = {}
        self._kokoro_voices = kokoro_voices
        self._kokoro: kokoro.Kokoro | None = None

    def say(self, text: str, how: Speaking) -> Samples:
        """Return a text as sound at 16 kHz, without the silence around it.

        Raises:
            MachineError: what the voice needs is not installed.
        """
        engine, _, voice = how.voice.partition(":")
        if engine == "espeak":
            settings = VoiceSettings(voice=voice, rate=how.rate, pitch=how.pitch)
            return trimmed(self._espeak.render(text, settings).samples)
        if engine == "pico":
            return trimmed(self._pico_says(text, voice, how))
        if engine == "kokoro":
            self._kokoro = self._kokoro or kokoro.Kokoro(self._kokoro_voices)
            return trimmed(self._kokoro.say(text, voice, how.rate / 160))
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "said.wav"
            if engine == "flite":
                _flite(text, voice, how, file)
            else:
                _festival(text, voice, how, file)
            return trimmed(read_recording(file))

    def _pico_says(self, text: str, language: str, how: Speaking) -> Samples:
        if language not in self._pico:
            self._pico[language] = _pico(language)
        engine = self._pico[language]
        engine.rate, engine.pitch = how.rate * 100 // 160, how.pitch + 50
        said = engine.speak(text) or b""
        return np.asarray(np.frombuffer(said, np.int16) / 32768, np.float32)


def trimmed(sound: Samples) -> Samples:
    """Return a sound without the silence before and after it, at a peak of 0.5."""
    peak = float(np.abs(sound).max(initial=0.0))
    loud = np.flatnonzero(np.abs(sound) > 0.01 * peak)
    if not len(loud):
        return sound[:0]
    return np.asarray(sound[loud[0] : loud[-1] + 1] * (0.5 / peak), dtype=np.float32)


def _flite(text: str, voice: str, how: Speaking, file: Path) -> None:
    pitch = {"slt": 170, "awb": 125, "kal16": 105}.get(voice, 110) * 1.5 ** ((how.pitch - 50) / 50)
    settings = (f"duration_stretch={160 / how.rate:.3f}", f"int_f0_target_mean={pitch:.0f}")
    options = [part for setting in settings for part in ("--setf", setting)]
    command = ["flite", "-voice", voice, *options, "-t", text, "-o", str(file)]
    _run(command)


def _festival(text: str, voice: str, how: Speaking, file: Path) -> None:
    setting = f"(begin (voice_{voice}) (Parameter.set 'Duration_Stretch {160 / how.rate:.3f}))"
    command = ["text2wave", "-eval", setting, "-F", "16000", "-o", str(file)]
    _run(command, text)


def _pico(language: str) -> Any:
    try:
        from ttspico import TtsEngine  # noqa: PLC0415 -- only to train
    except ImportError:
        raise MachineError(
            "ttspico is missing, which speaks for two of the synthetic voices. "
            "Type: pip install ttspico"
        ) from None
    return TtsEngine(language)


def _run(command: list[str], text: str = "") -> None:
    try:
        subprocess.run(command, input=text.encode(), check=True, capture_output=True)
    except FileNotFoundError:
        raise MachineError(
            f"{command[0]} is missing, which speaks for some of the synthetic voices. "
            "On Debian or Ubuntu: sudo apt install flite festival festvox-kdlpc16k"
        ) from None
