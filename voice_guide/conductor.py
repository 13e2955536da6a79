"""The loop that joins everything: device, player, ears and session. It owns the audio clock."""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from voice_guide.audio.device import DuplexDevice
from voice_guide.audio.earcons import Earcon, earcon
from voice_guide.audio.format import BLOCK, gain, seconds, silence
from voice_guide.audio.format import samples as in_samples
from voice_guide.audio.player import DUCK_DB, Player
from voice_guide.ears import Deaf, Ears, Report
from voice_guide.push import OPEN_FOR
from voice_guide.reports import as_event
from voice_guide.session import actions, events
from voice_guide.session.engine import Engine
from voice_guide.session.state import State
from voice_guide.sounding import Sounding, Told
from voice_guide.speech import hearing
from voice_guide.speech.grammar import Grammar
from voice_guide.speech.narration import Narration

DUCKED_AT_MOST = 2.0
"""Seconds after which the narrator comes back up when speech led to nothing."""

QUIET_AT_MOST = 10.0
"""Seconds without an event after which the session is told that time has passed."""

SLOW = 0.75
"""The pace of a line that was not understood, relative to the narrator's own."""

LET_RING = 0.4
"""Seconds that the last sound may ring out after the session has ended."""


class Voice(Protocol):
    """What the conductor needs of the narrator."""

    def render(self, text: str) -> Narration:
        """Return a text as sound."""

    def prepare(self, texts: Iterable[str]) -> None:
        """Render texts ahead, in the background."""

    def paced(self, factor: float) -> "Voice":
        """Return the same voice at another pace, relative to its own."""


class Watcher(Protocol):
    """Somebody who is told what happens: a trace, captions, a rehearsed person."""

    def tell(self, at: float, what: Told) -> None:
        """Take an event or an action, at session time ``at`` in seconds.

        The beginning of a sentence is told as well, where the session is played with sound.
        """


class Journal(Protocol):
    """Keeps a session, so that it outlives this process."""

    def record(self, event: events.Event) -> None:
        """Keep an event, before the session takes it."""

    def acted(self, state: State, done: Iterable[actions.Action]) -> None:
        """Take note of what an event has led to, when its actions have begun."""


@dataclass(frozen=True)
class Opening:
    """Where a session begins: at its beginning, or where an earlier process left it."""

    state: State
    event: events.Began | events.Continued


