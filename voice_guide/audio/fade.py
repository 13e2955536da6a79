"""Short fades, so that sound which is cut or begins in its middle does not click."""

import numpy as np

from voice_guide.audio.format import Samples

FADE = 48
"""Samples of a fade: 3 ms."""

FADE_IN: Samples = (0.5 - 0.5 * np.cos(np.pi * (np.arange(FADE) + 0.5) / FADE)).astype(np.float32)
"""Gain rising from 0 to 1, shape (FADE,)."""

FADE_OUT: Samples = FADE_IN[::-1].copy()
"""Gain falling from 1 to 0, shape (FADE,)."""

FADE_IN.flags.writeable = False
FADE_OUT.flags.writeable = False
