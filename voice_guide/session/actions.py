"""What a session asks the world around it to do, and what it tells about itself."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from voice_guide.language.phrases import Phrase
from voice_guide.session.state import Ending, Halt

Sound = Literal["listening", "understood", "not understood", "paused", "ended"]
"""The earcons, by what they mean."""

Mode = Literal["headphones", "room", "push"]
"""How the ears listen. "headphones": no echo is cancelled. "push": only after a key or a pedal
was pressed."""


@dataclass(frozen=True)
class Say:
    """Narrate a line. NarrationFinished follows when all of it has been heard."""

    line: int
    text: str
    again: bool = False
    """The line was cut off before: begin at the start of the sentence that was covered."""
    slow: bool = False
    """Say it slower than usual: it was not understood, or the script asks for it."""
    aloud: str = ""
    """How it is to be spoken where that is not how it is written: pauses, pronunciation."""

    @property
    def spoken(self) -> str:
        """The text for the speech synthesis."""
        return self.aloud or self.text


@dataclass(frozen=True)
class Hush:
    """Silence the narrator at once."""


@dataclass(frozen=True)
class PlayEarcon:
    """Play a short sound."""

    sound: Sound


@dataclass(frozen=True)
class StartTimer:
    """Start a timer, in place of one with the same name. TimerFired follows."""

    timer: str
    seconds: float


@dataclass(frozen=True)
class CancelTimer:
    """Forget a timer."""

    timer: str


@dataclass(frozen=True)
class Listen:
    """From now on these phrases can be said, inner scopes first."""

    phrases: tuple[Phrase, ...]


@dataclass(frozen=True)
class TurnVolume:
    """Make the narrator louder or quieter."""

    decibels: float


@dataclass(frozen=True)
class TurnRate:
    """Make the narrator speak faster or slower."""

    factor: float
    """The new pace relative to the one before."""


@dataclass(frozen=True)
class SetMode:
    """Listen in another way."""

    mode: Mode


@dataclass(frozen=True)
class StepBegan:
    """A step has begun. Steps count from 1."""

    name: str
    number: int
    count: int


@dataclass(frozen=True)
class ScaleTurned:
    """A scale has a new level."""

    name: str
    level: str


@dataclass(frozen=True)
class AreaNamed:
    """A part of the body was named as sore."""

    area: str
    policy: Literal["avoid", "gentle"]


@dataclass(frozen=True)
class QuestionOpened:
    """A question is asked."""

    text: str
    choices: tuple[str, ...]


@dataclass(frozen=True)
class Answered:
    """A question was answered, aloud or by silence."""

    question: str
    answer: str | None
    save: str | None = None
    silent: bool = False


@dataclass(frozen=True)
class Halted:
    """The session stands still: nothing is said and no time runs."""

    kind: Halt


@dataclass(frozen=True)
class Resumed:
    """The session goes on."""


@dataclass(frozen=True)
class HoldBegan:
    """The session waits until the person is ready."""


@dataclass(frozen=True)
class HoldEnded:
    """The person is ready, and the session goes on where it was."""


@dataclass(frozen=True)
class Ended:
    """The session is over."""

    reason: Ending


Action: TypeAlias = (
    Say
    | Hush
    | PlayEarcon
    | StartTimer
    | CancelTimer
    | Listen
    | TurnVolume
    | TurnRate
    | SetMode
    | StepBegan
    | ScaleTurned
    | AreaNamed
    | QuestionOpened
    | Answered
    | Halted
    | Resumed
    | HoldBegan
    | HoldEnded
    | Ended
)
