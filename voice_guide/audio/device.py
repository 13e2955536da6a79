"""The duplex device: what the conductor needs of a loudspeaker and a microphone."""

from dataclasses import dataclass
from typing import Protocol

from voice_guide.audio.format import Samples
from voice_guide.errors import MachineError


class DeviceLostError(MachineError):
    """The sound device stopped delivering blocks."""


@dataclass(frozen=True)
class Exchange:
    """One block of time, heard and played."""

    index: int
    """Blocks since the stream began, from 0. The session's clock is this count."""

    microphone: Samples
    """What the microphone heard, shape (BLOCK,). Digital zero while none is open."""

    reference: Samples
    """What was handed to the loudspeaker in this very block, shape (BLOCK,), gain applied."""


class DuplexDevice(Protocol):
    """A loudspeaker and a microphone that share one clock, 16 kHz mono, 20 ms blocks."""

    def start(self) -> None:
        """Begin to play and to listen.

        Raises:
            MachineError: the device cannot be opened; the message says what to do.
        """

    def exchange(self, loudspeaker: Samples) -> Exchange:
        """Queue a block, shape (BLOCK,), for the loudspeaker and return the next block of time.

        Live, this waits until the microphone's block is there. In a simulated room it returns
        at once.

        Raises:
            DeviceLostError: no block came for two seconds.
        """

    def hush(self) -> None:
        """Drop what is queued and not yet played, so that silence begins within one block."""

    def soften(self, factor: float) -> bool:
        """Make what is queued and not yet played quieter by this factor, over one block.

        Return whether that was done: what is handed over next is to be as quiet already.
        """

    def close(self) -> None:
        """Stop the streams and give the device back. May be called twice."""
