"""What the session does when a part of the machine fails, and when it works again."""

from voice_guide.session import flow, notices
from voice_guide.session.events import Back, Lost
from voice_guide.session.turn import Turn

NEEDED = frozenset({"loudspeaker", "ears"})
"""Without these the session is paused. Without a microphone it goes on, by time, keys and pedal:
the person has begun and waits to be guided."""


def notice(turn: Turn, event: Lost | Back) -> None:
    """Tell what has happened to the machine, and pause or go on if need be."""
    if isinstance(event, Lost):
        _lost(turn, event)
    else:
        _back(turn, event)


def _lost(turn: Turn, event: Lost) -> None:
    """A part has failed: pause if it is needed, and say so once."""
    if event.part in turn.state.lost:
        return
    before = turn.state.lost - {"ears"} if event.part == "hearing" else turn.state.lost
    turn.set(lost=before | {event.part})
    if turn.state.ending is not None:
        return
    text = turn.prompt(f"{event.part} lost")
    if event.part in NEEDED and turn.state.halted is None:
        flow.halt(turn, "paused", text)
        turn.set(interrupted=True)
    else:
        _tell_and_go_on(turn, text)


def _back(turn: Turn, event: Back) -> None:
    """A part works again: say so, and go on if the session stood still for it."""
    if event.part not in turn.state.lost:
        return
    turn.set(lost=turn.state.lost - {event.part})
    if turn.state.ending is None:
        _tell_and_go_on(turn, turn.prompt(f"{event.part} back"))


def _tell_and_go_on(turn: Turn, text: str) -> None:
    if turn.state.interrupted and turn.state.lost.isdisjoint(NEEDED):
        flow.resume(turn, text)
    else:
        notices.tell(turn, text)