class Conductor:
    """Plays one session from its beginning, or from where it was broken off, to its end."""

    def __init__(
        self,
        engine: Engine,
        device: DuplexDevice,
        ears: Ears,
        narrator: Voice,
        watchers: Iterable[Watcher] = (),
        *,
        journal: Journal | None = None,
        opening: Opening | None = None,
    ) -> None:
        """Join the parts. ``device`` is to be started by the caller."""
        self._opening = opening or Opening(engine.begin(), events.Began(0.0))
        self.state: State = self._opening.state
        self._journal = journal
        self._engine = engine
        self._device = device
        self._ears = ears
        self._narrator = narrator
        self._watchers = tuple(watchers)
        self._player = Player()
        self._timers: dict[str, int] = {}
        self._ducked_until: int | None = None
        self._clock = in_samples(self._opening.event.at)
        self._device_ahead: int | None = None
        self._last_event = self._clock
        self._sounding: Sounding | None = None
        self._cut: dict[str, int] = {}
        self._covered: int | None = None
        self._rate = 1.0
        self._commands: deque[str] = deque()
        self._news: deque[Callable[[float], events.Event]] = deque()
        self._pressed = False
        self._held = False
        self._open_until = 0

    @property
    def now(self) -> float:
        """Session time in seconds: of sound, and of the session before it was broken off."""
        return seconds(self._clock)

    def command(self, intent: str) -> None:
        """Act as if somebody had said this universal. For keys and pedals; any thread."""
        self._commands.append(intent)

    def listen_now(self) -> None:
        """Let somebody be heard who has pressed a key for it. Any thread."""
        self._pressed = True

    def notice(self, prompt: str, *, pause: bool = False, lasted: float | None = None) -> None:
        """Let the narrator tell something that has happened to the program. Any thread.

        Args:
            prompt: the prompt that tells it.
            pause: stand paused until somebody says to go on.
            lasted: how many seconds it lasted, where the prompt tells the time.
        """
        self._news.append(lambda at: events.Noticed(at, prompt, pause, lasted))

    def lost(self, part: events.Part) -> None:
        """Tell the session that a part of the machine has failed. Any thread."""
        self._news.append(lambda at: events.Lost(at, part))

    def back(self, part: events.Part) -> None:
        """Tell the session that a part of the machine works again. Any thread."""
        self._news.append(lambda at: events.Back(at, part))

    def hold(self, on: bool) -> None:
        """Let the narrator wait, as nothing can sound; then the sentence that was cut sounds again.

        The session's time goes on. To be called within the device's ``exchange``.
        """
        self._held = on
        position, tag = self._player.position, self._player.tag
        if not on and self._sounding is not None and position is not None and tag is not None:
            narration = self._sounding.narration
            start = narration.sentence_start(position)
            self._player.say(tag, narration.samples, start=start)

    def begin(self) -> None:
        """Begin the session, with a sound that the canceller learns from. ``tick`` moves it on."""
        self._player.lead_in(earcon(Earcon.OPENING))
        self._feed(self._opening.event)
        self._narrator.prepare(self._engine.texts(self.state))

    def run(self) -> None:
        """Play the session to its end.

        Raises:
            MachineError: the sound device or the recogniser is lost for good.
        """
        self.begin()
        while not self.state.ended:
            self.tick()
        self.ring_out()

    def ring_out(self) -> None:
        """Let the last sound ring out."""
        for _ in range(in_samples(LET_RING) // BLOCK):
            self._device.exchange(self._player.pull())

    def tick(self) -> None:
        """Move on by one block of sound."""
        exchange = self._device.exchange(silence() if self._held else self._player.pull())
        if self._device_ahead is None:
            self._device_ahead = exchange.index * BLOCK - self._clock
        self._clock = (exchange.index + 1) * BLOCK - self._device_ahead
        self._follow_the_voice()
        for heard in self._ears.accept(exchange):
            self._hear(heard)
        while self._commands:
            intent = self._commands.popleft()
            self._feed(events.Heard(self.now, intent, "universal"))
        if self._pressed:
            self._open()
        while self._news:
            self._feed(self._news.popleft()(self.now))
        for tag in self._player.finished():
            self._keep_place(self._covered)
            self._sounding = None
            self._feed(events.NarrationFinished(self.now, int(tag)))
        self._fire_timers()
        if self._clock - self._last_event >= in_samples(QUIET_AT_MOST):
            self._feed(events.TimePassed(self.now))
        if self._ducked_until is not None and self._clock >= self._ducked_until:
            self._duck(False)

    def _follow_the_voice(self) -> None:
        """Tell when a sentence begins to sound."""
        begun = self._sounding and self._sounding.reached(self._player.position)
        if begun:
            self._tell(begun)

    def _fire_timers(self) -> None:
        due = [name for name, deadline in self._timers.items() if deadline <= self._clock]
        for name in sorted(due, key=lambda name: self._timers[name]):
            if self._timers.get(name, self._clock + 1) <= self._clock:
                del self._timers[name]
                self._feed(events.TimerFired(self.now, name))

    def _open(self) -> None:
        """Open the ears, and make room for a voice. A key that is held down comes again."""
        self._pressed = False
        self._ears.open()
        if self._clock >= self._open_until:
            self._player.earcon(earcon(Earcon.LISTENING))
        self._open_until = self._clock + in_samples(OPEN_FOR)
        self._duck(True, OPEN_FOR)

    def _hear(self, heard: Report) -> None:
        if isinstance(heard, hearing.SpeechStarted):
            self._duck(True)
            self._covered = self._player.position
        elif isinstance(heard, hearing.SpeechEnded | Deaf):
            self._duck(False)
            self._open_until = 0
        if isinstance(heard, Deaf):
            self._feed(events.SpeechOver(self.now))
        self._feed(as_event(heard, self.now, self._device_ahead or 0))
        if isinstance(heard, hearing.SpeechEnded | Deaf):
            self._covered = None

    def _duck(self, on: bool, at_most: float = DUCKED_AT_MOST) -> None:
        queued = on and self._player.up and self._device.soften(gain(DUCK_DB))
        self._player.duck(on, at_once=queued)
        self._ducked_until = self._clock + in_samples(at_most) if on else None

    def _feed(self, event: events.Event) -> None:
        self._last_event = self._clock
        if isinstance(event, events.Heard) and event.intent == "stop":
            self._hush()  # before anything that might have to wait for a disk
        if self._journal is not None:
            self._journal.record(event)
        self._tell(event)
        self.state, done = self._engine.step(self.state, event)
        for action in done:
            self._tell(action)
            self._obey(action)
        if self._journal is not None:
            self._journal.acted(self.state, done)

    def _tell(self, what: Told) -> None:
        for watcher in self._watchers:
            watcher.tell(self.now, what)

    def _obey(self, action: actions.Action) -> None:
        match action:
            case actions.Say():
                self._say(action)
            case actions.Hush():
                self._hush()
            case actions.PlayEarcon(sound):
                self._player.earcon(earcon(Earcon(sound)))
            case actions.StartTimer(timer, length):
                self._timers[timer] = self._clock + in_samples(length)
            case actions.CancelTimer(timer):
                self._timers.pop(timer, None)
            case actions.Listen() | actions.SetMode():
                self._listen(action)
            case actions.TurnVolume(decibels):
                self._player.gain_db += decibels
            case actions.TurnRate(factor):
                self._rate *= factor
            case actions.ScaleTurned():
                self._narrator.prepare(self._engine.texts(self.state))
            case _:
                pass  # the rest only tells what has happened

    def _listen(self, action: actions.Listen | actions.SetMode) -> None:
        if isinstance(action, actions.SetMode):
            self._ears.set_mode(action.mode)
        else:
            self._ears.set_grammar(Grammar.of(action.phrases, self._engine.setting.language))

    def _say(self, action: actions.Say) -> None:
        narration, start = self._narration(action)
        self._cut.pop(action.text, None)
        self._covered = None
        self._sounding = Sounding(action, narration, start)
        self._player.say(str(action.line), narration.samples, start=start)

    def _narration(self, action: actions.Say) -> tuple[Narration, int]:
        """Return the sound of a line, and the sample at which it begins after having been cut."""
        rate = self._rate * (SLOW if action.slow else 1.0)
        narration = self._narrator.paced(rate).render(action.spoken)
        if action.again and action.text in self._cut:
            return narration, narration.sentence_begin(self._cut[action.text])
        return narration, 0

    def spoken(self, action: actions.Say) -> str:
        """Return the words that sound of a line which is about to begin."""
        narration, start = self._narration(action)
        return " ".join(narration.words_between(start + 1, len(narration.samples)))

    def _keep_place(self, position: int | None) -> None:
        """Remember the sentence that sounds at this sample, to go on there if it is said again."""
        if self._sounding is not None and position is not None:
            sentence = self._sounding.narration.sentence_at(position)
            self._cut[self._sounding.action.text] = sentence

    def _hush(self) -> None:
        """Silence with the next block. Where it was cut is kept, to go on from there.

        Where somebody talks over it, that is where they began.
        """
        self._keep_place(self._player.position if self._covered is None else self._covered)
        self._sounding = self._covered = None
        self._player.hush()
        self._device.hush()
