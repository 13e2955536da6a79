"""The state of a session: plain, immutable values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Literal, Optional

Halt = Literal["stopped", "paused", "asleep"]
"""Ways to stand still. Asleep, only stop, resume and "listen again" are heard."""

Ending = Literal["finished", "asked", "script", "silence", "restart", "limit"]
"""Why a session ends. "restart": the script is to be played again from its beginning.
"limit": it is enough for today, and the session does not begin."""

UNDOABLE: frozenset[Ending] = frozenset({"finished", "script"})
"""The ways to end that nobody confirms, so that one wrong answer may lead there."""


class Stage(Enum):
    """How far the session is within a moment."""

    SAY = "say"
    ASK = "ask"
    WAIT = "wait"


class Kind(Enum):
    """What a line is for. Content that is cut off is said again later; the rest is dropped."""

    INSTRUCTION = "instruction"
    QUESTION = "question"
    CUE = "cue"
    COUNT = "count"
    RESPONSE = "response"
    ASIDE = "aside"
    HALT = "halt"


CONTENT = frozenset({Kind.INSTRUCTION, Kind.QUESTION, Kind.CUE})


@dataclass(frozen=True)
class Line:
    """Something to be said."""

    text: str
    """With placeholders; they are filled in when the line is said."""
    kind: Kind
    again: bool = False
    """It was cut off before."""
    slow: bool = False
    """It was not understood the first time."""
    covered: bool = False
    """It is said again because somebody has talked over it."""


@dataclass(frozen=True)
class Aside:
    """A question that the session itself asks, beside what the script asks."""

    about: Literal[
        "end",
        "area",
        "confirm",
        "from the top",
        "continue",
        "start over",
        "continue or end",
        "rest",
    ]
    text: str
    policy: Literal["avoid", "gentle"] | None = None
    """What to do about the area that is named. None: as each step says."""
    answer: str | None = None
    """The answer that was perhaps heard, and is to be confirmed."""


@dataclass(frozen=True)
class Undo:
    """What "undo" brings back."""

    position: int | None
    """Where the session was, if what was said has moved it; None: stay."""
    scales: Mapping[str, int]
    sore: Mapping[str, Literal["avoid", "gentle"] | None]
    answers: Mapping[str, str]
    turned: frozenset[str] = frozenset()


@dataclass(frozen=True)
class State:
    """Everything that a session knows. Replaying the events gives the same state."""

    position: int = -1
    """The index of the moment, or -1 before the beginning."""
    stage: Stage = Stage.SAY
    talk: tuple[Line, ...] = ()
    """What is said now and next. The first line sounds when ``sounding`` is set."""
    sounding: int | None = None
    """The id of the line that the loudspeaker plays."""
    lines: int = 0
    """How many lines have been said so far."""
    halted: Halt | None = None
    before_sleep: Halt | None = None
    """How it stood still before a private talk, if it did."""
    lost: frozenset[str] = frozenset()
    """The parts of the machine that do not work just now."""
    interrupted: bool = False
    """Paused because such a part is lost, and not because somebody said so."""
    held: bool = False
    """Waiting for "ready" after a reply such as "more lotion"."""
    aside: Aside | None = None
    tries: int = 0
    """How often the open question was asked again."""
    reminders: int = 0
    """How often the person was reminded since the last sign of life."""
    strayed: int = 0
    """How often an answer that nobody gave led to another step since the last sign of life."""
    waited: float = 0.0
    """Seconds waited in this moment, up to ``waiting_since``."""
    waiting_since: float | None = None
    """The session time when the wait began to run, or None while it stands still."""
    extra: float = 0.0
    """Seconds that were asked for beyond this moment's time."""
    cues_said: int = 0
    reps_done: int = 0
    """How many repetitions of this moment are behind."""
    counted: int = 0
    """How many words of the tempo were said in this repetition."""
    due: bool = False
    """The wait is over; the next moment begins when all is said."""
    more: bool = False
    """The next phrase of the same breath is still to come, so nothing new is begun yet."""
    speaking: bool = False
    """Somebody speaks just now."""
    talked_over: int | None = None
    """The id of the line over which they began to, if nothing has been understood since."""
    talk_began: float = 0.0
    """The session time when they began to."""
    asked: bool = False
    """This moment's question has been asked."""
    ending: Ending | None = None
    """The session ends with this reason when all is said."""
    ended: bool = False
    timers: frozenset[str] = frozenset()
    pace: float = 1.0
    """How much longer than written the waits are."""
    repeats: int = 0
    """How often in a row the person asked to hear it again."""
    undo: tuple[Undo, ...] = ()
    """What can be taken back, the last at the end."""
    scales: Mapping[str, int] = field(default_factory=dict)
    """The index of the level of each scale."""
    turned: frozenset[str] = frozenset()
    """The scales that were turned since the beginning."""
    here: Mapping[str, int] = field(default_factory=dict)
    """The levels of scales that were turned in a step that asks for a level of its own."""
    sore: Mapping[str, Literal["avoid", "gentle"] | None] = field(default_factory=dict)
    """The areas that hurt, and what to do there. None: as each step says."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """The saved answers."""
    wordings: Mapping[str, int] = field(default_factory=dict)
    """How often each prompt was used, so that its wordings take turns."""
    announced: frozenset[str] = frozenset()
    """The areas whose effect on the steps was explained already."""

    last_at: float = 0.0
    """The session time of the last event."""
    practised: float = 0.0
    """Seconds in steps, without pauses and holds."""
    used_before: float = 0.0
    """Seconds of practice of this script today, before this session. Negative when part of
    ``practised`` was on another day."""
    suspended: Optional["State"] = None
    """The session as it was when it was broken off, until it is said whether to go on."""

    def changed(self, changes: Mapping[str, Any]) -> "State":
        """Return this state with other values in some fields. dataclasses.replace is slow.

        Raises:
            TypeError: there is no such field.
        """
        fields = {**self.__dict__, **changes}
        if len(fields) != len(self.__dict__):
            raise TypeError(f"a state has no {', '.join(changes.keys() - self.__dict__.keys())}")
        state = object.__new__(State)
        object.__setattr__(state, "__dict__", fields)
        return state

    def waited_until(self, at: float) -> float:
        """Return the seconds waited in this moment at session time ``at``."""
        if self.waiting_since is None:
            return self.waited
        return self.waited + at - self.waiting_since
