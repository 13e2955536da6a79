"""Feeds a pipe from a thread of its own, so that whoever has something to send never waits.

A pipe holds a second of sound, on some systems much less. When the process at its other end is
late, as on a busy machine, sending waits; and a player that waits is silent (measured: it stood
still for seconds while the recogniser was behind).
"""

import threading
from collections import deque
from multiprocessing.connection import Connection
from typing import Any

from voice_guide.audio.device import Exchange
from voice_guide.audio.format import BLOCK_SECONDS

LATE_AT_MOST = 3.0
"""Seconds of sound that may wait. A "stop" that is heard later than this is no use: the oldest
sound is left out, down to ``KEPT``, and what comes after is heard in time."""

KEPT = 1.0
"""Seconds of sound that are kept then: a short command is whole in it."""

_WAITING = round(LATE_AT_MOST / BLOCK_SECONDS)
_KEPT = round(KEPT / BLOCK_SECONDS)


class Feeder:
    """Sends messages in their order; blocks of sound may be left out, anything else is not."""

    def __init__(self, pipe: Connection) -> None:
        """Begin to send to this end of a pipe."""
        self._pipe = pipe
        self._messages: deque[Any] = deque()
        self._news = threading.Condition()
        self._sending = self._finished = False
        self.left_out = 0
        """Blocks that were left out so far."""
        self._thread = threading.Thread(target=self._run, daemon=True, name="ears-feeder")
        self._thread.start()

    @property
    def waiting(self) -> bool:
        """Whether something is still to be sent: the other end does not take it."""
        with self._news:
            return self._sending or bool(self._messages)

    def put(self, message: Any) -> None:
        """Send a message soon."""
        with self._news:
            self._messages.append(message)
            if len(self._messages) > _WAITING:
                self._leave_out()
            self._news.notify()

    def _leave_out(self) -> None:
        late = len(self._messages) - _KEPT
        old = [self._messages.popleft() for _ in range(late)]
        kept = [message for message in old if not isinstance(message, Exchange)]
        self.left_out += late - len(kept)
        self._messages.extendleft(reversed(kept))

    def finish(self) -> None:
        """Tell the other end that nothing follows, in place of what still waits."""
        with self._news:
            self._finished = True
            self._messages.clear()
            self._messages.append(None)
            self._news.notify()

    def join(self) -> None:
        """Wait for the thread. The other end must have read what was sent, or be closed."""
        self._thread.join()

    def _run(self) -> None:
        while True:
            with self._news:
                self._sending = False
                self._news.wait_for(lambda: self._messages)
                message = self._messages.popleft()
                self._sending = True
            try:
                self._pipe.send(message)
            except (OSError, ValueError):  # the other end is gone; whoever reads from it is told
                return
            if message is None:
                return
