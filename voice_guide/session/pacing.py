"""Time and loudness: slower, faster, more time, louder, how long is left, where are we."""

from voice_guide.session import flow
from voice_guide.session.actions import TurnRate, TurnVolume
from voice_guide.session.counting import repetitions
from voice_guide.session.events import Heard
from voice_guide.session.remaining import step_left, total_left
from voice_guide.session.turn import Turn

VOLUME_STEP = 4.0
"""How much "louder" and "quieter" change the narrator, in dB."""

PACE_STEP = 1.25
"""How much longer or shorter the waits become, and the narrator's words."""

PACES = (0.5, 2.0)
"""The shortest and the longest waits, relative to those written in the script."""

MORE_TIME = 60.0
"""Seconds that "more time" adds."""


def louder(turn: Turn, heard: Heard) -> None:
    """Make the narrator louder."""
    del heard
    turn.do(TurnVolume(VOLUME_STEP))
    turn.respond(turn.prompt("louder"))


def quieter(turn: Turn, heard: Heard) -> None:
    """Make the narrator quieter."""
    del heard
    turn.do(TurnVolume(-VOLUME_STEP))
    turn.respond(turn.prompt("quieter"))


def speak_slower(turn: Turn, heard: Heard) -> None:
    """Make the narrator speak slower."""
    del heard
    turn.do(TurnRate(1 / PACE_STEP))
    turn.respond(turn.prompt("speak slower"))


def speak_faster(turn: Turn, heard: Heard) -> None:
    """Make the narrator speak faster."""
    del heard
    turn.do(TurnRate(PACE_STEP))
    turn.respond(turn.prompt("speak faster"))


def slower(turn: Turn, heard: Heard) -> None:
    """Give more time to everything from here on."""
    del heard
    _change_pace(turn, PACE_STEP, "slower")


def faster(turn: Turn, heard: Heard) -> None:
    """Give less time to everything from here on."""
    del heard
    _change_pace(turn, 1 / PACE_STEP, "faster")


def _change_pace(turn: Turn, factor: float, prompt: str) -> None:
    least, most = PACES
    pace = min(max(turn.state.pace * factor, least), most)
    if abs(pace - turn.state.pace) < 1e-9:
        turn.respond(turn.prompt(f"{prompt} at end"))
        return
    flow.change_time(turn, pace=pace)
    turn.respond(turn.prompt(prompt))


def more_time(turn: Turn, heard: Heard) -> None:
    """Stay with this step for longer: a minute, or as many as were named."""
    if turn.moment.seconds is None:
        turn.respond(turn.prompt("no hurry"))
        return
    minutes = dict(heard.slots).get("minutes")
    seconds = MORE_TIME if minutes is None else 60.0 * int(minutes)
    flow.change_time(turn, more=seconds)
    turn.respond(turn.prompt("more time", time=turn.setting.language.minutes(seconds)))


def time_left(turn: Turn, heard: Heard) -> None:
    """Say how long the step and the session go on."""
    del heard
    language = turn.setting.language
    session = language.duration(total_left(turn))
    here = step_left(turn)
    if here is None:
        turn.respond(turn.prompt("time left in all", session=session))
    else:
        turn.respond(turn.prompt("time left", step=language.duration(here), session=session))


def where(turn: Turn, heard: Heard) -> None:
    """Say which step this is."""
    del heard
    moment = turn.moment
    if moment.section == "step":
        count = sum(other.section == "step" for other in turn.setting.program)
        text = turn.prompt("where", number=moment.number, count=count, step=moment.name)
        if moment.counting is not None:
            values = {"number": turn.state.reps_done + 1, "count": repetitions(turn)}
            text = f"{text} {turn.prompt('where counting', **values)}"
    else:
        begun = moment.section in ("after", "goodbye")
        text = turn.prompt("where after" if begun else "where before")
    turn.respond(text)
