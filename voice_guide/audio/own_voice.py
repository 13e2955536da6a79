"""Whether what was heard is the narrator's own voice, judged in hindsight.

The canceller learns as it goes: at the start, and after every slip of the echo path, it leaves the
narrator audible for seconds. When a phrase has been heard, its sound is all there, and the echo
path can be fitted to just that moment: by its delay first, then by least squares. If the fit takes
away much more than the canceller did, what the recogniser got was mostly echo. A person's words
are not in the loudspeaker's signal, so no fit takes them away. Where the canceller itself took
nearly all away, what it left is echo, too: there was nobody beside the narrator. And so it is
where what it left is far below the echo that is usual here.
"""

from collections import deque

import numpy as np

from voice_guide.audio.echo_fit import LONGEST_DELAY, Signal, energy, fit_echo
from voice_guide.audio.format import BLOCK, RATE, Samples
from voice_guide.audio.format import samples as in_samples

AUDIBLE = 1e-3
"""Peak above which the loudspeaker is taken to sound, full scale 1."""

PIECES = ((0.4, 0.3), (0.2, 0.1))
"""Seconds that are fitted at once, and seconds before a piece that help to fit it. Long pieces show
a long echo path; where the path slips within one, only short ones fit. On a live rig the fit of
long ones left two phrases 11 dB below the microphone's sound, that of short ones 18 and 21 dB."""

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

FAINT_DB = 20.0
"""What is left so far below the echo of the last seconds, while the narrator can be heard, is echo:
a person 20 dB below him is not understood. In a large room a quiet moment of the narrator's, of
which the canceller took no more than 10 dB, came out as "stop", 26 dB below; of 237 phrases by
people 5 and 10 dB below the echo the faintest lay 13 dB below it (loudest moment of each)."""

FAINT_CANCELLED_DB = 6.0
"""What the canceller must have taken away of most of that: in the narrator's pauses it takes
nothing, and there a faint person is heard."""

ECHO_ALONE_DB = 15.0
"""Blocks of which the canceller takes so much away held nothing but echo: what is usual here."""

_KNOWN = in_samples(0.5) // BLOCK
"""So many of them must be known."""

FAINT_REACH_DB = 10.0
"""Blocks so far below the loudest moment of a phrase are not the phrase."""

_LOUDEST = 2
"""Blocks of a phrase that tell how loud it is: the loudest."""

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
        vowels, vowels_left = _vowels(microphone[start:end]), _vowels(clean[start:end])
        if vowels > vowels_left * _ratio(cancelled_db):
            return True
        if _faint(microphone, clean, start, end):
            return True
        return any(_fits(microphone, clean, reference, start, end, *sizes) for sizes in PIECES)


def _fits(
    microphone: Signal,
    clean: Signal,
    reference: Signal,
    start: int,
    end: int,
    piece_s: float,
    margin_s: float,
) -> bool:
    """Whether the loudspeaker's sound, fitted piece by piece, accounts for what was heard."""
    heard = left = fitted = 0.0
    for begin in range(start, end, in_samples(piece_s)):
        stop = min(end, begin + in_samples(piece_s))
        first = max(0, begin - in_samples(margin_s))
        rest = fit_echo(microphone, reference, first, stop).rest[begin - first :]
        heard += energy(microphone[begin:stop])
        left += energy(clean[begin:stop])
        fitted += energy(rest)
    return left > fitted * _ratio(MORE_THAN_CANCELLED_DB) or heard > fitted * _ratio(ALL_OF_IT_DB)


def _faint(microphone: Signal, clean: Signal, start: int, end: int) -> bool:
    """Whether what is left is far below the echo that was heard before."""
    before = start - start % BLOCK
    heard, left = (_block_energies(sound[:before]) for sound in (microphone, clean))
    alone = heard[heard > left * _ratio(ECHO_ALONE_DB)]
    if len(alone) < _KNOWN:
        return False
    heard, left = (
        _block_energies(sound[before : end - end % BLOCK]) for sound in (microphone, clean)
    )
    loudest = float(np.mean(np.sort(left)[-_LOUDEST:]))
    there = left > loudest * _ratio(-FAINT_REACH_DB)
    taken = float(np.median(heard[there] / np.maximum(left[there], 1e-12)))
    usual = float(np.percentile(alone, 90))
    return loudest * _ratio(FAINT_DB) < usual and taken > _ratio(FAINT_CANCELLED_DB)


def _block_energies(sound: Signal) -> Signal:
    """Return the energy below ``VOWELS_HZ`` of each block, shape (n,) to (n // BLOCK,)."""
    spectra = np.abs(np.fft.rfft(sound.reshape(-1, BLOCK)))
    return np.asarray(np.square(spectra[:, : round(VOWELS_HZ * BLOCK / RATE)]).sum(axis=1))


def _vowels(sound: Signal) -> float:
    """Return the energy below ``VOWELS_HZ``."""
    spectrum = np.abs(np.fft.rfft(sound)[: round(VOWELS_HZ * len(sound) / RATE)])
    return energy(spectrum) * 2 / len(sound)


def _ratio(decibels: float) -> float:
    return float(10.0 ** (decibels / 10.0))
