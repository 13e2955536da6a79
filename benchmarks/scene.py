"""People who talk to a session in a simulated room, one after the other, and what it hears.

The chain is the real one: conductor, session, player, canceller, voice activity, recogniser. Only
what is understood is kept from the session, so that it goes on narrating.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from voice_guide.audio.acoustics import spoken_level_db
from voice_guide.audio.device import Exchange
from voice_guide.audio.format import BLOCK, Samples, samples, seconds, silence
from voice_guide.audio.room import Noise, RoomSettings, SimulatedRoom
from voice_guide.conductor import Conductor
from voice_guide.ears import Canceller, Ears, Guards, InlineEars, Report
from voice_guide.language.pack import load_language
from voice_guide.language.templates import normalise
from voice_guide.script.model import Script
from voice_guide.session import actions, events
from voice_guide.session.actions import Mode
from voice_guide.session.engine import Engine
from voice_guide.sounding import Told
from voice_guide.speech.grammar import Grammar, Phrase
from voice_guide.speech.hearing import Heard, SpeechStarted
from voice_guide.speech.listener import ListenerSettings
from voice_guide.speech.model import SpeechModel
from voice_guide.speech.narrator import Narrator

PERSON_DB = -26.0
"""Level of the people at the microphone."""

FIRST, BETWEEN = 15.0, 1.6
"""Seconds before the first person speaks, and after each."""

YES_OR_NO = (Phrase("yes", "yes", "question"), Phrase("no", "no", "question"))

ROOMS = {
    "small, near": RoomSettings(delay_s=0.04, rt60_s=0.2, echo_direct_db=6.0, seed=11),
    "living room": RoomSettings(delay_s=0.08, rt60_s=0.35, seed=12),
    "large, late": RoomSettings(delay_s=0.15, rt60_s=0.6, echo_direct_db=0.0, seed=13),
}


@dataclass(frozen=True)
class Trial:
    """Something that somebody says or does."""

    meant: str | None
    """The intent, or None where nothing is to be understood."""

    sound: Samples
    """The dry voice, shape (n,), without silence around it."""

    by: str
    """Who."""

    human: bool = False
    level_db: float = PERSON_DB


@dataclass(frozen=True)
class Chain:
    """The chain, and what of it is switched off."""

    canceller: Callable[[], Canceller] | None = None
    """Another canceller; None is the built-in one."""

    cancel_echo: bool = True
    ducking: bool = True
    guards: Guards = field(default_factory=Guards)
    minus_narration: bool = False
    """Nothing but "stop" counts whose words are in the line that is narrated."""

    quiet_tail_s: float = 0.0
    """Nothing but "stop" counts that begins so many seconds after the end of a line."""
    listening: ListenerSettings = field(default_factory=ListenerSettings)


@dataclass
class Outcome:
    """What came of a trial."""

    trial: Trial
    heard: list[str] = field(default_factory=list)
    decided_after: float | None = None
    """Seconds of sound from the voice's end to the first decision."""

    ducked_after: float | None = None
    """Seconds from the voice's beginning to the ducking."""

    said_again: bool = False
    """The narrator went back to the start of a sentence."""

    @property
    def right(self) -> bool:
        """Exactly what was meant was understood, once."""
        return self.heard == ([] if self.trial.meant is None else [self.trial.meant])


@dataclass
class Result:
    """What came of a scene."""

    outcomes: list[Outcome]
    own: list[str]
    """What was understood while nobody spoke."""

    listening: float
    """Processor seconds of the ears for each second of sound."""


class Overheard:
    """Ears that keep to themselves what was understood, and can be kept from ducking.

    It also watches the session, for the guards that need to know what is narrated.
    """

    def __init__(self, ears: Ears, chain: Chain, also: Sequence[Phrase]) -> None:
        self._ears = ears
        self._also = tuple(also)
        self._chain = chain
        self._words: set[str] = set()
        self._quiet_since = 0.0
        self.events: list[tuple[int, Report | actions.Say]] = []
        self.spent = 0.0
        self.blocks = 0

    def accept(self, exchange: Exchange) -> list[Report]:
        """Take one block of time."""
        began = time.thread_time()
        told = self._ears.accept(exchange)
        self.spent += time.thread_time() - began
        self.blocks += 1
        told = [heard for heard in told if not isinstance(heard, Heard) or self._counts(heard)]
        self.events += [(self.blocks * BLOCK, heard) for heard in told]
        kept = [replace(h, intent=None) if isinstance(h, Heard) else h for h in told]
        return kept if self._chain.ducking else [h for h in kept if isinstance(h, Heard)]

    def tell(self, at: float, what: Told) -> None:
        """Follow what is narrated."""
        if isinstance(what, actions.Say):
            self._words = set(normalise(what.text).split())
            if what.again:
                self.events.append((self.blocks * BLOCK, what))
        elif isinstance(what, events.NarrationFinished):
            self._quiet_since = at

    def _counts(self, heard: Heard) -> bool:
        """Whether the guards that are being tried let this pass."""
        if heard.intent == "stop":
            return True
        own = self._chain.minus_narration and self._words.issuperset(heard.text.split())
        after = seconds(heard.speech_start) - self._quiet_since
        return not own and not 0.0 <= after < self._chain.quiet_tail_s

    def set_grammar(self, grammar: Grammar) -> None:
        """Listen for other phrases, and for those that were given as well."""
        self._ears.set_grammar(replace(grammar, phrases=self._also + grammar.phrases))

    def set_mode(self, mode: Mode) -> None:
        """Listen in another way."""
        self._ears.set_mode(mode)

    def open(self) -> None:
        """Listen for a moment."""
        self._ears.open()

    def close(self) -> None:
        """Stop listening."""
        self._ears.close()


