"""Playing with a journal: begin a session that outlives this process, or go on with one."""

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Literal

from voice_guide.conductor import Opening
from voice_guide.errors import InputError, MachineError, VoiceGuideError, reason
from voice_guide.opening import Opened, open_loaded, open_session
from voice_guide.script.loader import is_as_kept, parse_kept
from voice_guide.session.events import Began, Continued
from voice_guide.settings import Settings
from voice_guide.sitting import Sitting, Tell
from voice_guide.store.kept import KeptScript, KeptSession
from voice_guide.store.lock import AnotherPlayerError
from voice_guide.store.recording import Recording
from voice_guide.store.store import Store


@contextlib.contextmanager
def keep(
    opened: Opened, settings: Settings, tell: Tell, *, record: bool = False
) -> Iterator[Sitting]:
    """Journal a session of a script; go on with its last one if that was broken off.

    Without a journal it can be played all the same, and ``tell`` says why there is none.

    Args:
        opened: the script.
        settings: for the script as it was, where a session is gone on with.
        tell: shows lines about the program.
        record: whether the sound is recorded too.

    Raises:
        MachineError: another player is at work, or the recording cannot be begun.
    """
    try:
        store = Store()
    except AnotherPlayerError:
        raise
    except (InputError, MachineError) as error:
        yield _unkept(opened, tell, str(error), record=record)
        return
    except (OSError, sqlite3.Error) as error:
        why = f"The journal cannot be used: {reason(error)}."
        yield _unkept(opened, tell, why, record=record)
        return
    with _playing(store, settings, tell, record) as playing:
        try:
            sitting = playing.sit_down(opened)
        except sqlite3.Error as error:
            why = f"The journal cannot be written: {error}."
            sitting = _unkept(opened, tell, why, record=record)
        yield sitting


@contextlib.contextmanager
def keep_last(
    name: str | None, settings: Settings, tell: Tell, *, record: bool = False
) -> Iterator[Sitting]:
    """Go on with the session that was broken off last, of a script or of any.

    Raises:
        InputError: there is none, or this version of the program can make no sense of it.
        MachineError: another player is at work, or the journal cannot be used.
    """
    try:
        store = Store()
    except OSError as error:
        raise MachineError(f"The journal cannot be used: {reason(error)}.") from error
    with _playing(store, settings, tell, record) as playing:
        last = store.unfinished(name=name)
        if last is None:
            which = "No session" if name is None else f'No session of "{name}"'
            raise InputError(
                f"{which} was broken off. Type 'voice-guide history' to see what was played, "
                "or 'voice-guide play' to begin one."
            )
        try:
            sitting = playing.go_on(last)
        except sqlite3.Error as error:
            raise MachineError(
                f"The journal cannot be written: {error}. The session is still in it. "
                "Is the disk full? Make room, and type the same again."
            ) from error
        yield sitting


@contextlib.contextmanager
def _playing(store: Store, settings: Settings, tell: Tell, record: bool) -> Iterator["_Playing"]:
    playing = _Playing(store, settings, tell, record)
    if store.told is not None:
        tell(store.told)
    try:
        if record:
            store.require_room_to_record()
        yield playing
    finally:
        playing.close()
        store.close()


def _unkept(opened: Opened, tell: Tell, why: str, *, record: bool) -> Sitting:
    """Return a sitting without a journal.

    Raises:
        MachineError: it was to be recorded; no erasing would find the recording.
    """
    if record:
        raise MachineError(f"{why}\nWithout it nothing is recorded. Play without --record.")
    tell(f"{why}\nThe session can be played, but not be picked up if it is broken off.")
    opening = Opening(opened.engine.begin(), Began(0.0))
    anew = partial(_unkept, opened, tell, why, record=False)
    return Sitting(opened.engine, opening, anew, tell)


class _Playing:
    """Makes sittings that are journalled in a store."""

    def __init__(self, store: Store, settings: Settings, tell: Tell, record: bool) -> None:
        self._store = store
        self._settings = settings
        self._tell = tell
        self._record = record
        self._recording: Recording | None = None

    def close(self) -> None:
        """End what is recorded."""
        if self._recording is not None:
            self._recording.close()
            self._recording = None

    def sit_down(self, opened: Opened) -> Sitting:
        """Go on with the last session of a script if it was broken off, or begin one."""
        last = self._store.unfinished(path=opened.loaded.path.resolve())
        if last is not None:
            try:
                return self.go_on(last)
            except InputError as error:
                self._tell(f"{error}\nIt begins anew.")
        return self.begin(opened)

    def begin(self, opened: Opened) -> Sitting:
        """Begin a session."""
        return self._begin(opened, _kept(opened))

    def _begin(self, opened: Opened, kept: KeptScript) -> Sitting:
        used = self._store.used(kept.practice)
        opening = Opening(opened.engine.begin(), Began(0.0, used.today, used.days_since))
        journal = self._store.begin(kept)
        anew = partial(self._begin_anew, opened, kept)
        return self._recorded(Sitting(opened.engine, opening, anew, self._tell, journal))

    def go_on(self, last: KeptSession) -> Sitting:
        """Go on with a session that was broken off.

        Raises:
            InputError: this version of the program can make no sense of it.
        """
        kept = self._store.script_of(last)
        opened = open_loaded(parse_kept(kept.text, kept.path), self._settings)
        reopened = self._store.reopen(last, opened.engine)
        used = self._store.used(last.practice).today
        event = Continued(reopened.state.last_at, reopened.away, _fate_of(kept), used)
        opening = Opening(reopened.state, event)
        anew = partial(self._begin_anew, opened, kept)
        return self._recorded(Sitting(opened.engine, opening, anew, self._tell, reopened.journal))

    def _begin_anew(self, opened: Opened, kept: KeptScript) -> Sitting:
        """Begin a session that was to be started over: amid it, so whatever fails is only told."""
        try:
            opened = open_session(str(kept.path), self._settings)
            kept = _kept(opened)
        except VoiceGuideError as error:
            self._tell(f"{error}\nIt begins with the script as it was.")
        try:
            return self._begin(opened, kept)
        except sqlite3.Error as error:
            why = f"The journal cannot be written: {error}."
            sitting = _unkept(opened, self._tell, why, record=False)
            return replace(sitting, unrecorded=self._record)

    def _recorded(self, sitting: Sitting) -> Sitting:
        """Return the sitting with its recording begun, if that was asked for."""
        self.close()
        if not self._record or sitting.journal is None:
            return sitting
        try:
            self._recording = self._store.record()
        except (OSError, sqlite3.Error) as error:
            self._tell(f"Nothing is recorded: {reason(error)}.")
            return replace(sitting, unrecorded=True)
        self._tell(
            f"This session is recorded, with all that is said in the room: {self._recording.path}\n"
            f"To erase it, type: voice-guide forget {sitting.journal.session}"
        )
        return replace(sitting, recording=self._recording)


def _kept(opened: Opened) -> KeptScript:
    path = opened.loaded.path.resolve()
    text = opened.loaded.source
    script = opened.loaded.script
    shared = None if script.limits is None else script.limits.shared
    practice = path.stem if shared is None else f"shared: {shared}"
    return KeptScript(path.stem, path, script.title, text, practice)


def _fate_of(kept: KeptScript) -> Literal["same", "changed", "missing"]:
    try:
        return "same" if is_as_kept(kept.text, kept.path) else "changed"
    except InputError:
        return "missing" if not kept.path.exists() else "changed"
