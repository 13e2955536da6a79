"""The ears: echo canceller and recogniser in a row, from blocks of sound to what was heard."""

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from voice_guide.audio.calibration import RoomMeter, RoomReport
from voice_guide.audio.canceller import EchoCanceller
from voice_guide.audio.device import Exchange
from voice_guide.audio.echo_fit import LONGEST_DELAY
from voice_guide.audio.echo_trust import EchoTrust
from voice_guide.audio.format import BLOCK, Samples
from voice_guide.audio.format import samples as in_samples
from voice_guide.audio.own_voice import AUDIBLE, CANCELLED_DB, DOUBTFUL_DB, OwnVoice
from voice_guide.push import PushGate
from voice_guide.session.actions import Mode
from voice_guide.speech.grammar import Grammar
from voice_guide.speech.hearing import Heard, Hearing, SpeechEnded, SpeechStarted
from voice_guide.speech.listener import Listener, ListenerSettings
from voice_guide.speech.model import SpeechModel

NOTHING_YET = Grammar(())
"""The grammar until the session says what can be said."""


ALWAYS_TAKEN = frozenset({"stop", "pause"})
"""What is acted on even before the echo is known, unless it is seen to be the narrator's own."""

URGENT_LASTS = 0.8
"""Seconds at the end of an utterance that such a phrase can take up. Only these are judged by what
the loudspeaker played: it may come at the end of other speech, or of the narrator's own echo."""

LOOKED_AT = 0.4
"""Seconds of an utterance that is going on after which they are compared with what the
loudspeaker played: a long echo of the narrator's own is not to hide what is said behind it."""

ECHO_FADES = 0.22
"""Seconds that a room takes for the end of an echo. Once they are over, quiet voices are lifted."""

UNKNOWN_ECHO = LONGEST_DELAY + 0.4
"""Seconds after the loudspeaker's last sound, likewise, while its way to the microphone is unknown
or no echo was found: what headphones leak comes late, too."""


@dataclass(frozen=True)
class Deaf:
    """The ears do not work. ``HearsAgain`` follows, unless it is for good."""

    for_good: bool = False


@dataclass(frozen=True)
class HearsAgain:
    """The ears work again."""


@dataclass(frozen=True)
class Measured:
    """The room was measured while the narrator spoke."""

    room: RoomReport


Report = Hearing | Deaf | HearsAgain | Measured
"""Anything that the ears report."""


class Ears(Protocol):
    """Whatever turns the microphone into hearings."""

    def accept(self, exchange: Exchange) -> list[Report]:
        """Take one block of time. Return what has been decided meanwhile, in order."""

    def set_grammar(self, grammar: Grammar) -> None:
        """Listen for other phrases, from the next utterance on."""

    def set_mode(self, mode: Mode) -> None:
        """Listen in another way."""

    def open(self) -> None:
        """A key or a pedal was pressed: in the mode "push", listen for a moment."""

    def close(self) -> None:
        """Stop listening. May be called twice."""


class Canceller(Protocol):
    """Whatever takes the loudspeaker's sound out of the microphone's."""

    def cancel(self, microphone: Samples, reference: Samples) -> Samples:
        """Return the microphone without the echo of the reference, all of shape (BLOCK,)."""


@dataclass(frozen=True)
class Guards:
    """What keeps the rest of the narrator's echo, behind the canceller, from being obeyed."""

    trust: bool = True
    """A voice is not trusted that begins while the canceller takes little away."""

    hindsight: bool = True
    """What was heard is compared with what the loudspeaker played meanwhile."""


