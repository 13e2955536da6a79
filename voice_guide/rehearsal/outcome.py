"""What came of a rehearsal."""

from dataclasses import dataclass

from voice_guide.rehearsal.cues import Cue

LONGEST = 3 * 3600.0
"""Seconds of session time after which a rehearsal is broken off."""


@dataclass(frozen=True)
class Rehearsal:
    """What came of a rehearsal."""

    seconds: float
    """How long the session was."""

    took: float
    """How long it took to play it, in seconds."""

    ended: bool
    """Whether the session came to its end."""

    unsaid: tuple[Cue, ...] = ()
    """What the person was to say, but the time for it never came."""
