"""The states of a session and what leads from one to another, found by trying the engine.

``python -m voice_guide.session.diagram`` prints the page; ``docs/states.md`` is a copy, and a test
keeps it current.
"""

import sys
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from voice_guide.language.pack import SAFETY, load_language
from voice_guide.script.model import Script
from voice_guide.session.commands import COMMANDS
from voice_guide.session.engine import Engine
from voice_guide.session.events import Began, Event, Heard, NarrationFinished, TimerFired
from voice_guide.session.state import Stage, State

SCRIPT = Script.model_validate(
    {
        "format": 1,
        "title": "A session with everything in it",
        "scales": {"pressure": {"levels": ["light", "firm"], "start": "light"}},
        "areas": ["back"],
        "steps": [
            {"name": "Warm", "say": "Warm the oil.", "until": "ready"},
            {"name": "Check", "ask": "Is it warm?", "yes": {}, "no": {}},
            {"name": "Rub", "say": "Rub.", "for": "30 s", "cues": [{"at": "9 s", "say": "Slow."}]},
        ],
        "replies": [{"hear": "more oil", "say": "Take some.", "hold": "until ready"}],
    }
)

HAPPENS = {
    "line": "a line ends",
    "wait": "the time is over",
    "answer": "nobody answers",
    "idle": "long silence",
}
"""What is not said by anybody."""

MEANS = {
    "Tells": "says an instruction",
    "Asks": "a question of the script is open",
    "Waits": 'the time of a step runs, or it waits for "ready"',
    "Asks back": "a question of its own is open: end? where does it hurt? did you say seven?",
    "Holds": "waits until hands are ready again; no time runs",
    "Stopped": 'after "stop" or a sign of danger; no time runs',
    "Paused": 'after "pause"; no time runs',
    "Asleep": 'a private talk: hears stop, resume and "listen again"',
    "Says goodbye": "the session ends when this is said",
    "Ended": "over; what was broken off by silence can be picked up again",
}

GOING = "Going"
GOES_ON = ("Tells", "Asks", "Waits", "Asks back", "Holds")
"""The states between which a session changes by itself."""

DANGER = "a sign of danger"
_SIGNS = frozenset(SAFETY) - {"stop", "skin", "it hurts"}
_MOST = 3000
"""States that are tried."""

_SHOWN = 4
"""Causes that are written beside an arrow of the picture."""


@dataclass(frozen=True)
class Change:
    """What leads from a state to another."""

    before: str
    after: str
    causes: tuple[str, ...]


def name_of(state: State) -> str:
    """Return which of the states in the diagram a session is in."""
    if state.ended:
        return "Ended"
    if state.ending is not None:
        return "Says goodbye"
    if state.halted is not None:
        return state.halted.capitalize()
    if state.aside is not None:
        return "Asks back"
    if state.held:
        return "Holds"
    return {Stage.SAY: "Tells", Stage.ASK: "Asks", Stage.WAIT: "Waits"}[state.stage]


def changes() -> tuple[Change, ...]:
    """Try everything that can be said or can happen, in every state that comes of it."""
    engine = Engine(SCRIPT, load_language("en"))
    begun, _ = engine.step(engine.begin(), Began(0.0))
    found: dict[tuple[str, str], set[str]] = {}
    seen = {_kind(begun)}
    open_ = deque([begun])
    while open_ and len(seen) < _MOST:
        before = open_.popleft()
        for cause, event in _events(engine, before):
            after, _ = engine.step(before, event)
            if name_of(before) != name_of(after):
                found.setdefault((name_of(before), name_of(after)), set()).add(cause)
            if not after.ended and _kind(after) not in seen:
                seen.add(_kind(after))
                open_.append(after)
    order = list(MEANS)
    pairs = sorted(found, key=lambda pair: (order.index(pair[0]), order.index(pair[1])))
    return tuple(Change(*pair, tuple(sorted(found[pair]))) for pair in pairs)


