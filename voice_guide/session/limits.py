"""Enough is enough: the limits of a script, before a session and in it."""

from voice_guide.script.model import Limits
from voice_guide.session import flow
from voice_guide.session.effects import open_aside
from voice_guide.session.events import Began
from voice_guide.session.program import closing
from voice_guide.session.state import Aside
from voice_guide.session.turn import Turn

ASKED_FOR = 2
"""Days after a session on which it is asked whether it can still be felt."""

_LEAST = 1.0
"""Seconds that have to be left of a day's limit for a session to begin."""


def begin(turn: Turn, event: Began) -> None:
    """Begin the session, or say why it is not to be today."""
    turn.set(used_before=event.used_today)
    limits = turn.setting.script.limits
    refusal = None if limits is None else _refusal(turn, limits, event)
    if refusal is not None:
        turn.set(position=0)
        flow.finish(turn, "limit", refusal)
        return
    flow.enter(turn, 0)
    recent = event.days_since is not None and event.days_since <= ASKED_FOR
    if limits is not None and limits.rest_day_if is not None and recent:
        open_aside(turn, Aside("rest", turn.prompt("rest question", sign=limits.rest_day_if)))


def _refusal(turn: Turn, limits: Limits, event: Began) -> str | None:
    language = turn.setting.language
    if limits.per_day is not None and event.used_today > limits.per_day - _LEAST:
        return turn.prompt("limit reached before", limit=language.duration(limits.per_day))
    if event.days_since is not None and 0 < event.days_since <= limits.rest_days:
        return turn.prompt(
            "rest day",
            ago=_days(turn, event.days_since, "a day ago", "days ago"),
            days=_days(turn, limits.rest_days, "a day", "days"),
        )
    return None


def _days(turn: Turn, days: int, one: str, many: str) -> str:
    language = turn.setting.language
    return language.words[one if days == 1 else many].format(days=language.number(days))


def watch(turn: Turn) -> None:
    """Let a timer run while time is used up."""
    left = _left(turn)
    if left is None or turn.state.position < 0 or turn.state.ending is not None:
        return
    if turn.moment.section == "step" and not turn.blocked and "limit" not in turn.state.timers:
        turn.start_timer("limit", left)


def reached(turn: Turn) -> None:
    """The time is used up: leave the steps, but ask what is asked after them."""
    limits, left = turn.setting.script.limits, _left(turn)
    if limits is None or limits.per_day is None or left is None or left > _LEAST:
        return
    limit = turn.setting.language.duration(limits.per_day)
    flow.enter(turn, closing(turn.setting.program), turn.prompt("limit reached", limit=limit))


def _left(turn: Turn) -> float | None:
    limits = turn.setting.script.limits
    if limits is None or limits.per_day is None:
        return None
    return limits.per_day - turn.state.used_before - turn.state.practised
