"""Notices a microphone that delivers nothing but silence: muted, or switched off.

Some microphones deliver dead silence whenever nobody speaks, because they take out noise. So one
that has been heard is only taken for dead when it does not hear the loudspeaker any more.
"""

import numpy as np

from voice_guide.audio.echo_trust import AUDIBLE
from voice_guide.audio.format import BLOCK_SECONDS, Samples

DEAD_AFTER = 4.0
"""Seconds of dead silence after which it is told."""

DEAD = 1e-4
"""Half the swing of a block, full scale 1, up to which it is dead: -80 dB, three steps of 16 bit.
The quietest room with the best microphone is above it. A constant offset does not count."""

_BLOCKS = round(DEAD_AFTER / BLOCK_SECONDS)


class DeadSound:
    """Watches the blocks of a microphone."""

    def __init__(self) -> None:
        self._silent = 0
        self._heard = self._heard_loudspeaker = False
        self.dead = False
        """Whether it is dead."""

    def accept(self, microphone: Samples, reference: Samples) -> bool:
        """Take the next block, each of shape (BLOCK,). Return whether ``dead`` has changed."""
        before = self.dead
        plays = float(np.max(np.abs(reference))) > AUDIBLE
        if float(np.ptp(microphone)) > 2 * DEAD:
            self._silent, self.dead, self._heard = 0, False, True
            self._heard_loudspeaker |= plays
        else:
            counts = not self._heard or (plays and self._heard_loudspeaker)
            self._silent += counts
            self.dead = self.dead or self._silent >= _BLOCKS
        return self.dead is not before
