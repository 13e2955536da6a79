"""The ears: echo canceller and recogniser in a row, from blocks of sound to what was heard."""

from dataclasses import dataclass
from typing import Protocol

from voice_guide.audio.canceller import EchoCanceller
from voice_guide.audio.device import Exchange
from voice_guide.audio.echo_trust import EchoTrust
from voice_guide.audio.format import BLOCK, Samples
from voice_guide.audio.own_voice import OwnVoice
from voice_guide.speech.grammar import Grammar
from voice_guide.speech.hearing import Heard, Hearing, SpeechStarted
from voice_guide.speech.listener import Listener, ListenerSettings
from voice_guide.speech.model import SpeechModel

NOTHING_YET = Grammar(())
"""The grammar until the session says what can be said."""


ALWAYS_TAKEN = frozenset({"stop", "pause"})
"""What is acted on even before the echo is known, unless it is seen to be the narrator's own."""


@dataclass(frozen=True)
class Deaf:
    """The ears do not work. ``HearsAgain`` follows, unless it is for good."""

    for_good: bool = False


@dataclass(frozen=True)
class HearsAgain:
    """The ears work again."""


Report = Hearing | Deaf | HearsAgain
"""Anything that the ears report."""


class Ears(Protocol):
    """Whatever turns the microphone into hearings."""

    def accept(self, exchange: Exchange) -> list[Report]:
        """Take one block of time. Return what has been decided meanwhile, in order."""

    def set_grammar(self, grammar: Grammar) -> None:
        """Listen for other phrases, from the next utterance on."""

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
    ) -> None:
        """Build the ears.

        Args:
            model: the speech model.
            cancel_echo: whether the narrator can be heard by the microphone (no headphones).
            canceller: another canceller than the built-in one. To compare them.
            guards: what is done behind the canceller. To measure what each brings.
            listening: how utterances are cut and judged.
        """
        self._canceller = (canceller or EchoCanceller()) if cancel_echo else None
        self._guards = guards
        self._listener = Listener(model, NOTHING_YET, listening or ListenerSettings())
        self._trust = EchoTrust()
        self._own = OwnVoice()
        self._doubted = False
        self._blocks = 0

    def accept(self, exchange: Exchange) -> list[Report]:
        """Take one block of time. Return what has been decided in it."""
        # Blocks that another process, which died, has heard are not in our own count.
        missed = (exchange.index - self._blocks) * BLOCK
        self._blocks += 1
        return [heard.moved(missed) for heard in self._decided(exchange)]

    def _decided(self, exchange: Exchange) -> list[Hearing]:
        """Return what has been decided, placed in the blocks that were accepted here."""
        block = exchange.microphone
        if self._canceller is None:
            return self._listener.accept(block)
        clean = self._canceller.cancel(block, exchange.reference)
        self._trust.accept(block, clean, exchange.reference)
        self._own.accept(block, clean, exchange.reference)
        return [heard for heard in self._listener.accept(clean) if self._taken(heard)]

    def _taken(self, heard: Hearing) -> bool:
        """Whether to act on this: it is not what is left of the narrator's own echo."""
        if isinstance(heard, SpeechStarted):
            self._doubted = self._guards.trust and self._trust.may_be_echo(heard.at)
            if self._doubted:
                self._listener.expect_echo()
            return not self._doubted
        if not isinstance(heard, Heard):
            return True
        if self._doubted and heard.intent not in ALWAYS_TAKEN:
            return False
        if not self._guards.hindsight:
            return True
        return not self._own.explains(heard.speech_start, heard.speech_end)

    def set_grammar(self, grammar: Grammar) -> None:
        """Listen for other phrases, from the next utterance on."""
        self._listener.set_grammar(grammar)

    def close(self) -> None:
        """Do nothing: there is nothing to stop."""