def _kind(state: State) -> object:
    """Return what tells states apart: of those alike one is tried."""
    about = None if state.aside is None else state.aside.about
    sounds = state.sounding is not None
    where = (state.position, state.stage, about, state.halted, state.held, state.ending)
    return (*where, sounds, state.due, state.tries, state.reminders, len(state.talk))


def _events(engine: Engine, state: State) -> Iterator[tuple[str, Event]]:
    at = state.last_at + 1.0
    if state.sounding is not None:
        yield HAPPENS["line"], NarrationFinished(at, state.sounding)
    for timer in sorted(state.timers & HAPPENS.keys()):
        seconds = 60.0 if timer == "wait" else 0.0
        yield HAPPENS[timer], TimerFired(at + seconds, timer)
    tried = set()
    for phrase in engine.phrases(state):
        if phrase.intent not in tried:
            tried.add(phrase.intent)
            said = DANGER if phrase.intent in _SIGNS else phrase.intent
            heard = Heard(at, phrase.intent, phrase.scope, phrase.text, slots=phrase.slots)
            yield said, heard


def mermaid(found: tuple[Change, ...]) -> str:
    """Return the diagram as Mermaid text, with the states in which the session goes on in a box."""
    ids = {name: name.title().replace(" ", "") for name in (*MEANS, GOING)}
    edges: dict[tuple[str, str], list[str]] = {}
    for change in found:
        before, after = change.before, change.after
        if not (before in GOES_ON and after in GOES_ON):
            before, after = (GOING if name in GOES_ON else name for name in (before, after))
        causes = edges.setdefault((before, after), [])
        causes.extend(cause for cause in change.causes if cause not in causes)
    inside, outside = ["[*] --> Tells"], [f"[*] --> {GOING}"]
    for name, id_ in ids.items():
        if name != id_:
            (inside if name in GOES_ON else outside).insert(0, f'state "{name}" as {id_}')
    for (before, after), causes in edges.items():
        shown = ", ".join(causes[:_SHOWN]) + (", ..." if len(causes) > _SHOWN else "")
        edge = f"{ids[before]} --> {ids[after]}: {shown}"
        (inside if before in GOES_ON else outside).append(edge)
    box = [f"state {GOING} {{", *(f"    {line}" for line in inside), "}"]
    lines = [*outside[:2], *box, *outside[2:], "Ended --> [*]"]
    return "\n".join(["stateDiagram-v2", *(f"    {line}" for line in lines)])


def page() -> str:
    """Return the page for the docs, Markdown."""
    found = changes()
    stops = [name for name in MEANS if _leads(found, name, "Stopped", "stop")]
    rows = [f"| {name} | {what} |" for name, what in MEANS.items()]
    table = [f"| {c.before} | {c.after} | {', '.join(c.causes)} |" for c in found]
    unsaid = sorted(COMMANDS.keys() - {cause for c in found for cause in c.causes} - _SIGNS)
    return "\n".join(
        [
            "# The states of a session",
            "",
            "Made by `python -m voice_guide.session.diagram`, which tries everything that can be",
            "said or can happen, in every state that comes of it. Do not edit it.",
            "",
            "| state | what it is |",
            "|---|---|",
            *rows,
            "",
            f'"Stop" leads to Stopped from: {", ".join(stops)}. While it says goodbye,',
            f'"stop" ends the session at once. {DANGER.capitalize()} is: numb, tingling, dizzy,',
            "trouble breathing, chest pain, an emergency. It does the same, but is not heard in a",
            "private talk. From a state outside the box the session goes back to where it was.",
            "",
            "```mermaid",
            mermaid(found),
            "```",
            "",
            "What leads from one to another, in full. What is said is named as in the language",
            "packs.",
            "",
            "| from | to | after |",
            "|---|---|---|",
            *table,
            "",
            f"These change no state by themselves: {', '.join(unsaid)}.",
            "",
        ]
    )


def _leads(found: tuple[Change, ...], before: str, after: str, cause: str) -> bool:
    return any((c.before, c.after) == (before, after) and cause in c.causes for c in found)


if __name__ == "__main__":
    sys.stdout.write(page())
