"""How phrases are pronounced: from the model's own lexicon, else by espeak-ng."""

import ctypes
import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from voice_guide.errors import MachineError
from voice_guide.language.phones import PHONES, Phones
from voice_guide.speech.espeak_library import ENGINE_LOCK, load_espeak

LEXICONS = ("lexicon.txt", "graph/lexicon.txt")
"""Where a model's lexicon is looked for: a word and its ARPAbet phones on each line."""

_UTF8 = 1
_IPA_WITH_UNDERSCORES = 0x02 | (ord("_") << 8)
_VOICES = {"en": b"en-us"}
"""The espeak-ng voice that pronounces a language as its speech models were trained."""

_IPA = {
    "iː": "IY", "i": "IY", "ɪ": "IH", "ᵻ": "IH", "ɛ": "EH", "e": "EH", "æ": "AE", "ʌ": "AH",
    "ə": "AH", "ɐ": "AH", "a": "AA", "ɚ": "ER", "ɜː": "ER", "ɜ": "ER", "ɑː": "AA", "ɑ": "AA",
    "ɒ": "AA", "ɔː": "AO", "ɔ": "AO", "ʊ": "UH", "uː": "UW", "u": "UW", "eɪ": "EY", "aɪ": "AY",
    "ɔɪ": "OY", "aʊ": "AW", "oʊ": "OW", "əʊ": "OW", "oː": "AO", "o": "OW",
    "p": "P", "b": "B", "t": "T", "d": "D", "ɾ": "T", "ʔ": "T", "k": "K", "ɡ": "G", "g": "G",
    "tʃ": "CH", "dʒ": "JH", "f": "F", "v": "V", "θ": "TH", "ð": "DH", "s": "S", "z": "Z",
    "ʃ": "SH", "ʒ": "ZH", "h": "HH", "x": "K", "m": "M", "n": "N", "ŋ": "NG", "w": "W",
    "l": "L", "ɹ": "R", "r": "R", "j": "Y",
}  # fmt: skip
_IPA_PHONE = re.compile("|".join(sorted(map(re.escape, _IPA), key=len, reverse=True)))


class Pronunciation:
    """Pronounces words of one language."""

    def __init__(self, language: str, model: Path | None = None) -> None:
        """Load espeak-ng, and the lexicon in the folder ``model`` where there is one.

        Raises:
            MachineError: espeak-ng cannot be loaded.
        """
        self._voice = _VOICES.get(language, language.encode())
        self._lexicon = {} if model is None else _lexicon(model)
        self._espeak = load_espeak()
        library = self._espeak.binding.dll
        self._translate = library.espeak_TextToPhonemes
        self._translate.restype = ctypes.c_char_p
        self._translate.argtypes = [ctypes.POINTER(ctypes.c_void_p), ctypes.c_int, ctypes.c_int]

    def __call__(self, words: Collection[str]) -> Mapping[str, Phones]:
        """Return the phones of each word, ARPAbet without stress.

        Raises:
            MachineError: espeak-ng does not know the language.
        """
        known = {word: self._lexicon[word] for word in words if word in self._lexicon}
        return known | self._by_espeak([word for word in words if word not in known])

    def _by_espeak(self, words: Iterable[str]) -> dict[str, Phones]:
        with ENGINE_LOCK:
            if self._espeak.binding.SetVoiceByName(self._voice) != self._espeak.binding.EE_OK:
                raise MachineError(f'espeak-ng has no voice for "{self._voice.decode()}".')
            return {word: self._pronounce(word) for word in words}

    def _pronounce(self, word: str) -> Phones:
        text = ctypes.create_string_buffer(word.encode("utf-8"))
        at = ctypes.c_void_p(ctypes.addressof(text))
        spoken = []
        while at.value:
            ipa = self._translate(ctypes.byref(at), _UTF8, _IPA_WITH_UNDERSCORES)
            spoken.append(ipa.decode("utf-8"))
        return tuple(_IPA[phone] for phone in _IPA_PHONE.findall("_".join(spoken)))


@lru_cache(maxsize=2)
def _lexicon(model: Path) -> dict[str, Phones]:
    """Return the first pronunciation of each word in a model's lexicon; empty if there is none."""
    path = next((model / name for name in LEXICONS if (model / name).is_file()), None)
    if path is None:
        return {}
    found: dict[str, Phones] = {}
    for line in path.read_text("utf-8", errors="replace").splitlines():
        word, *phones = line.split()[:60] or [""]
        plain = tuple(re.sub(r"\d|_[BIES]$", "", phone).upper() for phone in phones)
        if plain and all(phone in PHONES for phone in plain):
            found.setdefault(word, plain)
    return found
