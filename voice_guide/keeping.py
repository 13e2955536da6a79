"""Playing with a journal: begin a session that outlives this process, or go on with one."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from voice_guide.audio.device import DuplexDevice
from voice_guide.conductor import Conductor, Opening, Voice, Watcher
from voice_guide.ears import Ears
from voice_guide.errors import InputError, MachineError
from voice_guide.opening import Opened, open_loaded, open_session
from voice_guide.script.loader import parse_script
from voice_guide.script.reading import read_script_text
from voice_guide.session.engine import Engine
from voice_guide.session.events import Began, Continued
from voice_guide.settings import Settings
from voice_guide.store.journal import SessionJournal
from voice_guide.store.kept import KeptScript, KeptSession
from voice_guide.store.lock import AnotherPlayerError
from voice_guide.store.store import Store
from voice_guide.suspension import WatchedDevice

Tell = Callable[[str], None]
"""Shows a line to the user."""


@dataclass(frozen=True)
class Sitting:
    """One run of a session: from its beginning, or from where it was broken off."""

    engine: Engine
    opening: Opening
    anew: Callable[[], "Sitting"]
    """Begins the script from the beginning."""
    tell: Tell
    journal: SessionJournal | None = None
    """None when no notes can be taken."""

    def conductor(
        self, device: DuplexDevice, ears: Ears, narrator: Voice, watchers: Iterable[Watcher]
    ) -> Conductor:
        """Return what plays it."""

        def woken(slept: float) -> None:
            conductor.notice("woken", pause=True, lasted=slept)

        conductor = Conductor(
            self.engine,
            WatchedDevice(device, woken),
            ears,
            narrator,
            watchers,
            journal=self.journal,
            opening=self.opening,
        )
        if self.journal is None:
            conductor.notice("journal unavailable")
            return conductor

        def trouble(reason: str) -> None:
            self.tell(f"The journal cannot be written: {reason}. The session goes on without it.")
            conductor.notice("journal lost")

        self.journal.on_trouble = trouble
        return conductor


@contextlib.contextmanager
def keep(opened: Opened, settings: Settings, tell: Tell) -> Iterator[Sitting]:
    """Journal a session of a script; go on with its last one if that was broken off.

    Without a journal it can be played all the same, and ``tell`` says why there is none.

    Raises:
        MachineError: another player is at work.
    """
    try:
        store = Store()
    except AnotherPlayerError:
        raise
    except (InputError, MachineError, OSError) as error:
        tell(f"{error}\nThe session can be played, but not be picked up if it is broken off.")
        yield _unkept(opened, tell)
        return
    with _open(store, tell):
        try:
            sitting = _Playing(store, settings, tell).sit_down(opened)
        except sqlite3.Error as error:
            tell(
                f"The journal cannot be written: {error}.\n"
                "The session can be played, but not be picked up if it is broken off."
            )
            sitting = _unkept(opened, tell)
        yield sitting


@contextlib.contextmanager
def keep_last(name: str | None, settings: Settings, tell: Tell) -> Iterator[Sitting]:
    """Go on with the session that was broken off last, of a script or of any.

    Raises:
        InputError: there is none, or this version of the program can make no sense of it.
        MachineError: another player is at work, or the journal cannot be used.
    """
    try:
        store = Store()
    except OSError as error:
        raise MachineError(f"The journal cannot be used: {error}.") from error
    with _open(store, tell):
        last = store.unfinished(name=name)
        if last is None:
            which = "No session" if name is None else f'No session of "{name}"'
            raise InputError(
                f"{which} was broken off. Type 'voice-guide history' to see what was played, "
                "or 'voice-guide play' to begin one."
            )
        yield _Playing(store, settings, tell).go_on(last)


@contextlib.contextmanager
def _open(store: Store, tell: Tell) -> Iterator[None]:
    if store.told is not None:
        tell(store.told)
    try:
        yield
    finally:
        store.close()


def _unkept(opened: Opened, tell: Tell) -> Sitting:
    opening = Opening(opened.engine.begin(), Began(0.0))
    return Sitting(opened.engine, opening, lambda: _unkept(opened, tell), tell)


class _Playing:
    """Makes sittings that are journalled in a store."""

    def __init__(self, store: Store, settings: Settings, tell: Tell) -> None:
        self._store = store
        self._settings = settings
        self._tell = tell

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
        path = opened.loaded.path.resolve()
        kept = KeptScript(
            path.stem, path, opened.loaded.script.title, read_script_text(opened.loaded.path)
        )
        used = self._store.used(path.stem)
        opening = Opening(opened.engine.begin(), Began(0.0, used.today, used.days_since))
        journal = self._store.begin(kept)
        return Sitting(opened.engine, opening, lambda: self.begin(opened), self._tell, journal)

    def go_on(self, last: KeptSession) -> Sitting:
        """Go on with a session that was broken off.

        Raises:
            InputError: this version of the program can make no sense of it.
        """
        kept = self._store.script_of(last)
        engine = open_loaded(parse_script(kept.text, kept.path), self._settings).engine
        reopened = self._store.reopen(last, engine)
        used = self._store.used(kept.name).today
        event = Continued(reopened.state.last_at, reopened.away, _fate_of(kept), used)
        opening = Opening(reopened.state, event)
        return Sitting(engine, opening, lambda: self._anew(kept.path), self._tell, reopened.journal)

    def _anew(self, path: Path) -> Sitting:
        return self.begin(open_session(str(path), self._settings))


def _fate_of(kept: KeptScript) -> Literal["same", "changed", "missing"]:
    try:
        text = read_script_text(kept.path)
    except InputError:
        return "missing" if not kept.path.exists() else "changed"
    return "same" if text == kept.text else "changed"