class InlineEars:
    """Ears in the caller's thread: in a simulated room, where nothing waits for them."""

    def __init__(
        self,
        model: SpeechModel,
        *,
        cancel_echo: bool = True,
        canceller: Canceller | None = None,
        guards: Guards = Guards(),
        listening: ListenerSettings | None = None,
        calibrating: bool = False,
    ) -> None:
        """Build the ears.

        Args:
            model: the speech model.
            cancel_echo: whether the narrator can be heard by the microphone (no headphones).
            calibrating: whether the room is measured while the narrator speaks. Where it has no
                echo, what is heard over the narrator is trusted at once.
            canceller: another canceller than the built-in one. To compare them.
            guards: what is done behind the canceller. To measure what each brings.
            listening: how utterances are cut and judged.
        """
        self._canceller: Canceller = canceller or EchoCanceller()
        self._mode: Mode = "room" if cancel_echo else "headphones"
        self._push = PushGate()
        self._meter = RoomMeter() if calibrating else None
        self._echo: bool | None = None
        self._echo_over = UNKNOWN_ECHO
        self._guards = guards
        settings = listening or ListenerSettings()
        self._listener = Listener(model, NOTHING_YET, settings, self._could_be_taken)
        self._trust = EchoTrust()
        self._own = OwnVoice()
        self._doubted = False
        self._voice_from = self._looked_until = 0
        self._silent_for = 0
        # What was asked about this block: each answer takes up to 0.1 s.
        self._answers: dict[tuple[int, int, int, bool], bool] = {}
        self._blocks = 0

    def accept(self, exchange: Exchange) -> list[Report]:
        """Take one block of time. Return what has been decided in it."""
        # Blocks that another process, which died, has heard are not in our own count.
        missed = (exchange.index - self._blocks) * BLOCK
        self._blocks += 1
        told: list[Report] = [heard.moved(missed) for heard in self._decided(exchange)]
        if self._measured is not None:
            told.append(Measured(self._measured))
        return told

    def _decided(self, exchange: Exchange) -> list[Hearing]:
        """Return what has been decided, placed in the blocks that were accepted here."""
        block = exchange.microphone
        # With headphones, too: they may be taken off at any time.
        clean = self._canceller.cancel(block, exchange.reference)
        self._trust.accept(block, clean, exchange.reference)
        self._own.accept(block, clean, exchange.reference)
        self._measure(exchange, clean)
        alone = self._is_silent(exchange.reference)
        if self._mode == "headphones":
            return self._listener.accept(block, alone=alone)  # they may leak
        if self._mode == "push":
            clean = self._push(clean)
        told = self._listener.accept(clean, alone=alone)
        heard = [one for one in told if self._taken(one)]
        if any(isinstance(one, Heard) and one.partial and one not in heard for one in told):
            self._go_on()  # it was echo so far; a person may say stop right behind it
        self._look_for_echo()
        return [self._judged(one) if isinstance(one, SpeechEnded) else one for one in heard]

    def _is_silent(self, reference: Samples) -> bool:
        """Whether the loudspeaker has been silent for so long that its echo is over, too."""
        sounds = float(np.abs(reference).max()) >= AUDIBLE
        self._silent_for = 0 if sounds else self._silent_for + BLOCK
        return self._silent_for >= in_samples(self._echo_over)

    def _look_for_echo(self) -> None:
        """Look whether the utterance that is going on has only been echo of late.

        What comes behind may still be echo: only stop and pause are taken of it.
        """
        since, now = self._listener.undecided_since, self._blocks * BLOCK
        if since is None or not self._guards.hindsight:
            return
        first = max(since, self._looked_until)
        if now - first < in_samples(LOOKED_AT):
            return
        self._looked_until = now
        if self._own.explains(first, now):
            self._go_on()

    def _go_on(self) -> None:
        """Go on with the last moments of an utterance that was the narrator's own echo so far."""
        self._listener.drop_echo()
        self._doubted = True

    def _judged(self, ended: SpeechEnded) -> SpeechEnded:
        """Say of talk that is over whether it was the narrator's own."""
        own = self._guards.hindsight and self._own.explains(self._voice_from, ended.at)
        return replace(ended, own=own)

    def _measure(self, exchange: Exchange, clean: Samples) -> None:
        """Measure the room; keep what is worth telling: the first result, and a change."""
        self._measured: RoomReport | None = None
        if self._meter is None:
            return
        left = None if self._mode == "headphones" else clean
        room = self._meter.accept(exchange.microphone, exchange.reference, left)
        if room is not None:
            delay = room.delay_s
            self._echo_over = UNKNOWN_ECHO if delay is None else delay + ECHO_FADES
        if room is not None and room.echo is not self._echo:
            self._echo, self._measured = room.echo, room
            if room.echo and self._mode == "headphones":
                self._taken_off()

    def _taken_off(self) -> None:
        """Listen as in the room. What is being said may be the narrator's own echo so far."""
        self._mode = "room"
        if self._listener.undecided_since is not None:
            self._go_on()

    def _taken(self, heard: Hearing) -> bool:
        """Whether to act on this: it is not what is left of the narrator's own echo."""
        if isinstance(heard, SpeechStarted | SpeechEnded):
            self._push.speech(isinstance(heard, SpeechStarted))
        if isinstance(heard, SpeechStarted):
            self._voice_from = heard.at
            trusted = self._echo is False or not self._guards.trust
            self._doubted = not trusted and self._trust.may_be_echo(heard.at)
            if self._doubted:
                self._listener.expect_echo()
            return not self._doubted
        if not isinstance(heard, Heard):
            return True
        urgent = heard.intent in ALWAYS_TAKEN
        if not self._believed(heard.speech_start, heard.speech_end, urgent):
            return False
        return not (urgent and self._was_said_by_the_narrator(heard))

    def _was_said_by_the_narrator(self, heard: Heard) -> bool:
        """Whether he said this himself just then, and much of the sound was taken away.

        "Stopped." as the answer to a person's "stop" was obeyed as another one: the canceller had
        taken 15 dB away. To ask for less of every "stop" would cost some of people's.
        """
        if not self._guards.hindsight:
            return False
        first = max(heard.speech_start, heard.speech_end - in_samples(URGENT_LASTS))
        played = self._own.played_if_cancelled(first, heard.speech_end, DOUBTFUL_DB)
        return played is not None and self._listener.is_said_in(played, heard.intent or "")

    def _could_be_taken(self, start: int, end: int) -> bool:
        """Whether any phrase would be taken of an utterance between these samples."""
        if self._mode == "headphones":
            return True
        return self._believed(start, end, urgent=True) or self._believed(start, end, urgent=False)

    def _believed(self, start: int, end: int, urgent: bool) -> bool:
        """Whether a phrase between these samples is a person's, as far as can be told.

        Args:
            start: the first sample of the utterance.
            end: the one behind the last.
            urgent: whether it is one of those that are always taken.
        """
        if self._doubted and not urgent:
            return False
        if not self._guards.hindsight:
            return True
        asked = (self._blocks, start, end, urgent)
        if asked not in self._answers:
            self._answers = {key: own for key, own in self._answers.items() if key[0] == asked[0]}
            first = max(start, end - in_samples(URGENT_LASTS)) if urgent else start
            cancelled_db = CANCELLED_DB if urgent else DOUBTFUL_DB
            self._answers[asked] = self._own.explains(first, end, cancelled_db, phrase=True)
        return not self._answers[asked]

    def set_grammar(self, grammar: Grammar) -> None:
        """Listen for other phrases, from the next utterance on."""
        self._listener.set_grammar(grammar)

    def set_mode(self, mode: Mode) -> None:
        """Listen in another way."""
        if mode == "headphones" != self._mode and self._meter is not None:
            self._meter.begin_anew()  # the loudspeaker that was heard so far is no proof
            self._echo = None
        self._mode = mode

    def open(self) -> None:
        """A key or a pedal was pressed: in the mode "push", listen for a moment."""
        self._push.open()

    def close(self) -> None:
        """Do nothing: there is nothing to stop."""
