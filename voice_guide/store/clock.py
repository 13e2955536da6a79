"""The calendar's clock. It may be set at any time, so no length of time is measured with it."""

import time
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Moment:
    """A moment of the calendar."""

    epoch: float
    """Seconds since 1970."""
    local: str
    """Local time with its offset, ISO 8601, to the second."""

    @property
    def day(self) -> str:
        """The local day: ``2031-05-07``."""
        return self.local[:10]


def now() -> Moment:
    """Return this moment."""
    epoch = time.time()
    local = datetime.fromtimestamp(epoch).astimezone()
    return Moment(epoch, local.isoformat(timespec="seconds"))
