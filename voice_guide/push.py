"""Push to talk: the recogniser hears silence but for some seconds after a key was pressed."""

from voice_guide.audio.format import BLOCK_SECONDS, Samples, silence

OPEN_FOR = 6.0
"""Seconds that a press opens the ears for, if nobody speaks. Terminals tell of no key that is let
go, so a pedal is pressed once, before the words; one that is held down presses again and again."""


class PushGate:
    """Lets sound through after ``open``, until the person has spoken or the time is over."""

    def __init__(self) -> None:
        self._left = 0
        self._speaking = False

    def open(self) -> None:
        """Let sound through from the next block on."""
        self._left = round(OPEN_FOR / BLOCK_SECONDS)

    def __call__(self, block: Samples) -> Samples:
        """Return a block, shape (BLOCK,), or silence in its place."""
        if self._left == 0 and not self._speaking:
            return silence(len(block))
        self._left = max(self._left - 1, 0)
        return block

    def speech(self, on: bool) -> None:
        """Somebody has begun to speak, who is heard to the end, or has spoken."""
        self._speaking = on
        if not on:
            self._left = 0
