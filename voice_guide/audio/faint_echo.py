"""Whether what is left of a sound lies far below the echo that is usual here.

In a quiet moment of the narrator's the canceller may take little away, and the echo path cannot be
fitted to it; but then what is left is fainter than anybody who could be understood over him.
"""

import numpy as np

from voice_guide.audio.echo_fit import Signal
from voice_guide.audio.format import BLOCK, gain
from voice_guide.audio.format import samples as in_samples
from voice_guide.audio.vowels import vowels_by_block

FAINT_DB = 20.0
"""So far below the echo of the last seconds a person is not understood while the narrator sounds.
In a large room a quiet moment of his came out as "stop", 26 dB below; of 237 phrases by people 5
and 10 dB below the echo the faintest lay 12 dB below it (the loudest moment of each)."""

CHANGED_DB = 3.0
"""By how much the canceller must have changed most of that, either way: in the narrator's pauses
it changes nothing, and there a faint person is heard. On a live rig it once added 7 dB to what was
36 dB below the echo, and that came out as "stop it"."""

ECHO_ALONE_DB = 15.0
"""Blocks of which the canceller takes so much away held nothing but echo: they are the usual."""

REACH_DB = 10.0
"""Blocks so far below the loudest moment of a phrase are not the phrase."""

_KNOWN = in_samples(0.5) // BLOCK
_LOUDEST = 2


def is_faint_echo(microphone: Signal, clean: Signal, start: int, end: int) -> bool:
    """Return whether a phrase is so faint that it is the narrator's own echo.

    Args:
        microphone: the last seconds, shape (n * BLOCK,).
        clean: what the canceller left of them, shape (n * BLOCK,).
        start: the first sample of the phrase.
        end: the one behind its last.
    """
    before, end = start - start % BLOCK, end - end % BLOCK
    heard, left = vowels_by_block(microphone[:end]), vowels_by_block(clean[:end])
    known = before // BLOCK
    alone = heard[:known][heard[:known] > left[:known] * gain(ECHO_ALONE_DB) ** 2]
    if len(alone) < _KNOWN:
        return False
    phrase_heard, phrase_left = heard[known:], left[known:]
    loudest = float(np.mean(np.sort(phrase_left)[-_LOUDEST:]))
    there = phrase_left > loudest * gain(-REACH_DB) ** 2
    taken = float(np.median(phrase_heard[there] / np.maximum(phrase_left[there], 1e-12)))
    changed = max(taken, 1.0 / max(taken, 1e-12)) > gain(CHANGED_DB) ** 2
    return changed and loudest * gain(FAINT_DB) ** 2 < float(np.percentile(alone, 90))
