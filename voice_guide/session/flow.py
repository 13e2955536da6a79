"""How a session moves: from moment to moment, and from saying to asking to waiting."""

from voice_guide.session import counting, questions
from voice_guide.session.actions import (
    Ended,
    Halted,
    HoldBegan,
    HoldEnded,
    PlayEarcon,
    QuestionOpened,
    Resumed,
    StepBegan,
)
from voice_guide.session.patience import ANSWERS_WITHIN, MOST_REMINDERS, polite_wait, reminder_after
from voice_guide.session.state import UNDOABLE, Ending, Halt, Kind, Line, Stage
from voice_guide.session.turn import Turn

GAP = 0.8
"""Seconds of quiet after a moment that has nothing to wait for."""

STOPPED_FOR = 300.0
"""Seconds of silence after which a stopped session ends."""

ASLEEP_FOR = 1800.0
"""Seconds after which a session that is not to listen ends."""

_ENOUGH = 1e-6


def settle(turn: Turn) -> None:
    """Say what is to be said; when all is quiet, move on as far as possible."""
    counting.break_off(turn)
    while not turn.state.ended and turn.state.sounding is None:
        line = turn.next_line
        if line is None:
            if not _quiet(turn):
                return
        elif turn.interrupts(line):
            _ensure(turn, "speech", polite_wait(line))
            return
        else:
            turn.say(line)


def _quiet(turn: Turn) -> bool:
    """Do what comes when nothing sounds. Return whether the session has moved."""
    state = turn.state
    if state.ending in UNDOABLE and state.speaking:
        _ensure(turn, "speech", ANSWERS_WITHIN)  # it may be "undo"
    elif state.ending is not None:
        turn.freeze()
        turn.set(ended=True)
        turn.do(PlayEarcon("ended"))
        turn.do(Ended(state.ending))
    elif state.halted in ("stopped", "asleep"):
        _ensure(turn, "idle", STOPPED_FOR if state.halted == "stopped" else ASLEEP_FOR)
    elif state.halted == "paused" or (state.held and state.aside is None):
        _ensure(turn, "idle", reminder_after(turn))
    elif state.aside is not None or (state.stage is Stage.ASK):
        questions.await_answer(turn)
    elif state.stage is Stage.SAY:
        _leave_saying(turn)
        return True
    elif state.due:
        leave_wait(turn)
        return True
    else:
        return _run_wait(turn)
    return False


def _ensure(turn: Turn, timer: str, seconds: float) -> None:
    if timer not in turn.state.timers:
        turn.start_timer(timer, seconds)


def _leave_saying(turn: Turn) -> None:
    question = turn.moment.question
    if question is None or (turn.moment.asks_later and not turn.state.due):
        turn.set(stage=Stage.WAIT)
        return
    turn.set(stage=Stage.ASK, tries=0, asked=True)
    turn.queue([Line(question.ask, Kind.QUESTION)])
    turn.do(QuestionOpened(turn.fill(question.ask), questions.choices(turn)))


def leave_wait(turn: Turn, *lead: str) -> None:
    """The wait is over: ask what had to wait as long as the hands did, or begin the next moment."""
    if turn.state.asked or not turn.moment.asks_later:
        enter(turn, turn.state.position + 1, *lead)
        return
    turn.freeze()
    turn.set(due=True)
    _leave_saying(turn)


def enter(turn: Turn, position: int, *lead: str) -> None:
    """Begin a moment, after saying the texts in ``lead``. Steps on sore areas may be left out."""
    turn.silence(forget=True)
    turn.freeze()
    said = list(lead)
    # A session that was broken off in its goodbye, and goes on, says goodbye once more.
    position = min(position, len(turn.setting.program) - 1)
    while turn.leaves_out(moment := turn.setting.program[position]):
        if turn.is_called_for(moment):
            said.extend(_announce(turn, "step left out", moment.area, step=moment.name))
        position += 1
    turn.set(
        position=position,
        stage=Stage.SAY,
        held=False,
        aside=None,
        suspended=None,
        tries=0,
        reminders=0,
        waited=0.0,
        extra=0.0,
        cues_said=0,
        here={},
        reps_done=0,
        counted=0,
        due=False,
        asked=False,
    )
    moment = turn.moment
    if moment.section == "step":
        count = sum(other.section == "step" for other in turn.setting.program)
        turn.do(StepBegan(moment.name, moment.number, count))
    if moment.section == "goodbye":
        turn.set(ending="finished")
    if turn.gentle_here:
        said.extend(_announce(turn, "step gentle", moment.area))
    turn.queue(Line(text, Kind.RESPONSE) for text in said)
    if moment.say is not None:
        turn.queue([Line(moment.say, Kind.INSTRUCTION, slow=moment.slowly)])


def _announce(turn: Turn, prompt: str, area: str | None, **values: str) -> list[str]:
    """Say once for each area why a step is different."""
    key = f"{prompt}: {area}"
    if area is None or key in turn.state.announced:
        return []
    turn.set(announced=turn.state.announced | {key})
    return [turn.prompt(prompt, area=area, **values)]


def previous(turn: Turn) -> int:
    """Return the moment before this one in the same part of the session, or this one."""
    section = turn.moment.section
    for position in range(turn.state.position - 1, -1, -1):
        moment = turn.setting.program[position]
        if moment.section != section:
            break
        if not turn.leaves_out(moment):
            return position
    return turn.state.position


