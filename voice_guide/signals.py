"""What the system may send to the program to end it."""

import signal
from types import FrameType


def end_as_with_ctrl_c() -> None:
    """Let a request to end (SIGTERM) end the program as Ctrl-C does: nothing is lost."""

    def interrupted(number: int, frame: FrameType | None) -> None:
        del number, frame
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupted)
