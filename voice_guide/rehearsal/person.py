"""A rehearsed person, who follows cues and answers what is asked."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from voice_guide.language.phrases import Phrase
from voice_guide.rehearsal.cues import Cue
from voice_guide.session import actions, events
from voice_guide.sounding import Told

THINKS = 0.6
"""Seconds from the end of a line to a person's reply to it."""

INTERRUPTS = 0.9
"""Seconds from the beginning of a line to an interruption of it."""

WAITS = 1.6
"""Seconds after which a helpful person answers, when no cue has spoken."""

BETWEEN = 0.5
"""Seconds of quiet between two things that a person says."""


class Mouth(Protocol):
    """What a person speaks with: a voice in a simulated room, or plain text."""

    @property
    def speaking(self) -> bool:
        """Whether something that was begun is still being said."""

    def speak(self, cue: Cue) -> None:
        """Begin to say what a cue says."""


@dataclass
class _Waiting:
    cue: Cue
    due: float | None
    armed: int | None = None


class Person:
    """Says the words of the cues when their time has come."""

    def __init__(
        self,
        mouth: Mouth,
        cues: Iterable[Cue],
        *,
        helpful: bool = True,
        well: Mapping[str, str] | None = None,
        only: Collection[str] | None = None,
    ) -> None:
        """Tell a person what to say.

        Args:
            mouth: what it is said with.
            cues: what to say and when. Each is said once.
            helpful: answers questions that no cue answers, and says "ready" when it is waited for.
            well: what is answered to a question when all is well, by its text; "no" if left out.
            only: the questions that a helpful person answers, by their text; all if left out.
        """
        self._well = well or {}
        self._only = only
        self._question = ""
        self._mouth = mouth
        self._waiting = [_Waiting(cue, cue.at) for cue in cues]
        self._helpful = helpful
        self._step: str | None = None
        self._step_line: int | None = None
        self._halted = False
        self._phrases: tuple[Phrase, ...] = ()
        self._help: dict[str, float] = {}
        self._silent_since = 0.0

    @property
    def unsaid(self) -> tuple[Cue, ...]:
        """The cues whose time has not come yet."""
        return tuple(waiting.cue for waiting in self._waiting)

    def tell(self, at: float, what: Told) -> None:
        """Follow the session: what the narrator says, asks and waits for."""
        match what:
            case actions.StepBegan(name):
                self._step, self._step_line = name, None
            case actions.Say(line, text):
                self._line_begins(at, line, text)
            case events.NarrationFinished(_, line):
                self._line_ends(at, line)
            case actions.Halted() | actions.Resumed():
                self._halted = isinstance(what, actions.Halted)
            case actions.QuestionOpened(text):
                self._question = text
            case actions.Listen(phrases):
                self._phrases = phrases
            case actions.StartTimer("answer" | "idle" as timer):
                self._help[timer] = at + WAITS
            case actions.CancelTimer(timer) | events.TimerFired(_, timer):
                self._help.pop(timer, None)
            case _:
                pass

    def _line_begins(self, at: float, line: int, text: str) -> None:
        by_step = self._step is not None and self._step_line is None
        if by_step:
            self._step_line = line
        for waiting in self._waiting:
            cue = waiting.cue
            if cue.at is not None or waiting.due is not None:
                continue
            step = (self._step or "").lower()
            if cue.line.lower() in text.lower() or (by_step and cue.line.lower() in step):
                waiting.armed = line
                if cue.during:
                    waiting.due = at + INTERRUPTS + cue.delay

    def _line_ends(self, at: float, line: int) -> None:
        for waiting in self._waiting:
            if waiting.armed == line and waiting.due is None:
                waiting.due = at + THINKS + waiting.cue.delay

    def act(self, now: float) -> None:
        """Speak, if it is time to."""
        if self._mouth.speaking:
            self._silent_since = now
            return
        if now < self._silent_since + BETWEEN:
            return
        due = [
            waiting for waiting in self._waiting if waiting.due is not None and waiting.due <= now
        ]
        if due:
            self._waiting.remove(due[0])
            self._mouth.speak(due[0].cue)
        elif self._helpful and not self._halted:
            self._help_along(now)

    def _help_along(self, now: float) -> None:
        for timer, due in list(self._help.items()):
            if due <= now:
                del self._help[timer]
                words = self._ready() if timer == "idle" else self._answer()
                if words is not None:
                    self._mouth.speak(Cue(now, words=words))

    def _ready(self) -> str | None:
        return next((phrase.text for phrase in self._phrases if phrase.intent == "ready"), None)

    def _answer(self) -> str | None:
        """Answer as a person would with whom all is well."""
        if self._only is not None and self._question not in self._only:
            return None
        answers = [phrase for phrase in self._phrases if phrase.scope == "question"]
        for well in (self._well.get(self._question, "no"), "3"):
            for phrase in answers:
                if phrase.intent == well:
                    return phrase.text
        return answers[-1].text if answers else None
