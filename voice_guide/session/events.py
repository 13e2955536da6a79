"""What can happen to a session."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from voice_guide.language.phrases import Scope


@dataclass(frozen=True)
class Began:
    """The session begins."""

    at: float
    """Session time in seconds, counted in samples by the audio clock. So in every event."""
    used_today: float = 0.0
    """Seconds of practice of this script today, before this session."""
    days_since: int | None = None
    """Days since the last practice of this script. 0: today. None: never."""


@dataclass(frozen=True)
class Continued:
    """The program runs again after a session was broken off, and the session may go on."""

    at: float
    away: float = 0.0
    """Seconds since it was broken off, by the calendar."""
    script: Literal["same", "changed", "missing"] = "same"
    """What became of the script's file. The session goes on with the script as it was."""
    used_today: float = 0.0
    """Seconds of practice today, in this session and others of this script."""


@dataclass(frozen=True)
class Noticed:
    """Something has happened to the program that the person should know of."""

    at: float
    notice: str
    """The prompt that tells it."""
    pause: bool = False
    """The session stands paused until somebody says to go on."""
    lasted: float | None = None
    """How many seconds it lasted, where the prompt tells ``{time}``."""


Part = Literal["microphone", "loudspeaker", "ears", "hearing"]
"""What can fail beneath a session. "ears": the recogniser's process, which is being started again.
"hearing": the recogniser, for good."""


@dataclass(frozen=True)
class Lost:
    """A part of the machine has failed."""

    at: float
    part: Part


@dataclass(frozen=True)
class Back:
    """A part of the machine works again."""

    at: float
    part: Part


@dataclass(frozen=True)
class RoomMeasured:
    """The room has been measured while the narrator spoke. Levels: dB re full scale."""

    at: float
    noise_db: float
    """At the microphone, when nobody speaks."""
    narrator_db: float
    """At the microphone, while the narrator speaks."""
    echo: bool
    """Whether the microphone hears the narrator. It does not with headphones."""
    delay_s: float | None = None
    """Of the echo."""
    attenuation_db: float | None = None
    """The echo's level re what is played."""


@dataclass(frozen=True)
class TimePassed:
    """Nothing else has happened for a while. So the journal knows how far the time has run."""

    at: float


@dataclass(frozen=True)
class Heard:
    """Somebody said something, or pressed a key that stands for it."""

    at: float
    intent: str | None
    """What it means, or None when it matched no phrase that can be said now."""
    scope: Scope | None = None
    text: str = ""
    confidence: float = 1.0
    speech_end: float | None = None
    """Session time in seconds when the voice fell silent. None: nobody spoke."""
    slots: tuple[tuple[str, str], ...] = ()
    """What the words name, as in the phrase."""
    more: bool = False
    """Another phrase of the same breath comes next: "yes, but softer" is heard as two."""

    @property
    def pressed(self) -> bool:
        """Whether it was a key or a pedal: that cannot be misheard."""
        return not self.text


@dataclass(frozen=True)
class SpeechBegan:
    """Somebody began to speak."""

    at: float


@dataclass(frozen=True)
class SpeechOver:
    """The person's utterance is over. What was heard, if anything, has been told before."""

    at: float
    person: bool = True
    """Whether it was a person. Not where the ears found that it was the narrator's own voice."""


@dataclass(frozen=True)
class NarrationFinished:
    """The loudspeaker has played the whole of a line."""

    at: float
    line: int
    """The id that came with the Say action."""


@dataclass(frozen=True)
class TimerFired:
    """A timer has run out."""

    at: float
    timer: str


Event: TypeAlias = (
    Began
    | Continued
    | Noticed
    | Lost
    | Back
    | RoomMeasured
    | TimePassed
    | Heard
    | SpeechBegan
    | SpeechOver
    | NarrationFinished
    | TimerFired
)
