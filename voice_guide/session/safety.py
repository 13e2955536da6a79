"""Pain and warning signs. No script can switch these off."""

from voice_guide.session import flow
from voice_guide.session.effects import ask_area, close_aside, name_area, shift_scale
from voice_guide.session.events import Heard
from voice_guide.session.turn import Turn


def it_hurts(turn: Turn, heard: Heard) -> None:
    """Less pressure, hands off the spot, and ask where it hurts."""
    del heard
    if turn.state.halted is not None:
        flow.halt(turn, turn.state.halted, turn.prompt("it hurts"), turn.prompt("strong pain"))
        return
    _press_less(turn)
    asks = turn.state.aside is None and bool(turn.setting.script.areas)
    unknown = [] if asks or turn.state.aside is not None else [turn.prompt("area unknown")]
    turn.respond(turn.prompt("it hurts"), turn.prompt("strong pain"), *unknown)
    if asks:
        ask_area(turn, turn.prompt("where does it hurt"), None)


def area_hurts(turn: Turn, heard: Heard) -> None:
    """Less pressure, hands off, and spare the area that was named."""
    area = dict(heard.slots).get("area")
    if area is None:
        it_hurts(turn, heard)
        return
    _press_less(turn)
    if turn.state.aside is not None and turn.state.aside.about == "area":
        close_aside(turn)
    name_area(turn, area, None)


def skin(turn: Turn, heard: Heard) -> None:
    """A rash or itching: off with the lotion, and wait."""
    if turn.state.halted is not None:
        warning_sign(turn, heard)
        return
    turn.respond(turn.prompt("skin"))
    flow.hold(turn)


def _press_less(turn: Turn) -> None:
    scale = turn.setting.pressure
    if scale is not None:
        shift_scale(turn, scale, "down")


def warning_sign(turn: Turn, heard: Heard) -> None:
    """Stop, say what to do and when to call for help."""
    if heard.intent is not None:
        flow.halt(turn, "stopped", turn.prompt(heard.intent))
