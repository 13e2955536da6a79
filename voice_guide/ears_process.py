"""Ears in a process of their own, so that decoding never makes the loudspeaker stutter.

PortAudio's callbacks run Python code; in one process with the canceller and the recogniser they
starve. Blocks go out through one pipe, numbered by the sound device, and hearings come back
through it. The player never waits for the ears: a thread of its own feeds the pipe.
"""

import multiprocessing
import signal
from ctypes import c_longlong
from multiprocessing import sharedctypes
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from voice_guide.audio.device import Exchange
from voice_guide.audio.format import BLOCK_SECONDS
from voice_guide.ears import NOTHING_YET, Deaf, HearsAgain, InlineEars, Report
from voice_guide.errors import MachineError, VoiceGuideError
from voice_guide.feeder import Feeder
from voice_guide.session.actions import Mode
from voice_guide.speech.grammar import Grammar
from voice_guide.speech.model import open_model

START_WITHIN = 60.0
"""Seconds that loading the speech model may take."""

HANGS_AFTER = 6.0
"""Seconds of sound without any progress after which the process counts as hung."""

MOST_RESTARTS = 3
"""A process that ends more often has a lasting reason..."""

FORGIVEN_AFTER = 600.0
"""...but for what it did so many seconds ago."""

_KILL_AFTER = 1.0


class ProcessEars:
    """Ears that run beside the player. If they die or hang they are started again."""

    def __init__(self, model_folder: Path, *, mode: Mode = "room") -> None:
        """Start the process; ``wait_until_ready`` says when it can hear."""
        self._model_folder = model_folder
        self._grammar = NOTHING_YET
        self._mode: Mode = mode
        self._restarts: list[int] = []
        self._blocks = 0
        self._ready = self._given_up = False
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        # Counted by the process alone, so it needs no lock.
        self._taken: Any = sharedctypes.RawValue(c_longlong, 0)
        self._seen_taken, self._moved_at, self._started_at = 0, self._blocks, self._blocks
        self._process = context.Process(
            target=_listen,
            args=(theirs, self._taken, self._model_folder),
            daemon=True,
            name="voice-guide ears",
        )
        self._process.start()
        theirs.close()
        self._feeder = Feeder(self._pipe)

    def wait_until_ready(self) -> None:
        """Wait until the speech model is loaded.

        Raises:
            VoiceGuideError: the ears cannot start; the message says why.
        """
        if self._ready:
            return
        try:
            if not self._pipe.poll(START_WITHIN):
                raise MachineError("The recogniser did not start within a minute.")
            self._take_answer()
        except (EOFError, OSError) as error:
            raise MachineError("The recogniser's process ended while it was starting.") from error

    def _take_answer(self) -> None:
        answer = self._pipe.recv()
        if isinstance(answer, VoiceGuideError):
            raise answer
        self._ready = True
        self._moved_at = self._blocks
        self._feeder.put(("set_mode", self._mode))
        self._feeder.put(("set_grammar", self._grammar))

    def accept(self, exchange: Exchange) -> list[Report]:
        """Hand over one block of time, at once. Return what has been decided since the last call.

        When the process has died, or hangs, it says ``Deaf`` and starts another in the
        background; ``HearsAgain`` follows when that has loaded the model.
        """
        self._blocks += 1
        if self._given_up:
            return []
        try:
            if not self._ready:
                return self._started()
            self._feeder.put(exchange)
            told: list[Report] = []
            while self._pipe.poll():
                told += self._pipe.recv()
            self._require_progress()
            return told
        except (EOFError, OSError, VoiceGuideError):
            return self._restart()

    def _started(self) -> list[Report]:
        """Look whether a process that was started again can hear yet."""
        if self._pipe.poll():
            self._take_answer()
            return [HearsAgain()]
        if self._since(self._started_at) > START_WITHIN:
            raise MachineError("The recogniser did not start within a minute.")
        return []

    def _require_progress(self) -> None:
        taken = self._taken.value
        if taken != self._seen_taken or not self._feeder.waiting:
            self._seen_taken, self._moved_at = taken, self._blocks
        elif self._since(self._moved_at) > HANGS_AFTER:
            raise MachineError("The recogniser hangs.")

    def _since(self, block: int) -> float:
        return (self._blocks - block) * BLOCK_SECONDS

    def _restart(self) -> list[Report]:
        was_ready = self._ready
        self._ready = False
        self.close()
        recent = [at for at in self._restarts if self._since(at) < FORGIVEN_AFTER]
        self._restarts = [*recent, self._blocks]
        if len(recent) >= MOST_RESTARTS:
            self._given_up = True
            return [Deaf(for_good=True)]
        self._start()
        return [Deaf()] if was_ready else []

    def set_grammar(self, grammar: Grammar) -> None:
        """Listen for other phrases, from the next utterance on."""
        self._grammar = grammar
        if self._ready:
            self._feeder.put(("set_grammar", grammar))

    def set_mode(self, mode: Mode) -> None:
        """Listen in another way."""
        self._mode = mode
        if self._ready:
            self._feeder.put(("set_mode", mode))

    def open(self) -> None:
        """A key or a pedal was pressed: in the mode "push", listen for a moment."""
        if self._ready:
            self._feeder.put(("open",))

    def close(self) -> None:
        """End the process: one that works may end by itself. May be called twice."""
        self._feeder.finish()
        self._process.join(_KILL_AFTER if self._ready else 0.0)
        if self._process.is_alive():
            self._process.kill()  # a process that hangs does not hear SIGTERM
            self._process.join()
        self._feeder.join()
        self._pipe.close()


def _listen(pipe: Connection, taken: Any, model_folder: Path) -> None:
    """Run in the ears' process: take blocks, and calls by name, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the player's to handle
    try:
        ears = InlineEars(open_model(model_folder), calibrating=True)
    except VoiceGuideError as error:
        pipe.send(error)
        return
    pipe.send(None)
    try:
        while (message := pipe.recv()) is not None:
            if isinstance(message, Exchange):
                decided = ears.accept(message)
                taken.value += 1
                if decided:
                    pipe.send(decided)
            else:
                name, *arguments = message
                getattr(ears, name)(*arguments)
    except (EOFError, OSError):
        return