def engine(narration: Sequence[str]) -> Engine:
    """Return a session that narrates these texts, or that is silent where there are none."""
    steps = [{"name": "Rest", "say": text} for text in narration]
    fields = {
        "format": 1,
        "title": "Scene",
        "scales": {"pressure": {"levels": ["light", "medium", "firm"], "start": "medium"}},
        "steps": steps or [{"name": "Rest", "for": "3000 s"}],
        "replies": [{"hear": ["more (lotion|oil)"], "say": "Good."}],
    }
    return Engine(Script.model_validate(fields), load_language("en"))


def at_ratio(room: RoomSettings, narrator: Narrator, text: str, ser_db: float) -> RoomSettings:
    """Return the room with the loudspeaker so loud that people are ``ser_db`` above its echo."""
    still = SimulatedRoom(replace(room, noise=Noise.NONE))
    sound = narrator.render(text).samples[: samples(15.0)]
    sound = sound[: len(sound) // BLOCK * BLOCK]
    heard = np.concatenate([still.exchange(b).microphone for b in sound.reshape(-1, BLOCK)])
    wanted = PERSON_DB - ser_db
    return replace(room, echo_db=room.echo_db + wanted - spoken_level_db(heard))


def play(
    room: SimulatedRoom,
    chain: Chain,
    engine: Engine,
    *,
    model: SpeechModel,
    narrator: Narrator,
    trials: Sequence[Trial],
    first: float = FIRST,
    between: float = BETWEEN,
    limit: float = 0.0,
    also: Sequence[Phrase] = YES_OR_NO,
) -> Result:
    """Let the people speak one after the other, and return what was heard.

    Args:
        room: where they are.
        chain: what listens.
        engine: what narrates.
        model: the speech model.
        narrator: the voice of the session.
        trials: who says what, in this order.
        first: seconds of the session before the first one.
        between: seconds of quiet behind each.
        limit: seconds that the session lasts at least.
        also: what is listened for besides, as if a yes-or-no question were open.
    """
    canceller = chain.canceller() if chain.canceller is not None else None
    inner = InlineEars(
        model,
        cancel_echo=chain.cancel_echo,
        canceller=canceller,
        guards=chain.guards,
        listening=chain.listening,
        calibrating=chain.cancel_echo,  # as in a session; without a canceller it would come back
    )
    ears = Overheard(inner, chain, also)
    conductor = Conductor(engine, room, ears, narrator, [ears])
    conductor.begin()
    starts: list[int] = []
    at = samples(first) // BLOCK
    for trial in trials:
        starts.append(at)
        at += (len(trial.sound) + samples(between)) // BLOCK + 1
    for block in range(max(at, samples(limit) // BLOCK)):
        if starts and block in starts:
            trial = trials[starts.index(block)]
            room.speak(trial.sound, level_db=trial.level_db)
        conductor.tick()
    conductor.ring_out()
    outcomes, own = _sort(ears.events, trials, [start * BLOCK for start in starts], at * BLOCK)
    return Result(outcomes, own, ears.spent / (ears.blocks * BLOCK / 16_000))


def _sort(
    events: Sequence[tuple[int, Report | actions.Say]],
    trials: Sequence[Trial],
    starts: Sequence[int],
    end: int,
) -> tuple[list[Outcome], list[str]]:
    """Say to which trial each event belongs."""
    outcomes = [Outcome(trial) for trial in trials]
    spans = list(pairwise([*starts, end]))
    own = []
    for at, event in events:
        mine = next((n for n, (a, b) in enumerate(spans) if a < at <= b), None)
        if isinstance(event, actions.Say):
            if mine is not None:
                outcomes[mine].said_again = True
        elif isinstance(event, SpeechStarted) and mine is not None:
            outcome = outcomes[mine]
            if outcome.ducked_after is None:
                outcome.ducked_after = seconds(at - starts[mine])
        elif isinstance(event, Heard) and event.intent is not None:
            if mine is None:
                own.append(event.intent)
                continue
            outcome = outcomes[mine]
            outcome.heard.append(event.intent)
            if outcome.decided_after is None:
                over = starts[mine] + len(outcome.trial.sound)
                outcome.decided_after = seconds(at - over)
    return outcomes, own


def trimmed(sound: Samples) -> Samples:
    """Return a voice without the silence around it."""
    loud = np.flatnonzero(np.abs(sound) > 0.03 * np.abs(sound).max())
    return sound[loud[0] : loud[-1] + 1] if len(loud) else silence(0)
