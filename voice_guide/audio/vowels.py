"""The part of a sound in which vowels are.

Above it there is little to learn an echo path from, and clocks that drift apart spoil it first: an
"s" of the narrator's own is left nearly as it was, while vowels are taken away by 25 dB. No person
says a word without a vowel.
"""

import numpy as np

from voice_guide.audio.echo_fit import Signal, energy
from voice_guide.audio.format import BLOCK, RATE

VOWELS_HZ = 3000.0


def vowels(sound: Signal) -> float:
    """Return the energy of a sound, shape (n,), below ``VOWELS_HZ``."""
    spectrum = np.abs(np.fft.rfft(sound)[: round(VOWELS_HZ * len(sound) / RATE)])
    return energy(spectrum) * 2 / len(sound)


def vowels_by_block(sound: Signal) -> Signal:
    """Return the energy below ``VOWELS_HZ`` of each block, shape (n * BLOCK,) to (n,)."""
    spectra = np.abs(np.fft.rfft(sound.reshape(-1, BLOCK))[:, : round(VOWELS_HZ * BLOCK / RATE)])
    return np.asarray(np.square(spectra).sum(axis=1) * 2 / BLOCK)