# Waiting


def _run_wait(turn: Turn) -> bool:
    """Let the time of this moment run. Return whether there is something to say or to do."""
    moment = turn.moment
    fresh = turn.state.waiting_since is None
    if fresh:
        turn.set(waiting_since=turn.at)
    if moment.counting is not None:
        if "wait" in turn.state.timers:
            return False
        counting.count(turn)
        return True
    if fresh:
        _schedule(turn)
    if moment.until_ready:
        _ensure(turn, "idle", reminder_after(turn))
    return False


def _limit(turn: Turn) -> float | None:
    return turn.seconds if turn.moment.waits else GAP


def _schedule(turn: Turn) -> None:
    """Set the timer for the next cue or the end of the wait, whichever comes first."""
    if turn.moment.counting is not None:
        return
    waited = turn.state.waited_until(turn.at)
    cue = turn.moment.cue(turn.state.cues_said)
    times = [] if cue is None else [cue[0] * turn.state.pace]
    limit = _limit(turn)
    if limit is not None:
        times.append(limit)
    if times:
        turn.start_timer("wait", min(times) - waited)


def wait_fired(turn: Turn) -> None:
    """A cue is due, or the wait is over."""
    if turn.moment.counting is not None:
        return
    waited = turn.state.waited_until(turn.at) + _ENOUGH
    now: list[str] = []
    while (cue := turn.moment.cue(turn.state.cues_said)) and cue[0] * turn.state.pace <= waited:
        now.append(cue[1])
        turn.set(cues_said=turn.state.cues_said + 1)
    limit = _limit(turn)
    if limit is not None and waited >= limit:
        turn.set(due=True)
    else:
        slowly = turn.moment.slowly
        turn.queue(Line(text, Kind.CUE, slow=slowly) for text in dict.fromkeys(now))
        _schedule(turn)


def idle_fired(turn: Turn) -> None:
    """Nothing was heard for long: remind, more and more rarely, and in the end give up."""
    reminders = turn.state.reminders + 1
    turn.set(reminders=reminders)
    if turn.state.halted in ("stopped", "asleep") or reminders > MOST_REMINDERS:
        finish(turn, "silence", turn.prompt("saved and ended"))
    elif turn.state.halted == "paused":
        turn.respond(turn.prompt("still paused"), kind=Kind.HALT)
    elif turn.deaf and reminders > 1 and not turn.state.held:
        # They have had time to get ready. A hold is not left so: it may be for a warning sign.
        enter(turn, turn.state.position + 1, turn.prompt("gone on without answer"))
    elif turn.deaf:
        turn.respond(turn.prompt("deaf reminder"))
    else:
        turn.respond(turn.prompt("hold reminder" if turn.state.held else "ready reminder"))


def change_time(turn: Turn, *, pace: float | None = None, more: float = 0.0) -> None:
    """Stretch this and later waits, or add seconds to this one."""
    state = turn.state
    waited = state.waited_until(turn.at)
    running = state.waiting_since is not None
    pace = pace or state.pace
    turn.set(
        waited=waited * pace / state.pace,
        waiting_since=turn.at if running else None,
        pace=pace,
        extra=state.extra + more,
        due=state.due and more == 0.0,
    )
    if running:
        _schedule(turn)


# Standing still


def halt(turn: Turn, kind: Halt, *texts: str) -> None:
    """Stop or pause: silence at once, no time runs, then say the texts."""
    turn.freeze()
    already = turn.state.halted == kind
    turn.set(halted=kind, interrupted=False, reminders=0)
    turn.respond(*texts, kind=Kind.HALT)
    if not already:
        turn.do(PlayEarcon("paused"))
        turn.do(Halted(kind))


def resume(turn: Turn, *lead: str) -> None:
    """Go on after a stop or a pause, where the session was. The texts in ``lead`` come first."""
    turn.cancel_timer("idle")
    turn.set(halted=None, interrupted=False, reminders=0)
    turn.do(Resumed())
    _go_on(turn, *lead, turn.prompt("resumed"))


def hold(turn: Turn) -> None:
    """Wait for "ready". What has been asked of the narrator is still said."""
    turn.freeze()
    turn.set(held=True, reminders=0)
    turn.do(HoldBegan())


def release(turn: Turn) -> None:
    """The person is ready: go on where the session was."""
    turn.cancel_timer("idle")
    turn.set(held=False, reminders=0)
    turn.do(HoldEnded())
    _go_on(turn, turn.prompt("released"))


def _go_on(turn: Turn, *texts: str) -> None:
    """Go on where the session was, but not on an area that was named as sore meanwhile."""
    if not turn.blocked and turn.policy(turn.moment) == "avoid":
        enter(turn, turn.state.position + 1, *texts)
        return
    turn.respond(*texts)
    questions.ask_again(turn)


def finish(turn: Turn, reason: Ending, *texts: str) -> None:
    """Say the texts and end the session."""
    turn.silence(forget=True)
    turn.freeze()
    turn.set(halted=None, held=False, aside=None, ending=reason)
    turn.queue(Line(text, Kind.RESPONSE) for text in texts)
