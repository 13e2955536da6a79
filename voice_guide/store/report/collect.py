"""What happened in a session, gathered by replaying it."""

import sqlite3
from dataclasses import dataclass, field

from voice_guide.errors import InputError
from voice_guide.language.pack import load_language
from voice_guide.script.loader import parse_kept
from voice_guide.session import actions
from voice_guide.session.engine import Engine
from voice_guide.session.events import Back, Continued, Event, Heard, Lost, Noticed
from voice_guide.session.remaining import moment_seconds
from voice_guide.store.kept import KeptSession
from voice_guide.store.replay import events_of


@dataclass(frozen=True)
class StepDone:
    """A step as planned and as done. Times are session seconds."""

    name: str
    number: int
    began: float
    ended: float
    planned: float
    """About how long it takes, in seconds."""


@dataclass(frozen=True)
class Level:
    """A scale's level from a time on."""

    at: float
    scale: str
    level: str


@dataclass(frozen=True)
class HeardThing:
    """Something that was heard."""

    at: float
    text: str
    intent: str | None
    """None: not understood."""
    confidence: float
    latency: float | None
    """Seconds from the end of the voice to the decision. None: a key was pressed."""


@dataclass(frozen=True)
class Answer:
    """A question and what was answered; None by nobody."""

    at: float
    question: str
    answer: str | None
    silent: bool


@dataclass
class SessionStory:
    """Everything that a report tells of one session."""

    kept: KeptSession
    scales: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The levels of each scale, from the least to the most."""
    steps: list[StepDone] = field(default_factory=list)
    levels: list[Level] = field(default_factory=list)
    heard: list[HeardThing] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    breaks: list[tuple[float, str]] = field(default_factory=list)
    """Stops, pauses, holds, areas that hurt and troubles of the machine, with their times."""
    seconds: float = 0.0


def story_of(connection: sqlite3.Connection, kept: KeptSession) -> SessionStory:
    """Return what happened in a session.

    Raises:
        InputError: this version of the program cannot make sense of it.
    """
    try:
        return _story_of(connection, kept)
    except (ValueError, LookupError) as error:
        raise InputError(
            f"Session {kept.number} cannot be told by this version of voice-guide: {error}. "
            f"Everything of it is still in: voice-guide export {kept.number}"
        ) from error


def _story_of(connection: sqlite3.Connection, kept: KeptSession) -> SessionStory:
    text = connection.execute(
        "SELECT text FROM scripts WHERE digest = ?", (kept.digest,)
    ).fetchone()[0]
    script = parse_kept(text, kept.path).script
    engine = Engine(script, load_language(script.language))
    story = SessionStory(kept, {name: scale.levels for name, scale in script.scales.items()})
    story.levels = [Level(0.0, name, scale.start) for name, scale in script.scales.items()]
    teller = _Teller(engine, story)
    state = engine.begin()
    for event in events_of(connection, kept.number):
        state, done = engine.step(state, event)
        teller.tell(event, done)
        if state.position >= 0 and engine.setting.program[state.position].section != "step":
            teller.leave_step(event.at)
        story.seconds = event.at
    teller.leave_step(story.seconds)
    return story


_NOTICES = {"woken": "the machine was asleep", "recording": "sound was recorded from here on"}
"""What a report calls a notice. The others are called as they are."""


def _break(action: actions.Action) -> str | None:
    match action:
        case actions.Halted(kind):
            return kind
        case actions.HoldBegan():
            return "waited for ready"
        case actions.AreaNamed(area, policy):
            return f"{area} hurts: {policy}"
        case _:
            return None


class _Teller:
    """Turns events and actions into a story."""

    def __init__(self, engine: Engine, story: SessionStory) -> None:
        program = engine.setting.program
        self._planned = {m.number: moment_seconds(m) for m in program if m.section == "step"}
        self._story = story
        self._step: tuple[actions.StepBegan, float] | None = None

    def tell(self, event: Event, done: tuple[actions.Action, ...]) -> None:
        story, at = self._story, event.at
        if isinstance(event, Heard):
            latency = None if event.speech_end is None else at - event.speech_end
            story.heard.append(HeardThing(at, event.text, event.intent, event.confidence, latency))
        elif isinstance(event, Continued):
            story.breaks.append((at, "broken off, and gone on with"))
        elif isinstance(event, Lost | Back):
            story.breaks.append(
                (at, f"{event.part} {'lost' if isinstance(event, Lost) else 'back'}")
            )
        elif isinstance(event, Noticed):
            story.breaks.append((at, _NOTICES.get(event.notice, event.notice)))
        for action in done:
            match action:
                case actions.StepBegan():
                    self.leave_step(at)
                    self._step = (action, at)
                case actions.ScaleTurned(name, level):
                    story.levels.append(Level(at, name, level))
                case actions.Answered(question, answer, _, silent):
                    story.answers.append(Answer(at, question, answer, silent))
                case _ if (what := _break(action)) is not None:
                    story.breaks.append((at, what))

    def leave_step(self, at: float) -> None:
        """The step that was under way, if any, is over."""
        if self._step is None:
            return
        step, began = self._step
        self._step = None
        planned = self._planned.get(step.number, 0.0)
        self._story.steps.append(StepDone(step.name, step.number, began, at, planned))
