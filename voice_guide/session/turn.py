"""One event's worth of work: the state as it changes, and the actions so far."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from voice_guide.language.pauses import without_pauses
from voice_guide.script.conditions import Facts, as_seconds, fulfilled
from voice_guide.script.model import Reply
from voice_guide.session.actions import Action, CancelTimer, Hush, Say, StartTimer
from voice_guide.session.program import Moment
from voice_guide.session.setting import Setting
from voice_guide.session.state import CONTENT, Kind, Line, Stage, State


class _Filled(dict[str, str]):
    """Values by name. What nobody has answered is left out."""

    def __missing__(self, name: str) -> str:
        return ""


class Turn:
    """A scratch pad for one step of the reducer. It is thrown away afterwards."""

    def __init__(self, setting: Setting, state: State, at: float) -> None:
        self.setting = setting
        self.state = state
        self.at = at
        self.kept = self._first_half(state)
        self.actions: list[Action] = []

    def set(self, **changes: Any) -> None:
        """Change fields of the state."""
        self.state = self.state.changed(changes)

    def do(self, action: Action) -> None:
        """Ask for an action."""
        self.actions.append(action)

    @property
    def moment(self) -> Moment:
        """The moment that the session is in."""
        return self.setting.program[self.state.position]

    @property
    def script_replies(self) -> tuple[Reply, ...]:
        """The script's replies that can be used now.

        None leads away from the questions before the first step: they keep people from harm.
        """
        replies = self.setting.script.replies
        if self.moment.section in ("welcome", "before"):
            return tuple(reply for reply in replies if reply.go_to is None)
        return replies

    @property
    def blocked(self) -> bool:
        """Whether the script stands still: halted, held, or asking something of its own."""
        state = self.state
        return state.halted is not None or state.held or state.aside is not None

    @property
    def deaf(self) -> bool:
        """Whether nobody can be heard, and it is not known for how long."""
        return not self.state.lost.isdisjoint(("microphone", "hearing"))

    # Words

    def prompt(self, name: str, **values: Any) -> str:
        """Return the next wording of one of the narrator's own prompts."""
        used = self.state.wordings.get(name, 0)
        self.set(wordings={**self.state.wordings, name: used + 1})
        text = self.setting.language.prompt(name, used, **values)
        return text[:1].upper() + text[1:]

    def fill(self, text: str) -> str:
        """Return a text of the script with {side} and the levels of the scales filled in."""
        if "{" not in text:
            return text
        values = {
            name: scale.levels[self.level(name)]
            for name, scale in self.setting.script.scales.items()
        }
        values |= self.answers
        if self.moment.side is not None:
            values["side"] = self.moment.side
        if self.moment.round is not None:
            values["round"] = self.setting.language.number(self.moment.round)
        return text.format_map(_Filled(values))

    @property
    def answers(self) -> Mapping[str, str]:
        """The saved answers; where there is none yet, the one that silence stands for."""
        return {**self.setting.usual_answers, **self.state.answers}

    def level(self, scale: str) -> int:
        """Return the index of a scale's level. In a step on a sore area pressure is lowest."""
        if scale == self.setting.pressure and self.gentle_here:
            return 0
        return self.level_here(scale)

    def level_here(self, scale: str) -> int:
        """Return the index of a scale's level, with what the step asks for.

        What a step asks for holds until the person turns the scale in it, and is never more than
        what the person has chosen before.
        """
        chosen = self.state.scales[scale]
        wanted = self.moment.levels.get(scale)
        if wanted is None:
            return chosen
        if scale in self.state.here:
            return self.state.here[scale]
        return min(wanted, chosen) if scale in self.state.turned else wanted

    @property
    def gentle_here(self) -> bool:
        """Whether this step works on an area that hurts, with the lightest touch."""
        return self.policy(self.moment) == "gentle"

    def leaves_out(self, moment: Moment) -> bool:
        """Whether a moment is not for this person now."""
        return self.policy(moment) == "avoid" or not self.is_called_for(moment)

    def is_called_for(self, moment: Moment) -> bool:
        """Whether a moment's conditions are fulfilled."""
        if not moment.when and not moment.unless:
            return True
        scales = self.setting.script.scales
        levels = {name: scales[name].levels[index] for name, index in self.state.scales.items()}
        facts = Facts(self.answers, levels, self.state.sore)
        return fulfilled(moment.when, moment.unless, facts)

    def policy(self, moment: Moment) -> str | None:
        """Return what to do in a moment because its area hurts: avoid, gentle or None."""
        if moment.area is None or moment.area not in self.state.sore:
            return None
        return self.state.sore[moment.area] or moment.sore

    # Talk

    def queue(self, lines: Iterable[Line]) -> None:
        """Say these after everything else."""
        self.set(talk=(*self.state.talk, *lines))

    def respond(self, *texts: str, kind: Kind = Kind.RESPONSE) -> None:
        """Break off what is being said and say these texts first.

        Content that was cut off, or not yet begun, is said again afterwards.
        """
        if kind is Kind.HALT:
            self.kept = ()
        self.silence()
        kept = self.state.talk
        lead = [line for line in kept if line.kind is Kind.RESPONSE]
        rest = [line for line in kept if line.kind is not Kind.RESPONSE]
        said = [Line(text, kind) for text in texts if text]
        self.set(talk=(*lead, *said, *rest))

    def unsaid(self) -> list[str]:
        """Return the responses that have not begun to sound, to be said before something else."""
        if self.state.sounding is not None:
            return []
        unsaid = (line for line in self.state.talk if line.kind is Kind.RESPONSE)
        return [line.text for line in unsaid if line not in self.kept]

    @staticmethod
    def _first_half(state: State) -> tuple[Line, ...]:
        """Return what the first phrase of this breath has led to, and the second does not drop."""
        if not state.more:
            return ()
        unsaid = state.talk if state.sounding is None else state.talk[1:]
        return tuple(line for line in unsaid if line.kind in (Kind.RESPONSE, Kind.ASIDE))

    def silence(self, *, forget: bool = False) -> None:
        """Silence the narrator. Content is kept to be said again unless ``forget``."""
        if self.state.sounding is not None:
            self.do(Hush())
        stays = () if forget else CONTENT
        kept = [line for line in self.state.talk if line.kind in stays or line in self.kept]
        if kept and self.state.sounding is not None and kept[0] is self.state.talk[0]:
            kept[0] = replace(kept[0], again=True)
        self.set(talk=tuple(kept), sounding=None)

    def say(self, line: Line) -> None:
        """Begin to say a line that is to be said."""
        number = self.state.lines + 1
        rest = tuple(other for other in self.state.talk if other is not line)
        self.set(talk=(line, *rest), sounding=number, lines=number)
        text = self.fill(line.text)
        written, aloud = without_pauses(text), self.setting.pronounced(text)
        aloud = "" if aloud == written else aloud
        self.do(Say(number, written, line.again, line.slow, aloud))

    @property
    def next_line(self) -> Line | None:
        """The line that may be said now, once people do not speak."""
        return next((line for line in self.state.talk if self._may_say(line)), None)

    def interrupts(self, line: Line) -> bool:
        """Whether a line would be said into somebody's speech. People count along, aloud."""
        return self.state.speaking and line.kind is not Kind.COUNT

    def _may_say(self, line: Line) -> bool:
        if self.state.halted is not None:
            return line.kind is Kind.HALT
        return line.kind not in CONTENT or not self.blocked

    # Time

    def start_timer(self, timer: str, seconds: float) -> None:
        """Start or restart a timer. It never fires early: it is rounded up to a millisecond."""
        self.set(timers=self.state.timers | {timer})
        self.do(StartTimer(timer, math.ceil(max(seconds, 0.0) * 1000) / 1000))

    def cancel_timer(self, timer: str) -> None:
        """Forget a timer, if it runs."""
        if timer in self.state.timers:
            self.set(timers=self.state.timers - {timer})
            self.do(CancelTimer(timer))

    def freeze(self) -> None:
        """Let no time run: the wait keeps what it has, and every timer is forgotten."""
        self.set(waited=self.state.waited_until(self.at), waiting_since=None)
        for timer in sorted(self.state.timers):
            self.cancel_timer(timer)

    @property
    def seconds(self) -> float | None:
        """How long this moment lasts: as written, at the person's pace, and what was asked for."""
        written = self.length(self.moment)
        return None if written is None else written * self.state.pace + self.state.extra

    def length(self, moment: Moment) -> float | None:
        """Return how long a moment lasts as written or answered. None: no time limit."""
        if moment.seconds_of is None:
            return moment.seconds
        return as_seconds(self.answers.get(moment.seconds_of, "")) or moment.seconds

    @property
    def asks(self) -> bool:
        """Whether the script's question is open, behind whatever blocks it."""
        return self.state.stage is Stage.ASK and self.moment.question is not None
