"""What answers and replies do: say something, turn a scale, hold, stop or end."""

from collections.abc import Sequence
from typing import Literal

from voice_guide.script.dialogue import THE_END, Effect
from voice_guide.session import flow
from voice_guide.session.actions import AreaNamed, QuestionOpened, ScaleTurned
from voice_guide.session.program import closing
from voice_guide.session.questions import choices
from voice_guide.session.state import Aside, Kind, Line
from voice_guide.session.turn import Turn


def apply(turn: Turn, effect: Effect, *lead: str) -> None:
    """Do everything that an answer or a reply asks for, after saying the texts in ``lead``."""
    if effect.stop is not None:
        flow.halt(turn, "stopped", effect.stop)
        return
    if effect.end is not None:
        flow.finish(turn, "script", effect.end)
        return
    said = [*lead, *([effect.say] if effect.say is not None else [])]
    said.extend(turn_scale(turn, scale, how) for scale, how in effect.turn.items())
    if effect.set_:
        turn.set(answers={**turn.state.answers, **effect.set_})
    if effect.go_to is not None:
        flow.enter(turn, _place(turn, effect.go_to), *said)
    else:
        turn.respond(*said)
    if effect.hold is not None:
        flow.hold(turn)
    if effect.ask_area is not None:
        ask_area(turn, turn.prompt("which area"), effect.ask_area)


def _place(turn: Turn, name: str) -> int:
    """Return the index of the step that an effect goes to; of this moment if there is none."""
    program = turn.setting.program
    for position, moment in enumerate(program):
        if moment.section == "step" and name in (moment.written, moment.name):
            return position
    return closing(program) if name == THE_END else turn.state.position


def turn_scale(turn: Turn, scale: str, how: str) -> str:
    """Turn a scale up, down or to a level. Return what the narrator says about it."""
    levels = turn.setting.script.scales[scale].levels
    before = turn.level_here(scale)
    after = _turned(before, levels, how)
    clamped = shift_scale(turn, scale, how)
    values = {"scale": scale, "level": levels[clamped]}
    if clamped != after:
        return turn.prompt("scale lowest" if after < 0 else "scale highest", **values)
    return turn.prompt("scale turned", **values)


def shift_scale(turn: Turn, scale: str, how: str) -> int:
    """Turn a scale up, down or to a level, and say nothing. Return the index of its level here.

    Where a step asks for a level of its own, both that and the level of the session are turned.
    """
    levels = turn.setting.script.scales[scale].levels
    before = turn.level_here(scale)
    here, chosen = (
        min(max(_turned(level, levels, how), 0), len(levels) - 1)
        for level in (before, turn.state.scales[scale])
    )
    turn.set(
        scales={**turn.state.scales, scale: chosen},
        turned=turn.state.turned | {scale},
        here={**turn.state.here, scale: here} if scale in turn.moment.levels else turn.state.here,
    )
    if here != before:
        turn.do(ScaleTurned(scale, levels[here]))
    return here


def _turned(level: int, levels: Sequence[str], how: str) -> int:
    step = {"up": 1, "down": -1}
    return level + step[how] if how in step else levels.index(how)


def ask_area(turn: Turn, text: str, policy: Literal["avoid", "gentle"] | None) -> None:
    """Ask which part of the body is meant, after what is being said."""
    open_aside(turn, Aside("area", text, policy))


def open_aside(turn: Turn, aside: Aside) -> None:
    """Ask something of the session's own. The script stands still until it is answered."""
    turn.freeze()
    turn.set(aside=aside, tries=0)
    turn.queue([Line(aside.text, Kind.ASIDE)])
    turn.do(QuestionOpened(aside.text, choices(turn)))


def close_aside(turn: Turn) -> None:
    """The session's own question is answered or given up."""
    turn.silence()
    turn.cancel_timer("answer")
    turn.set(aside=None, tries=0)


def name_area(turn: Turn, area: str, policy: Literal["avoid", "gentle"] | None) -> None:
    """Remember that an area hurts, say what follows, and leave it if the session is there."""
    turn.set(sore={**turn.state.sore, area: policy})
    here = turn.moment
    on_it = here.area == area
    acts = turn.policy(here) if on_it else policy or _usual_policy(turn, area)
    turn.do(AreaNamed(area, "gentle" if acts == "gentle" else "avoid"))
    text = turn.prompt("area gentle" if acts == "gentle" else "area avoid", area=area)
    halted = turn.state.halted is not None
    if on_it and acts == "avoid" and not halted and not turn.state.held:
        flow.enter(turn, turn.state.position + 1, text)
    else:
        turn.respond(text, kind=Kind.HALT if halted else Kind.RESPONSE)


def area_not_named(turn: Turn, aside: Aside) -> None:
    """Nobody says which area is meant: where pain was told of, it is the one under the hands."""
    area = turn.moment.area
    if area is not None and aside.policy is None:
        name_area(turn, area, None)
    else:
        turn.respond(turn.prompt("area unknown"))


def _usual_policy(turn: Turn, area: str) -> str:
    steps = [moment for moment in turn.setting.program if moment.area == area]
    return "gentle" if steps and all(step.sore == "gentle" for step in steps) else "avoid"
