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
from voice_guide.audio.faint_echo import is_faint_echo
from voice_guide.audio.format import BLOCK, Samples
from voice_guide.audio.format import samples as in_samples
from voice_guide.audio.vowels import vowels

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
away 6 dB. Counted in the vowels."""

DOUBTFUL_DB = 11.0
"""The same for what must not be obeyed by mistake, and can be said again. In a large room the
narrator's "as it" came out as "yes", 11.6 dB down; a person 10 dB below the echo makes it 10.4."""

NEARLY_ALL_DB = 17.0
"""If so much is accounted for but for one block (20 ms), it is echo whose path slipped at its edge:
no word is so short. On a live rig 25 dB of a "stop" of the narrator's own, but for the last 20 ms
of it; 11.4 dB at most of 237 phrases by people 5 and 10 dB below the echo."""

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

    def explains(
        self, start: int, end: int, cancelled_db: float = CANCELLED_DB, *, phrase: bool = False
    ) -> bool:
        """Return whether what was heard between these samples is the loudspeaker's sound.

        Args:
            start: the first sample, since the stream began.
            end: the one behind the last.
            cancelled_db: what the canceller must have taken away for that, dB.
            phrase: whether a phrase was heard there, and not only a voice. Then it must be loud
                enough for one, and more of it than a moment unaccounted for; but what comes
                before or behind a person's words may be as faint and as short as it likes.
        """
        kept = self._kept(start, end)
        if kept is None:
            return False
        microphone, clean, reference, start, end = kept
        heard, left = microphone[start:end], clean[start:end]
        if vowels(heard) > vowels(left) * _ratio(cancelled_db):
            return True
        if phrase and is_faint_echo(microphone, clean, start, end):
            return True
        rests = [_rest(microphone, reference, start, end, sizes) for sizes in PIECES]
        if any(_accounts(heard, left, rest) for rest in rests):
            return True
        return phrase and _nearly_all(heard, [left, *rests])

    def played_if_cancelled(self, start: int, end: int, cancelled_db: float) -> Samples | None:
        """Return what the loudspeaker played for what was heard between these samples, or None.

        Args:
            start: the first sample, since the stream began.
            end: the one behind the last.
            cancelled_db: what the canceller must have taken away, dB, counted in the vowels. If
                it took less, that is None, and so it is where the loudspeaker was silent.
        """
        kept = self._kept(start, end)
        if kept is None:
            return None
        microphone, clean, reference, start, end = kept
        if vowels(microphone[start:end]) <= vowels(clean[start:end]) * _ratio(cancelled_db):
            return None
        return reference[_earliest(start) : end].astype(np.float32)

    def _kept(self, start: int, end: int) -> tuple[Signal, Signal, Signal, int, int] | None:
        """Return the three signals as far as they are kept, and two positions in them.

        None: there is nothing between these, or the loudspeaker was silent.
        """
        if not self._blocks:
            return None
        microphone, clean, reference = (
            np.concatenate(signal).astype(np.float64) for signal in zip(*self._blocks, strict=True)
        )
        kept = self._end - len(microphone)
        start, end = max(0, start - kept), min(len(microphone), end - kept)
        if end - start < BLOCK or np.max(np.abs(reference[_earliest(start) : end])) < AUDIBLE:
            return None
        return microphone, clean, reference, start, end


def _earliest(start: int) -> int:
    """Return where that was played at the earliest which is heard here."""
    return max(0, start - in_samples(LONGEST_DELAY))


def _rest(
    microphone: Signal, reference: Signal, start: int, end: int, sizes: tuple[float, float]
) -> Signal:
    """Return what is left of a phrase when the loudspeaker's sound is fitted to each piece."""
    piece, margin = map(in_samples, sizes)
    rest = np.empty(end - start)
    for begin in range(start, end, piece):
        stop, first = min(end, begin + piece), max(0, begin - margin)
        fitted = fit_echo(microphone, reference, first, stop)
        rest[begin - start : stop - start] = fitted.rest[begin - first :]
    return rest


def _accounts(heard: Signal, left: Signal, rest: Signal) -> bool:
    """Whether a fit leaves much less than the canceller, or next to nothing."""
    fitted = energy(rest)
    if energy(left) > fitted * _ratio(MORE_THAN_CANCELLED_DB):
        return True
    return energy(heard) > fitted * _ratio(ALL_OF_IT_DB)


def _nearly_all(heard: Signal, lefts: list[Signal]) -> bool:
    """Whether all but one block is accounted for, each block by whatever does it best."""
    blocks = len(heard) // BLOCK
    by_block = [
        np.square(sound[: blocks * BLOCK]).reshape(blocks, BLOCK).sum(axis=1)
        for sound in (heard, *lefts)
    ]
    least = np.min(by_block[1:], axis=0)
    others = np.arange(blocks) != np.argmax(least)
    return float(by_block[0][others].sum()) > float(least[others].sum()) * _ratio(NEARLY_ALL_DB)


def _ratio(decibels: float) -> float:
    return float(10.0 ** (decibels / 10.0))
