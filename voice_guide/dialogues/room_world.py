"""A dialogue with sound, in the simulated room: synthetic voices, the canceller and Vosk."""

from collections.abc import Callable

from voice_guide.audio.room import RoomSettings, SimulatedRoom
from voice_guide.conductor import Conductor, Opening, Voice
from voice_guide.dialogues.runner import Runner
from voice_guide.dialogues.world import World
from voice_guide.ears import InlineEars
from voice_guide.language.pack import Language
from voice_guide.rehearsal.cues import Cue
from voice_guide.session import actions, events
from voice_guide.session.engine import Engine
from voice_guide.session.state import State
from voice_guide.sounding import Told
from voice_guide.speech.model import SpeechModel

LEVEL_DB = -26.0
"""The person's level at the microphone, dB re full scale."""

OVER_AFTER = 1.5
"""Seconds of quiet after which what was said is taken for over, heard or not."""


class RoomMaker:
    """Makes rooms with the same ears, and voices for the language that is spoken."""

    def __init__(
        self,
        model: SpeechModel,
        narrator: Callable[[Language], Voice],
        person: Callable[[Language], Voice],
    ) -> None:
        """Get ready.

        Args:
            model: what recognises the person.
            narrator: returns the voice of the guide.
            person: returns the voice of the person; not the narrator's, as in life.
        """
        self.model = model
        self._make = {"narrator": narrator, "person": person}
        self._voices: dict[tuple[str, str], Voice] = {}

    def __call__(self, engine: Engine, watcher: Runner, began: events.Began) -> World:
        """Make a room in which a session is played."""
        return RoomWorld(self, engine, watcher, began)

    def voice(self, of: str, language: Language) -> Voice:
        """Return the voice of the "narrator" or the "person" in a language."""
        key = (of, language.code)
        if key not in self._voices:
            self._voices[key] = self._make[of](language)
        return self._voices[key]


class RoomWorld:
    """A session with sound, in a simulated room."""

    def __init__(
        self, maker: RoomMaker, engine: Engine, watcher: Runner, began: events.Began
    ) -> None:
        """Get ready."""
        self._room = SimulatedRoom(RoomSettings())
        language = engine.setting.language
        self._person = maker.voice("person", language)
        self._conductor = Conductor(
            engine,
            self._room,
            InlineEars(maker.model),
            maker.voice("narrator", language),
            (watcher, self),
            opening=Opening(engine.begin(), began),
        )
        self._voice_heard = False
        self._quiet_since = 0.0

    @property
    def now(self) -> float:
        """Session time in seconds."""
        return self._conductor.now

    @property
    def state(self) -> State:
        """What the session knows."""
        return self._conductor.state

    @property
    def speaking(self) -> bool:
        """Whether the person is speaking, or was just now and may still be understood."""
        if self._room.speaking:
            self._quiet_since = self.now
            return True
        return self._voice_heard and self.now < self._quiet_since + OVER_AFTER

    def tell(self, at: float, what: Told) -> None:
        """Follow the voice of the person."""
        del at
        if isinstance(what, events.SpeechBegan | events.SpeechOver):
            self._voice_heard = isinstance(what, events.SpeechBegan)

    def begin(self) -> None:
        """Begin the session."""
        self._conductor.begin()

    def advance(self, until: float) -> None:
        """Let one block of sound pass."""
        del until
        self._conductor.tick()

    def speak(self, cue: Cue) -> None:
        """Let the person begin to say something."""
        self._room.speak(self._person.render(cue.words).samples, level_db=LEVEL_DB)

    def press(self, intent: str) -> None:
        """Act as if a key that stands for a universal was pressed."""
        self._conductor.command(intent)
        self._conductor.tick()

    def spoken(self, action: actions.Say) -> str:
        """Return what sounds of a line that begins."""
        return self._conductor.spoken(action)

    def doubt(self, confidence: float) -> None:
        """Do nothing: how sure the recogniser is, it says itself."""

    def restart(self, away: float) -> None:
        """Refuse: such dialogues are left out, see ``only_in_text``."""
        raise NotImplementedError
