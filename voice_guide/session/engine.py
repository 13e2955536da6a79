"""The session as a pure reducer: state and event in, new state and actions out."""

from dataclasses import replace

from voice_guide.language.pack import Language
from voice_guide.language.phrases import Phrase
from voice_guide.script.model import Reply, Script
from voice_guide.session import covering, flow, limits, notices, parts, resuming, undoing
from voice_guide.session.actions import Action, Listen, PlayEarcon
from voice_guide.session.answers import answer, unanswered
from voice_guide.session.commands import COMMANDS, WHILE_ASLEEP, WHILE_HALTED, still
from voice_guide.session.effects import apply
from voice_guide.session.events import (
    Back,
    Began,
    Continued,
    Event,
    Heard,
    Lost,
    NarrationFinished,
    Noticed,
    SpeechBegan,
    SpeechOver,
    TimerFired,
)
from voice_guide.session.listening import phrases, reply_intent
from voice_guide.session.program import compile_program
from voice_guide.session.setting import Setting
from voice_guide.session.state import Stage, State
from voice_guide.session.turn import Turn


class Engine:
    """The dialogue of one script in one language. It keeps nothing of a session."""

    def __init__(
        self, script: Script, language: Language, *, only_when_called: bool = False
    ) -> None:
        """Make the dialogue.

        Args:
            script: the session script.
            language: what can be said, and what the narrator says by itself.
            only_when_called: but for stop, signs of danger and answers, phrases are only taken
                when the narrator's name comes first: "guide, next step".
        """
        program = compile_program(script, language)
        self.setting = Setting(script, language, program, only_when_called)
        self._phrases: dict[object, tuple[Phrase, ...]] = {}
        self._lists: dict[tuple[Phrase, ...], tuple[Phrase, ...]] = {}
        """The lists of phrases, each once, so that they are compared by what they are."""

    def begin(self) -> State:
        """Return the state before the Began event."""
        scales = self.setting.script.scales
        return State(
            scales={name: scale.levels.index(scale.start) for name, scale in scales.items()}
        )

    def step(self, state: State, event: Event) -> tuple[State, tuple[Action, ...]]:
        """Return the state after an event, and what is to be done. Nothing else changes."""
        turn = self._turn(state, event)
        if turn is None:
            return state, ()
        now = self.phrases(turn.state)
        if isinstance(event, Began | Continued) or now is not self.phrases(state):
            turn.do(Listen(now))
        return turn.state, tuple(turn.actions)

    def follow(self, state: State, event: Event) -> State:
        """Return the state after an event, as ``step`` does but quicker. To replay a session."""
        turn = self._turn(state, event)
        return state if turn is None else turn.state

    def _turn(self, state: State, event: Event) -> Turn | None:
        if state.ended and not isinstance(event, Continued):
            return None
        turn = Turn(self.setting, state, event.at)
        more = isinstance(event, Heard) and event.more
        if more != state.more:
            turn.set(more=more)
        _count_time(turn, event)
        _dispatch(turn, event)
        if not turn.state.more:
            flow.settle(turn)
            limits.watch(turn)
        return turn

    def phrases(self, state: State) -> tuple[Phrase, ...]:
        """Return what can be said in a state, inner scopes first."""
        about = state.aside.about if state.aside is not None else None
        key = (state.position, state.stage is Stage.ASK, state.halted, state.held, about)
        if key not in self._phrases:
            listed = phrases(Turn(self.setting, state, 0.0))
            self._phrases[key] = self._lists.setdefault(listed, listed)
        return self._phrases[key]

    def every_phrase(self) -> tuple[Phrase, ...]:
        """Return everything that can be said anywhere in the session."""
        found: dict[str, Phrase] = {}
        for position in range(len(self.setting.program)):
            for stage in Stage:
                state = replace(self.begin(), position=position, stage=stage)
                for phrase in self.phrases(state):
                    found.setdefault(phrase.text, phrase)
        return tuple(found.values())

    def texts(self, state: State) -> tuple[str, ...]:
        """Return what will probably be said from this state on, to be rendered ahead."""
        turn = Turn(self.setting, state, 0.0)
        first = max(state.position, 0)
        found: list[str] = []
        for position, moment in enumerate(self.setting.program[first:], first):
            turn.set(position=position)
            question = [moment.question.ask] if moment.question is not None else []
            cues = [cue.say for cue in moment.cues]
            if moment.counting is not None:
                numbers = map(self.setting.language.number, range(1, moment.counting.reps + 1))
                cues.extend(moment.counting.words or numbers)
            found.extend(
                self.setting.pronounced(turn.fill(text))
                for text in (moment.say, *question, *cues)
                if text
            )
        return tuple(found)


