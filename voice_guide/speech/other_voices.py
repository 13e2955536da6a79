"""A sound as it would be if another had said it: higher and quicker, or lower and slower.

Children and very deep voices are few in what a recogniser has learnt. Played a little slower or
quicker, as a record is, they come nearer to the rest: the pitch, the vocal tract and the speed
change together.
"""

import numpy as np
import soxr

from voice_guide.audio.format import RATE, Samples

LENGTHS = (0.93, 1.07)
"""How much longer a sound becomes. Below 1 it is higher and quicker."""


def stretched(sound: Samples, length: float) -> Samples:
    """Return a sound that takes so many times as long, and is so much lower.

    Args:
        sound: shape (n,).
        length: over 1 for longer and lower.
    """
    return np.asarray(soxr.resample(sound, RATE, RATE * length), dtype=np.float32)
