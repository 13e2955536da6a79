"""The journal of the session that is being played: every event, before its actions."""

import json
import sqlite3
from collections.abc import Callable, Iterable

from voice_guide.session.actions import (
    Action,
    Answered,
    AreaNamed,
    Ended,
    Halted,
    HoldBegan,
    HoldEnded,
    Resumed,
    Say,
    ScaleTurned,
    StepBegan,
)
from voice_guide.session.events import Event
from voice_guide.session.state import State
from voice_guide.store import clock
from voice_guide.store.codec import encode
from voice_guide.store.database import transaction
from voice_guide.store.snapshots import save_snapshot

SNAPSHOT_EVERY = 500
"""Events between two snapshots of the state, so that a long session resumes at once."""

SUM_UP_AFTER = 10.0
"""Session seconds after which the totals are brought up to date though nothing was noticed."""

RETRY_AFTER = 5.0
"""Session seconds until a journal that could not be written is tried again."""

_BOUNDARIES = (
    Say,
    StepBegan,
    ScaleTurned,
    AreaNamed,
    Answered,
    Halted,
    Resumed,
    HoldBegan,
    HoldEnded,
    Ended,
)
"""What people notice. After these the totals are brought up to date."""


class SessionJournal:
    """Writes one sitting of a session.

    An event is committed before its actions run, so the death of the process loses nothing that
    had any effect. What reaches the ears is synced to the disk itself as soon as it has begun, by
    another thread: the disk may be slow, and neither "stop" nor a word must wait for it.

    A disk that is full does not end a session: what could not be written is kept in memory and
    tried again.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        session: int,
        sitting: int,
        sync: Callable[[], None],
        *,
        events: int = 0,
        step: tuple[int, int, str] = (0, 0, ""),
        practised_before: float = 0.0,
    ) -> None:
        """Go on with a session.

        Args:
            connection: the journal.
            session: the number of the session.
            sitting: which sitting of it this is, from 1.
            sync: has what is written brought onto the disk itself, without waiting for it.
            events: how many events it has so far.
            step: the number of the step that it is in, how many there are, and its name.
            practised_before: seconds of practice in the sittings before this one.
        """
        self.session = session
        self.on_trouble: Callable[[str], None] = lambda _: None
        """Called with the reason when events cannot be written for the first time."""
        self._connection = connection
        self.sitting = sitting
        self._sync = sync
        self._events = events
        self._pending: list[tuple[int, int, str, str]] = []
        self._tried = self._summed_up = 0.0
        self._told = False
        self._step = step
        self._practised_before = practised_before
        self._snapshot_after = events + SNAPSHOT_EVERY

    @property
    def complete(self) -> bool:
        """Whether every event so far is written."""
        return not self._pending

    def record(self, event: Event) -> None:
        """Write an event. To be called before the session takes it."""
        self._events += 1
        self._pending.append((self.session, self._events, *encode(event)))
        if len(self._pending) == 1 or not 0 <= event.at - self._tried < RETRY_AFTER:
            self._tried = event.at
            self._try(self._write_pending)

    def acted(self, state: State, done: Iterable[Action]) -> None:
        """Take note of what an event has led to. To be called when its actions have begun."""
        done = tuple(done)
        for action in done:
            if isinstance(action, StepBegan):
                self._step = (action.number, action.count, action.name)
        if self._pending:
            return
        noticed = any(isinstance(action, _BOUNDARIES) for action in done)
        if noticed or state.last_at - self._summed_up >= SUM_UP_AFTER:
            self._summed_up = state.last_at
            self._try(lambda: self._write_summary(state))
            self._sync()
        if self._events >= self._snapshot_after:
            self._snapshot_after = self._events + SNAPSHOT_EVERY
            self._try(lambda: save_snapshot(self._connection, self.session, self._events, state))

    def flush(self) -> None:
        """Write what is left, if that is possible now. To be called at the end."""
        if self._pending:
            self._try(self._write_pending)

    def _try(self, write: Callable[[], None]) -> None:
        try:
            write()
        except sqlite3.Error as error:
            self.trouble(str(error))

    def trouble(self, reason: str) -> None:
        """Tell that the disk does not take what is written, once until it does again."""
        if not self._told:
            self._told = True
            self.on_trouble(reason)

    def _write_pending(self) -> None:
        with transaction(self._connection) as connection:
            connection.executemany("INSERT INTO events VALUES (?, ?, ?, ?)", self._pending)
        self._pending.clear()
        self._told = False

    def _write_summary(self, state: State) -> None:
        with transaction(self._connection) as connection:
            connection.execute(
                "UPDATE sessions SET seconds = ?, step = ?, steps = ?, step_name = ?, answers = ?,"
                " reason = ? WHERE id = ?",
                (
                    state.last_at,
                    *self._step,
                    json.dumps(dict(state.answers)),
                    state.ending,
                    self.session,
                ),
            )
            connection.execute(
                "UPDATE sittings SET last = ?, to_s = ?, practised = ?"
                " WHERE session = ? AND number = ?",
                (
                    clock.now().epoch,
                    state.last_at,
                    state.practised - self._practised_before,
                    self.session,
                    self.sitting,
                ),
            )