def _count_time(turn: Turn, event: Event) -> None:
    """Count the time since the last event as practice, if the person was at it."""
    state = turn.state
    if isinstance(event, Continued):
        return
    practised = state.practised
    if state.position >= 0 and turn.moment.section == "step" and not turn.blocked:
        practised += event.at - state.last_at
    turn.set(last_at=event.at, practised=practised)


def _dispatch(turn: Turn, event: Event) -> None:
    if isinstance(event, Heard):
        _hear(turn, event)
    elif isinstance(event, NarrationFinished):
        if event.line == turn.state.sounding:
            covering.finish(turn)
    elif isinstance(event, TimerFired):
        _timer(turn, event.timer)
    elif isinstance(event, SpeechBegan | SpeechOver):
        _speech(turn, event)
    elif isinstance(event, Began):
        limits.begin(turn, event)
    elif isinstance(event, Continued):
        resuming.ask_to_continue(turn, event)
    elif isinstance(event, Noticed):
        notices.take(turn, event)
    elif isinstance(event, Lost | Back):
        parts.notice(turn, event)


def _speech(turn: Turn, event: SpeechBegan | SpeechOver) -> None:
    turn.set(speaking=isinstance(event, SpeechBegan))
    turn.cancel_timer("speech")
    turn.cancel_timer("answer")  # settling starts it anew, longer while somebody speaks
    if isinstance(event, SpeechBegan):
        covering.begin(turn)
    else:
        covering.end(turn, person=event.person)


def _hear(turn: Turn, heard: Heard) -> None:
    if heard.intent is None:
        if turn.state.halted in ("stopped", "paused"):
            turn.do(PlayEarcon("not understood"))
        elif not turn.state.held:
            unanswered(turn, no_match=True)
        return
    turn.set(talked_over=None)
    if turn.state.ending is not None:
        if heard.intent == "stop":
            turn.kept = ()
            turn.silence(forget=True)
            turn.set(speaking=False)
        elif heard.intent == "undo":
            undoing.undo_the_end(turn, heard)
        return
    if turn.state.halted == "asleep" and heard.intent not in WHILE_ASLEEP:
        return
    turn.set(reminders=0, strayed=0)
    turn.cancel_timer("idle")
    before = turn.state
    if heard.intent != "repeat":
        turn.set(repeats=0)
    _obey(turn, heard)
    if heard.intent != "undo":
        undoing.remember(turn, before)


def _obey(turn: Turn, heard: Heard) -> None:
    intent = heard.intent or ""
    reply = _reply(turn, heard)
    sign = reply is not None and reply.stop is not None
    if turn.state.halted is not None and intent not in WHILE_HALTED and not sign:
        still(turn)
    elif not answer(turn, heard):
        if reply is not None:
            turn.do(PlayEarcon("understood"))
            apply(turn, reply)
        elif intent in COMMANDS:
            COMMANDS[intent](turn, heard)


def _reply(turn: Turn, heard: Heard) -> Reply | None:
    """Return the reply of the step or the script that was heard, if it was one."""
    scopes = {"step": turn.moment.replies, "script": turn.script_replies}
    replies = scopes.get(heard.scope or "", ())
    return next((reply for reply in replies if reply_intent(reply) == heard.intent), None)


def _timer(turn: Turn, timer: str) -> None:
    if timer not in turn.state.timers:
        return
    turn.set(timers=turn.state.timers - {timer})
    if timer == "wait":
        flow.wait_fired(turn)
    elif timer == "speech":
        turn.set(speaking=False)
    elif timer == "idle":
        flow.idle_fired(turn)
    elif timer == "limit":
        limits.reached(turn)
    elif timer == "answer":
        unanswered(turn, no_match=False)
