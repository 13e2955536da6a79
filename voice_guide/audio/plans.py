"""The ways in which a microphone and a loudspeaker can be opened."""

from dataclasses import dataclass, replace
from enum import Enum

from voice_guide.audio.devices import DeviceInfo
from voice_guide.audio.format import RATE


class Sides(Enum):
    """What of a duplex device is open, or is to be opened."""

    BOTH = "both"
    LOUDSPEAKER = "loudspeaker"
    MICROPHONE = "microphone"

    @property
    def plays(self) -> bool:
        """Whether there is a loudspeaker in it."""
        return self is not Sides.MICROPHONE

    @property
    def hears(self) -> bool:
        """Whether there is a microphone in it."""
        return self is not Sides.LOUDSPEAKER


@dataclass(frozen=True)
class Plan:
    """One way to open the devices."""

    rate_out: int
    rate_in: int
    duplex: bool
    """One stream for both, which keeps them on one clock: the echo's delay stays the same."""

    sides: Sides = Sides.BOTH

    channels_in: int = 1
    """Some microphones cannot be opened but in stereo."""


def plans(
    sides: Sides, microphone: DeviceInfo | None, loudspeaker: DeviceInfo | None
) -> list[Plan]:
    """Return the ways to open the devices, the best first.

    Args:
        sides: what is to be opened.
        microphone: not None where it is to be opened.
        loudspeaker: likewise.
    """
    mono = _mono_plans(sides, microphone, loudspeaker)
    if microphone is None or microphone.inputs < 2:
        return mono
    return mono + [replace(plan, channels_in=2) for plan in mono]


def _mono_plans(
    sides: Sides, microphone: DeviceInfo | None, loudspeaker: DeviceInfo | None
) -> list[Plan]:
    if microphone is None or loudspeaker is None:
        single = microphone or loudspeaker
        rates = [RATE] if single is None else [RATE, round(single.rate)]
        return [Plan(rate, rate, duplex=False, sides=sides) for rate in dict.fromkeys(rates)]
    rate_in, rate_out = round(microphone.rate), round(loudspeaker.rate)
    found = []
    if microphone.host_api == loudspeaker.host_api:
        found += [Plan(rate, rate, duplex=True) for rate in (RATE, rate_out, rate_in)]
    found += [Plan(RATE, RATE, duplex=False), Plan(rate_out, rate_in, duplex=False)]
    return list(dict.fromkeys(found))
