"""Whether what was heard is the narrator's own voice, judged in hindsight.

The canceller learns as it goes: at the start, and after every slip of the echo path, it leaves the
narrator audible for seconds. When a phrase has been heard, its sound is all there, and the echo
path can be fitted to just that moment: by its delay first, then by least squares. If the fit takes
away much more than the canceller did, what the recogniser got was mostly echo. A person's words
are not in the loudspeaker's signal, so no fit takes them away. Where the canceller itself took
nearly all away, what it left is echo, too: there was nobody beside the narrator.
"""

from collections import deque

import numpy as np

from voice_guide.audio.echo_fit import LONGEST_DELAY, Signal, energy, fit_echo
from voice_guide.audio.format import BLOCK, RATE, Samples
from voice_guide.audio.format import samples as in_samples

AUDIBLE = 1e-3
"""Peak above which the loudspeaker is taken to sound, full scale 1."""

PIECE = 0.4
"""Seconds that are fitted at once: the echo path may slip within an utterance."""

MARGIN = 0.3
"""Seconds before a piece that help to fit it."""

MORE_THAN_CANCELLED_DB = 6.0
"""If the fit leaves so much less than the canceller left, the canceller had lost the echo path.
Measured on a live rig: 6.5 to 26 dB for echo, 0.0 to 0.3 dB for a person."""

ALL_OF_IT_DB = 20.0
"""If the fit takes so much away from the microphone's signal, nothing but echo was in it: a
person 20 dB below the narrator is not understood."""

CANCELLED_DB = 17.0
"""If the canceller has taken so much away, what it left is the rest of the echo. In a quiet room
that rest, 19 dB down, was twice taken for "stop" (python -m benchmarks.library wall_ball), and 15
to 22 dB down while the clocks drifted apart; with people 5 dB below the echo the canceller takes
away 6 dB. Counted below ``VOWELS_HZ``."""

DOUBTFUL_DB = 11.0
"""The same for what must not be obeyed by mistake, and can be said again. In a large room the
narrator's "as it" came out as "yes", 11.6 dB down; a person 10 dB below the echo makes it 10.4."""

VOWELS_HZ = 3000.0
"""Above it there is little to learn an echo path from, and clocks that drift apart spoil it first:
an "s" of the narrator's own is left nearly as it was, while vowels are taken away by 25 dB. No
person says a word without a vowel."""

_KEPT = in_samples(10.0) // BLOCK


class OwnVoice:
    """Keeps the last ten seconds of the microphone, before and behind the canceller."""

    def __init__(self) -> None:
        self._end = 0
        self._blocks: deque[tuple[Samples, Samples, Samples]] = deque(maxlen=_KEPT)

    def accept(self, microphone: Samples, clean: Samples, reference: Samples) -> None:
        """Take the next block, each of shape (BLOCK,)."""
        self._end += len(microphone)
        self._blocks.append((microphone, clean, reference))

    def explains(self, start: int, end: int, cancelled_db: float = CANCELLED_DB) -> bool:
        """Return whether what was heard between these samples is the loudspeaker's sound.

        Args:
            start: the first sample, since the stream began.
            end: the one behind the last.
            cancelled_db: what the canceller must have taken away for that, dB.
        """
        if not self._blocks:
            return False
        microphone, clean, reference = (
            np.concatenate(signal).astype(np.float64) for signal in zip(*self._blocks, strict=True)
        )
        kept = self._end - len(microphone)
        start, end = max(0, start - kept), min(len(microphone), end - kept)
        played = reference[max(0, start - in_samples(LONGEST_DELAY)) : end]
        if end - start < BLOCK or np.max(np.abs(played)) < AUDIBLE:
            return False
        heard = left = fitted = 0.0
        for begin in range(start, end, in_samples(PIECE)):
            stop = min(end, begin + in_samples(PIECE))
            first = max(0, begin - in_samples(MARGIN))
            rest = fit_echo(microphone, reference, first, stop).rest[begin - first :]
            heard += energy(microphone[begin:stop])
            left += energy(clean[begin:stop])
            fitted += energy(rest)
        vowels, vowels_left = _vowels(microphone[start:end]), _vowels(clean[start:end])
        return (
            left > fitted * _ratio(MORE_THAN_CANCELLED_DB)
            or heard > fitted * _ratio(ALL_OF_IT_DB)
            or vowels > vowels_left * _ratio(cancelled_db)
        )


def _vowels(sound: Signal) -> float:
    """Return the energy below ``VOWELS_HZ``."""
    spectrum = np.abs(np.fft.rfft(sound)[: round(VOWELS_HZ * len(sound) / RATE)])
    return energy(spectrum) * 2 / len(sound)


def _ratio(decibels: float) -> float:
    return float(10.0 ** (decibels / 10.0))
