"""The universals: what can be said at any time, and what it does."""

import re
from collections.abc import Callable, Mapping

from voice_guide.language.pack import SAFETY
from voice_guide.language.templates import expand
from voice_guide.session import answers, flow, modes, questions, resuming
from voice_guide.session.actions import PlayEarcon
from voice_guide.session.effects import close_aside, open_aside, turn_scale
from voice_guide.session.events import Heard
from voice_guide.session.moving import back, next_, skip_to, start_over
from voice_guide.session.pacing import (
    faster,
    louder,
    more_time,
    quieter,
    slower,
    speak_faster,
    speak_slower,
    time_left,
    where,
)
from voice_guide.session.safety import area_hurts, it_hurts, skin, warning_sign
from voice_guide.session.state import Aside, Kind, Line
from voice_guide.session.turn import Turn
from voice_guide.session.undoing import undo

Command = Callable[[Turn, Heard], None]

ENDS_AT_ONCE = ("end", "rest", *resuming.ABOUT)
"""The session's own questions to which "end" is answer enough: nothing is lost by it."""


def stop(turn: Turn, heard: Heard) -> None:
    """Silence, and no time runs. Reversible, so it is not confirmed."""
    del heard
    again = turn.state.halted == "stopped"
    flow.halt(turn, "stopped", turn.prompt("still stopped" if again else "stopped"))


def pause(turn: Turn, heard: Heard) -> None:
    """As stop, for a break."""
    del heard
    if turn.state.halted is None:
        flow.halt(turn, "paused", turn.prompt("paused"))
    else:
        still(turn)


def still(turn: Turn) -> None:
    """Say that the session stands still, and what can be said."""
    halted = turn.state.halted
    if halted is not None:
        flow.halt(turn, halted, turn.prompt(f"still {halted}"))


def resume(turn: Turn, heard: Heard) -> None:
    """Go on after a stop, a pause or a hold."""
    del heard
    if turn.state.halted is not None:
        flow.resume(turn)
    elif turn.state.suspended is not None:
        close_aside(turn)
        resuming.carry_on(turn)
    elif turn.state.aside is not None and turn.state.aside.about == "end":
        close_aside(turn)
        turn.respond(turn.prompt("not ended"))
        questions.ask_again(turn)
    elif turn.state.held:
        flow.release(turn)


def end(turn: Turn, heard: Heard) -> None:
    """End the session: at once when that is sure or loses nothing, otherwise after a yes."""
    aside = turn.state.aside
    again = aside is not None and aside.about in ENDS_AT_ONCE
    if heard.pressed or again or turn.state.halted is not None:
        flow.finish(turn, "asked", turn.prompt("ended"))
        return
    if aside is not None:
        close_aside(turn)
    turn.respond()
    open_aside(turn, Aside("end", turn.prompt("confirm end")))


def repeat(turn: Turn, heard: Heard) -> None:
    """Say the last instruction or question again, not the last chatter; then slower."""
    del heard
    slow = turn.state.repeats > 0
    turn.set(repeats=turn.state.repeats + 1)
    if turn.state.aside is not None:
        turn.respond()
        questions.ask_again(turn)
        return
    turn.silence(forget=True)
    moment = turn.moment
    if turn.asks and moment.question is not None:
        turn.cancel_timer("answer")
        turn.queue([_once_more(moment.question.ask, Kind.QUESTION, slow)])
    elif moment.say is not None:
        turn.queue([_once_more(moment.say, Kind.INSTRUCTION, slow)])
    elif moment.question is not None:
        turn.queue([_once_more(moment.question.ask, Kind.RESPONSE, slow)])


def _once_more(text: str, kind: Kind, slow: bool) -> Line:
    """Return a line to be said again: the second time slower, and in short pieces."""
    if slow:
        text = re.sub(r"([.,;:!?])\s+", r"\1 [pause] ", text)
    return Line(text, kind, slow=slow)


def softer(turn: Turn, heard: Heard) -> None:
    """Less pressure."""
    _press(turn, heard, "down")


def harder(turn: Turn, heard: Heard) -> None:
    """More pressure."""
    _press(turn, heard, "up")


def _press(turn: Turn, heard: Heard, how: str) -> None:
    del heard
    scale = turn.setting.pressure
    turn.respond(turn.prompt("no scale") if scale is None else turn_scale(turn, scale, how))


