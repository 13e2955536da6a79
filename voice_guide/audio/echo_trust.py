"""Whether a voice may be the narrator's own echo, judged by how well it was cancelled just before.

The canceller's own estimate tells when it has learnt the room, but not when the echo path has
moved a little since. What it really takes away, while the narrator speaks and nobody else does,
tells both.
"""

from collections import deque

import numpy as np

from voice_guide.audio.format import BLOCK, Samples
from voice_guide.audio.format import samples as in_samples

AUDIBLE = 1e-3
"""Peak above which the loudspeaker is taken to sound, full scale 1."""

ECHO_LASTS = 0.3
"""Seconds for which the loudspeaker's sound stays in the room: its delay and reverberation."""

LOOK_BACK = 1.5
"""Seconds before a voice's beginning that are looked at."""

ONSET = 0.1
"""The last seconds before it, which may hold the voice already, are not."""

ENOUGH_DB = 10.0
"""Less echo reduction than this leaves enough of the narrator to be recognised. espeak's voice
at 12 dB less is not taken for speech by the voice detector; at 6 dB less it is (measured)."""

ENOUGH_BLOCKS = 15
"""With fewer blocks of narration to look at, nothing is known."""


class EchoTrust:
    """Watches the microphone before and behind the canceller."""

    def __init__(self) -> None:
        self._count = 0
        self._sounds_until = 0
        self._seen: deque[tuple[int, float, float]] = deque(maxlen=in_samples(4.0) // BLOCK)

    def accept(self, microphone: Samples, clean: Samples, reference: Samples) -> None:
        """Take the next block, each of shape (BLOCK,)."""
        self._count += len(microphone)
        if np.max(np.abs(reference)) > AUDIBLE:
            self._sounds_until = self._count + in_samples(ECHO_LASTS)
        if self._count <= self._sounds_until:
            heard, left = float(np.dot(microphone, microphone)), float(np.dot(clean, clean))
            self._seen.append((self._count, heard, left))

    def may_be_echo(self, at: int) -> bool:
        """Return whether a voice that began at this sample may be the narrator's own."""
        if at > self._sounds_until:
            return False
        first, last = at - in_samples(LOOK_BACK), at - in_samples(ONSET)
        before = [(heard, left) for when, heard, left in self._seen if first < when <= last]
        if len(before) < ENOUGH_BLOCKS:
            return True
        heard, left = np.sum(before, axis=0)
        return bool(heard < left * 10.0 ** (ENOUGH_DB / 10.0))
