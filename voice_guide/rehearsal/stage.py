"""Plays a session in the simulated room, faster than real time and the same every time."""

import time
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

import numpy as np
import soundfile

from voice_guide import private
from voice_guide.audio.format import RATE, Samples
from voice_guide.audio.room import RoomSettings, SimulatedRoom
from voice_guide.conductor import Conductor, Journal, Opening, Voice, Watcher
from voice_guide.ears import InlineEars
from voice_guide.errors import InputError
from voice_guide.rehearsal.all_well import well_answers
from voice_guide.rehearsal.cues import Cue
from voice_guide.rehearsal.outcome import LONGEST, Rehearsal
from voice_guide.rehearsal.person import Person
from voice_guide.session.engine import Engine
from voice_guide.speech.model import SpeechModel
from voice_guide.speech.recordings import read_recording


class _Voice:
    """The person's voice in the room."""

    def __init__(
        self, room: SimulatedRoom, sound: Callable[[Cue], Samples], level_db: float
    ) -> None:
        self._room = room
        self._sound = sound
        self._level_db = level_db

    @property
    def speaking(self) -> bool:
        return self._room.speaking

    def speak(self, cue: Cue) -> None:
        self._room.speak(self._sound(cue), level_db=self._level_db)


class Stage:
    """A simulated room with a person in it, and a session to play there."""

    def __init__(
        self,
        engine: Engine,
        model: SpeechModel,
        narrator: Voice,
        person_voice: Voice,
        cues: Iterable[Cue],
        *,
        room: RoomSettings | None = None,
        noise: Samples | None = None,
        level_db: float = -26.0,
        helpful: bool = True,
        only: Collection[str] | None = None,
        watchers: Iterable[Watcher] = (),
        record: bool = False,
        notices: Iterable[str] = (),
        journal: Journal | None = None,
        opening: Opening | None = None,
    ) -> None:
        """Set the stage; ``play`` plays.

        Args:
            engine: the session.
            model: what recognises the person.
            narrator: the voice of the guide.
            person_voice: the voice of the person; not the narrator's, as in life.
            cues: what the person says, and when.
            room: the room; a quiet living room when left out.
            noise: a recording of noise that the room repeats, shape (n,).
            level_db: level of the person at the microphone, dB re full scale.
            helpful: the person answers and says "ready" also where no cue says so.
            only: the questions that are answered where no cue says so, by text; all if left out.
            watchers: who is told what happens.
            record: keep both sides of the sound.
            notices: the prompts that tell what is to be known at the beginning.
            journal: where the events are kept; nowhere when left out.
            opening: where the session begins; at its beginning when left out.

        Raises:
            InputError: a recording in the cues cannot be read, or words in them make no sound.
        """
        cues = tuple(cues)
        self.room = SimulatedRoom(room, noise_recording=noise, record=record)
        self._person_voice = person_voice
        self._recordings = {cue.wav: read_recording(cue.wav) for cue in cues if cue.wav}
        for cue in cues:
            if not np.any(self._sound(cue)):
                raise InputError(f"There is no sound in {cue.said!r}. Write words to be spoken.")
        voice = _Voice(self.room, self._sound, level_db)
        self._person = Person(
            voice,
            cues,
            helpful=helpful,
            well=well_answers(engine.setting.script),
            only=only,
        )
        self._conductor = Conductor(
            engine,
            self.room,
            InlineEars(model),
            narrator,
            (*watchers, self._person),
            journal=journal,
            opening=opening,
        )

        for prompt in notices:
            self._conductor.notice(prompt)

    def _sound(self, cue: Cue) -> Samples:
        if cue.wav is not None:
            return self._recordings[cue.wav]
        return self._person_voice.render(cue.words).samples

    def play(self) -> Rehearsal:
        """Play the session to its end, or for ``LONGEST`` seconds of session time."""
        began = time.perf_counter()
        conductor = self._conductor
        conductor.begin()
        while not conductor.state.ended and conductor.now < LONGEST:
            conductor.tick()
            self._person.act(conductor.now)
        conductor.ring_out()
        took = time.perf_counter() - began
        return Rehearsal(conductor.now, took, conductor.state.ended, self._person.unsaid)

    def write(self, path: Path) -> None:
        """Write a stereo WAV: left what the loudspeaker played, right what the microphone heard.

        Raises:
            InputError: the file cannot be written.
        """
        sounds = self.room.recording()
        played = min(map(len, sounds))  # interrupted in a block, one side may be ahead of the other
        try:
            private.make_file(path)
            sides = np.stack([sound[:played] for sound in sounds], axis=1)
            soundfile.write(path, sides, RATE, format="WAV")
        except (OSError, soundfile.LibsndfileError) as error:
            raise InputError(f"{path}: the recording cannot be written: {error}") from error


def require_writable(path: Path) -> None:
    """Find out before a long rehearsal whether its recording can be written.

    Raises:
        InputError: it cannot; the message says why.
    """
    if path.is_dir():
        reason = "this is a folder, not a file"
    elif not path.parent.is_dir():
        reason = f"there is no folder {path.parent}"
    else:
        there = path.exists()
        try:
            path.open("ab").close()
        except OSError as error:
            reason = f"the system says: {error.strerror}"
        else:
            if not there:
                path.unlink()
            return
    raise InputError(
        f"{path}: the recording cannot be written: {reason}. "
        "Change to another folder, or choose another file: rehearse --out FILE."
    )