def ready(turn: Turn, heard: Heard) -> None:
    """End a pause, a hold, or a wait that ends on "ready"."""
    del heard
    if turn.state.halted == "paused":
        flow.resume(turn)
    elif turn.state.halted is not None:
        still(turn)
    elif turn.state.held:
        flow.release(turn)
    elif turn.state.aside is not None:
        turn.do(PlayEarcon("not understood"))
    elif turn.moment.ends_on_ready:
        turn.do(PlayEarcon("understood"))
        flow.leave_wait(turn, *turn.unsaid())
    else:
        turn.do(PlayEarcon("not understood"))


def help_(turn: Turn, heard: Heard) -> None:
    """Say what can be said now."""
    del heard
    language = turn.setting.language
    if turn.state.halted is not None:
        flow.halt(turn, turn.state.halted, turn.prompt(f"help {turn.state.halted}"))
        return
    choices = questions.choices(turn)
    if choices:
        turn.respond(turn.prompt("help question", choices=language.listing(choices)))
        return
    if turn.state.held:
        turn.respond(turn.prompt("help held"))
        return
    more = []
    if turn.moment.ends_on_ready:
        more.append(turn.prompt("help ready"))
    if turn.setting.script.scales:
        more.append(turn.prompt("help scale"))
    replies = (*turn.moment.replies, *turn.script_replies)
    if replies:
        first = [expand(reply.hear[0])[0] for reply in replies]
        more.append(turn.prompt("help replies", replies=language.listing(first)))
    turn.respond(turn.prompt("help", more=" ".join(more)))


def sleep(turn: Turn, heard: Heard) -> None:
    """Stand still and hear nothing but stop, resume and "listen again", for a private talk."""
    del heard
    if turn.state.halted != "asleep":
        turn.set(before_sleep=turn.state.halted)
    flow.halt(turn, "asleep", turn.prompt("asleep"))


def wake(turn: Turn, heard: Heard) -> None:
    """Listen again, and go on; but what was stopped before the talk stays stopped."""
    if turn.state.halted == "asleep" and turn.state.before_sleep == "stopped":
        flow.halt(turn, "stopped", turn.prompt("still stopped"))
    else:
        resume(turn, heard)


def dont_know(turn: Turn, heard: Heard) -> None:
    """Nobody knows the answer: take the one for silence, or say where to find it out."""
    del heard
    if questions.must_be_answered(turn):
        turn.respond(turn.prompt("find out first"))
        questions.ask_again(turn)
    elif questions.choices(turn):
        answers.give_up(turn)


def why(turn: Turn, heard: Heard) -> None:
    """Say why the question is asked."""
    del heard
    question = turn.moment.question
    if turn.asks and question is not None and question.why is not None:
        turn.respond(question.why)
    else:
        turn.respond(turn.prompt("why"))
    questions.ask_again(turn)


def nothing_to_answer(turn: Turn, heard: Heard) -> None:
    """A yes or a no that answers nothing. People say it to each other."""


COMMANDS: Mapping[str, Command] = {
    "stop": stop,
    "emergency": warning_sign,
    "chest pain": warning_sign,
    "breathless": warning_sign,
    "dizzy": warning_sign,
    "numb": warning_sign,
    "tingling": warning_sign,
    "skin": skin,
    "it hurts": it_hurts,
    "area hurts": area_hurts,
    "pause": pause,
    "resume": resume,
    "sleep": sleep,
    "wake": wake,
    "end": end,
    "start over": start_over,
    "repeat": repeat,
    "next": next_,
    "back": back,
    "skip to": skip_to,
    "undo": undo,
    "softer": softer,
    "harder": harder,
    "slower": slower,
    "faster": faster,
    "speak slower": speak_slower,
    "speak faster": speak_faster,
    "more time": more_time,
    "louder": louder,
    "headphones": modes.headphones,
    "room": modes.room,
    "push": modes.push,
    "quieter": quieter,
    "ready": ready,
    "time left": time_left,
    "where": where,
    "help": help_,
    "don't know": dont_know,
    "why": why,
    "yes": nothing_to_answer,
    "no": nothing_to_answer,
}

WHILE_HALTED = frozenset(
    {*SAFETY, "area hurts", "pause", "resume", "sleep", "wake", "end", "ready", "help"}
)
"""What still acts when the session is stopped or paused. The rest is told that it is."""

WHILE_HELD = frozenset(
    {*SAFETY, "area hurts", "pause", "resume", "wake", "ready", "end", "help", "sleep"}
)
"""What is heard in a hold. Hands are in the lotion, and people talk."""

WHILE_ASLEEP = frozenset({"stop", "resume", "wake"})
"""What is heard in a private talk. The rest is not even told."""
