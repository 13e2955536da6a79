"""A sound device with listeners: whoever wants to know of each block of time as it comes."""

from collections.abc import Callable

from voice_guide.audio.device import DuplexDevice, Exchange
from voice_guide.audio.format import Samples

Tap = Callable[[Exchange], None]
"""Takes a block of time. It must be quick, and must not change it."""


class TappedDevice:
    """A duplex device that tells taps of each block before it is handed over."""

    def __init__(self, device: DuplexDevice, *taps: Tap) -> None:
        self._device = device
        self._taps = taps

    def start(self) -> None:
        """Begin to play and to listen."""
        self._device.start()

    def exchange(self, loudspeaker: Samples) -> Exchange:
        """Queue a block and return the next block of time."""
        exchange = self._device.exchange(loudspeaker)
        for tap in self._taps:
            tap(exchange)
        return exchange

    def hush(self) -> None:
        """Drop what is queued and not yet played."""
        self._device.hush()

    def soften(self, factor: float) -> bool:
        """Make what is queued and not yet played quieter."""
        return self._device.soften(factor)

    def close(self) -> None:
        """Give the device back."""
        self._device.close()
