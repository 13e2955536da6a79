"""Going on with a session that was broken off: by a crash, a flat battery, a pulled plug."""

from dataclasses import replace

from voice_guide.session import flow, questions
from voice_guide.session.actions import QuestionOpened, StepBegan
from voice_guide.session.events import Continued
from voice_guide.session.state import CONTENT, Aside, Kind, Line, State
from voice_guide.session.turn import Turn

DAY = 86400.0
"""Seconds after which it is suggested to start over."""


ABOUT = ("continue", "start over", "continue or end")
"""The questions that are asked here."""


def can_continue(state: State) -> bool:
    """Whether a session that was broken off in this state can be gone on with.

    One that ended because nobody spoke any more was saved, so it can.
    """
    return state.position >= 0 and state.ending in (None, "silence")


def ask_to_continue(turn: Turn, event: Continued) -> None:
    """Put the session aside as it was, and ask whether to go on with it."""
    suspended = _laid_down(turn)
    turn.set(
        suspended=suspended,
        talk=(),
        sounding=None,
        timers=frozenset(),
        halted=None,
        lost=frozenset(),
        interrupted=False,
        held=False,
        tries=0,
        reminders=0,
        speaking=False,
        waited=suspended.waited,
        waiting_since=None,
        ending=None,
        ended=False,
        aside=None,
        last_at=event.at,
        used_before=event.used_today - suspended.practised,
    )
    values = {
        "place": _place(turn),
        "time": turn.setting.language.duration(suspended.last_at),
    }
    said = [] if event.script == "same" else [turn.prompt(f"script {event.script}")]
    if event.away >= DAY and event.script != "missing":
        days = round(event.away / DAY)
        words = turn.setting.language.words
        ago = "a day ago" if days == 1 else "days ago"
        values["ago"] = words[ago].format(days=turn.setting.language.number(days))
        aside = Aside("start over", turn.prompt("continue or start over", **values))
    else:
        text = turn.prompt("continue", **values)
        aside = Aside("continue or end" if event.script == "missing" else "continue", text)
    turn.queue(Line(text, Kind.RESPONSE) for text in said)
    turn.set(aside=aside)
    turn.queue([Line(aside.text, Kind.ASIDE)])
    turn.do(QuestionOpened(aside.text, questions.choices(turn)))


def _laid_down(turn: Turn) -> State:
    """Return the state with nothing in the air: no sound, no timer, no running wait."""
    state = turn.state if turn.state.suspended is None else turn.state.suspended
    talk = [line for line in state.talk if line.kind in CONTENT]
    if talk and state.sounding is not None and talk[0] is state.talk[0]:
        talk[0] = replace(talk[0], again=True)
    if state.ended and turn.moment.say is not None:
        talk = [Line(turn.moment.say, Kind.INSTRUCTION)]
    return replace(
        state,
        talk=tuple(talk),
        sounding=None,
        timers=frozenset(),
        speaking=False,
        waited=state.waited_until(state.last_at),
        waiting_since=None,
        ending=None,
        ended=False,
    )


def _place(turn: Turn) -> str:
    moment = turn.moment
    if moment.section == "step":
        return moment.name
    after = moment.section in ("after", "goodbye")
    return turn.setting.language.words["the end" if after else "the beginning"]


def carry_on(turn: Turn, *, wait: bool = False) -> None:
    """Go on where the session was, or stand paused there until somebody says to."""
    before = turn.state.suspended
    if before is None:
        return
    turn.cancel_timer("answer")
    turn.silence(forget=True)
    turn.set(
        suspended=None,
        aside=before.aside,
        stage=before.stage,
        talk=before.talk,
        halted=before.halted,
        held=before.held or turn.state.held,
        tries=0,
        waited=before.waited,
        cues_said=before.cues_said,
        due=before.due,
    )
    moment = turn.moment
    if moment.section == "step":
        steps = sum(other.section == "step" for other in turn.setting.program)
        turn.do(StepBegan(moment.name, moment.number, steps))
    if wait:
        flow.halt(turn, "paused", turn.prompt("paused"))
    elif before.halted is not None:
        flow.resume(turn)
    else:
        held = turn.state.held
        turn.respond(turn.prompt("hold reminder" if held else "resumed"))
        questions.ask_again(turn)


def _start_over(turn: Turn, *, missing: bool) -> None:
    """Leave the session, so that its script is played again from the beginning."""
    turn.set(suspended=None)
    if missing:
        flow.finish(turn, "asked", turn.prompt("ended"))
    else:
        flow.finish(turn, "restart", turn.prompt("restarted"))


def choose(turn: Turn, aside: Aside, answer: str) -> None:
    """Take the answer, yes or no, to the question whether to go on."""
    if (answer == "yes") is (aside.about == "start over"):
        _start_over(turn, missing=aside.about == "continue or end")
    else:
        carry_on(turn)
