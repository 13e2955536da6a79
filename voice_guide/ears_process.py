"""Ears in a process of their own, so that decoding never makes the loudspeaker stutter.

PortAudio's callbacks run Python code; in one process with the canceller and the recogniser they
starve. Blocks go out through one pipe, numbered by the sound device, and hearings come back
through another.
"""

import multiprocessing
import signal
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from voice_guide.audio.device import Exchange
from voice_guide.ears import NOTHING_YET, InlineEars
from voice_guide.errors import MachineError, VoiceGuideError
from voice_guide.speech.grammar import Grammar
from voice_guide.speech.hearing import Hearing
from voice_guide.speech.model import open_model

START_WITHIN = 60.0
"""Seconds that loading the speech model may take."""

MOST_RESTARTS = 3
"""A process that dies more often has a lasting reason."""


class ProcessEars:
    """Ears that run beside the player. If they die they are started again."""

    def __init__(self, model_folder: Path, *, cancel_echo: bool = True) -> None:
        """Start the process; ``wait_until_ready`` says when it can hear."""
        self._arguments = (model_folder, cancel_echo)
        self._grammar = NOTHING_YET
        self._restarts = 0
        self._ready = False
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=_listen, args=(theirs, *self._arguments), daemon=True, name="voice-guide ears"
        )
        self._process.start()
        theirs.close()

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
            answer = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise MachineError("The recogniser's process ended while it was starting.") from error
        if isinstance(answer, VoiceGuideError):
            raise answer
        self._ready = True
        self._pipe.send(self._grammar)

    def accept(self, exchange: Exchange) -> list[Hearing]:
        """Hand over one block of time. Return what has been decided since the last call."""
        try:
            self._pipe.send(exchange)
            return list(self._decided())
        except (EOFError, OSError) as error:
            self._restart(error)
            return []

    def _decided(self) -> Iterator[Hearing]:
        while self._pipe.poll():
            yield from self._pipe.recv()

    def _restart(self, error: Exception) -> None:
        self.close()
        if self._restarts == MOST_RESTARTS:
            raise MachineError(
                "The recogniser's process ended again and again. "
                "Run 'voice-guide doctor' to see what is wrong with the speech model."
            ) from error
        self._restarts += 1
        self._ready = False
        self._start()
        self.wait_until_ready()

    def set_grammar(self, grammar: Grammar) -> None:
        """Listen for other phrases, from the next utterance on."""
        self._grammar = grammar
        if self._ready:
            try:
                self._pipe.send(grammar)
            except OSError as error:
                self._restart(error)

    def close(self) -> None:
        """End the process. May be called twice."""
        self._pipe.close()
        self._process.join(0.5)
        if self._process.is_alive():
            self._process.terminate()
            self._process.join()


def _listen(pipe: Connection, model_folder: Path, cancel_echo: bool) -> None:
    """Run in the ears' process: take blocks and grammars until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the player's to handle
    try:
        ears = InlineEars(open_model(model_folder), cancel_echo=cancel_echo)
    except VoiceGuideError as error:
        pipe.send(error)
        return
    pipe.send(None)
    try:
        while True:
            message = pipe.recv()
            if isinstance(message, Exchange):
                decided = ears.accept(message)
                if decided:
                    pipe.send(decided)
            else:
                ears.set_grammar(message)
    except (EOFError, OSError):
        return
