"""Notices a microphone that delivers nothing but silence: muted, or switched off."""

import numpy as np

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
        self.dead = False
        """Whether it is dead."""

    def accept(self, block: Samples) -> bool:
        """Take the next block, shape (BLOCK,). Return whether ``dead`` has changed."""
        before = self.dead
        if float(np.ptp(block)) > 2 * DEAD:
            self._silent, self.dead = 0, False
        else:
            self._silent += 1
            self.dead = self._silent >= _BLOCKS
        return self.dead is not before
