"""One run of a session, ready to be played on any sound device."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from voice_guide.audio.device import DuplexDevice
from voice_guide.audio.tapped import Tap, TappedDevice
from voice_guide.conductor import Conductor, Opening, Voice, Watcher
from voice_guide.ears import Ears
from voice_guide.session.engine import Engine
from voice_guide.store.journal import SessionJournal
from voice_guide.store.recording import Recording
from voice_guide.suspension import SleepWatch

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
    recording: Recording | None = None
    """None when the sound is not recorded."""
    unrecorded: bool = False
    """It was to be recorded, but that is not possible any more."""

    def conductor(
        self, device: DuplexDevice, ears: Ears, narrator: Voice, watchers: Iterable[Watcher]
    ) -> Conductor:
        """Return what plays it."""

        def woken(slept: float) -> None:
            conductor.notice("woken", pause=True, lasted=slept)

        def recording_trouble(reason: str) -> None:
            self.tell(f"The recording ends here: {reason}. The session goes on.")
            conductor.notice("recording stopped")

        conductor = Conductor(
            self.engine,
            self._tapped(device, woken),
            ears,
            narrator,
            watchers,
            journal=self.journal,
            opening=self.opening,
        )
        if self.recording is not None:
            self.recording.on_trouble = recording_trouble
            conductor.notice("recording")
        if self.unrecorded:
            conductor.notice("recording stopped")
        if self.journal is None:
            conductor.notice("journal unavailable")
            return conductor

        def trouble(reason: str) -> None:
            self.tell(f"The journal cannot be written: {reason}. The session goes on without it.")
            conductor.notice("journal lost")

        self.journal.on_trouble = trouble
        return conductor

    def _tapped(self, device: DuplexDevice, woken: Callable[[float], None]) -> DuplexDevice:
        """Return the device, watched for a sleep of the machine and recorded if that was asked."""
        taps: list[Tap] = [SleepWatch(woken).look]
        if self.recording is not None:
            taps.append(self.recording.add)
        return TappedDevice(device, *taps)
