"""Pronunciations of any English word, British or American, by espeak-ng's own rules."""

import ctypes
import re
from functools import lru_cache
from typing import Literal

from voice_guide.speech.espeak_library import ENGINE_LOCK, load_espeak

Accent = Literal["en-gb", "en-us"]
Phones = tuple[str, ...]
"""A pronunciation: names of phones as the CMU dictionary writes them, without stress."""

_VOICES: dict[Accent, bytes] = {"en-gb": b"gmw/en", "en-us": b"gmw/en-US"}

_IPA: dict[str, Phones] = {
    "aɪə": ("AY", "AH"),
    "aɪɚ": ("AY", "ER"),
    "aʊə": ("AW", "AH"),
    "aʊɚ": ("AW", "ER"),
    "tʃ": ("CH",),
    "dʒ": ("JH",),
    "aɪ": ("AY",),
    "aʊ": ("AW",),
    "eɪ": ("EY",),
    "oʊ": ("OW",),
    "əʊ": ("OW",),
    "ɔɪ": ("OY",),
    "eə": ("EH", "AH"),
    "ɪə": ("IH", "AH"),
    "iə": ("IY", "AH"),
    "ʊə": ("UH", "AH"),
    "ɑː": ("AA",),
    "ɔː": ("AO",),
    "oː": ("AO",),
    "uː": ("UW",),
    "iː": ("IY",),
    "ɜː": ("ER",),
    "ɛː": ("EH",),
    "əl": ("AH", "L"),
    "n̩": ("AH", "N"),
    "l̩": ("AH", "L"),
    "m̩": ("AH", "M"),
    "ɑ": ("AA",),
    "ɒ": ("AA",),
    "ɔ": ("AO",),
    "æ": ("AE",),
    "a": ("AE",),
    "ʌ": ("AH",),
    "ə": ("AH",),
    "ɐ": ("AH",),
    "ɚ": ("ER",),
    "ɝ": ("ER",),
    "ɛ": ("EH",),
    "e": ("EH",),
    "ɪ": ("IH",),
    "ᵻ": ("IH",),
    "i": ("IY",),
    "o": ("OW",),
    "ʊ": ("UH",),
    "u": ("UW",),
    "b": ("B",),
    "d": ("D",),
    "ð": ("DH",),
    "f": ("F",),
    "ɡ": ("G",),
    "h": ("HH",),
    "k": ("K",),
    "l": ("L",),
    "m": ("M",),
    "n": ("N",),
    "ŋ": ("NG",),
    "p": ("P",),
    "ɹ": ("R",),
    "r": ("R",),
    "s": ("S",),
    "ʃ": ("SH",),
    "t": ("T",),
    "ɾ": ("T",),
    "ʔ": ("T",),
    "θ": ("TH",),
    "v": ("V",),
    "w": ("W",),
    "x": ("K",),
    "j": ("Y",),
    "z": ("Z",),
    "ʒ": ("ZH",),
}
_LONGEST = max(map(len, _IPA))
_IPA_MODE = 0x02
_UTF8 = 1


def pronounce(word: str, accent: Accent) -> Phones:
    """Return how a word is said, by espeak-ng's rules; empty where it says nothing."""
    return phones_of_ipa(ipa(word, accent))


def phones_of_ipa(spoken: str) -> Phones:
    """Return the phones that stand for espeak-ng's IPA.

    Raises:
        ValueError: there is a sign that no English word should have.
    """
    plain = re.sub(r"\([a-z-]+\)|[ˈˌ_ ]", "", spoken)
    phones: list[str] = []
    at = 0
    while at < len(plain):
        for length in range(_LONGEST, 0, -1):
            found = _IPA.get(plain[at : at + length])
            if found is not None:
                phones += found
                at += length
                break
        else:
            raise ValueError(f'"{plain[at]}" in "{spoken}" is no sound of English.')
    return tuple(phones)


@lru_cache(maxsize=65536)
def ipa(text: str, accent: Accent) -> str:
    """Return how a text is said, in espeak-ng's IPA.

    Raises:
        ValueError: espeak-ng has no voice of this accent.
    """
    with ENGINE_LOCK:
        library = load_espeak().binding.dll
        translate = library.espeak_TextToPhonemes
        translate.restype = ctypes.c_char_p
        translate.argtypes = [ctypes.POINTER(ctypes.c_void_p), ctypes.c_int, ctypes.c_int]
        if library.espeak_SetVoiceByName(_VOICES[accent]) != 0:
            raise ValueError(f"espeak-ng has no voice for {accent}.")
        buffer = ctypes.create_string_buffer(text.encode())
        rest = ctypes.c_void_p(ctypes.addressof(buffer))
        clauses = []
        while rest.value:
            clauses.append(bytes(translate(ctypes.byref(rest), _UTF8, _IPA_MODE) or b"").decode())
        return " ".join(clauses)
