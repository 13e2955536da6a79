"""Putting a report together: of one session, or of many."""

import json
import statistics
from collections.abc import Sequence

from voice_guide.store.endings import ending
from voice_guide.store.kept import KeptSession
from voice_guide.store.report import page, plots
from voice_guide.store.report.collect import HeardThing, SessionStory


def session_report(story: SessionStory, playing: int | None = None) -> str:
    """Return the page of one session. ``playing`` is the number of one that is being played."""
    kept = story.kept
    understood = [thing for thing in story.heard if thing.intent is not None]
    latencies = [thing.latency for thing in understood if thing.latency is not None]
    body = [
        page.facts(
            [
                ("Began", kept.began[:16].replace("T", " ")),
                ("Session time", minutes(story.seconds)),
                ("In steps", minutes(kept.practised)),
                ("End", ending(kept, playing)),
                ("Understood", f"{len(understood)} of {len(story.heard)}"),
                (
                    "Decided after the voice fell silent, median",
                    f"{statistics.median(latencies):.2f} s" if latencies else "-",
                ),
            ]
        ),
        *_timeline(story),
        *(part for scale in story.scales for part in _scale(story, scale)),
        page.heading("What was heard"),
        _heard("Understood", understood),
        _heard("Not understood", [thing for thing in story.heard if thing.intent is None]),
        page.heading("Questions and answers"),
        page.table(
            "Answers",
            ("Time", "Question", "Answer"),
            [
                (clock(one.at), one.question, (one.answer or "none") + " (silence)" * one.silent)
                for one in story.answers
            ],
        ),
        page.heading("Stops, pauses and pain"),
        page.table("Events", ("Time", "What"), [(clock(at), what) for at, what in story.breaks]),
    ]
    return page.page(f"{kept.title}, session {kept.number}", body)


def _timeline(story: SessionStory) -> list[str]:
    if not story.steps:
        return [page.heading("Steps"), page.paragraph("No step was begun.")]
    return [
        page.heading("Steps"),
        page.picture(
            plots.timeline(story),
            "The steps as planned (hatched) and as done (solid).",
            "The steps over time. The table after it says the same.",
        ),
        page.table(
            "The steps as planned and as done",
            ("Step", "Began", "Planned, s", "Done, s"),
            [
                (one.name, clock(one.began), float(one.planned), one.ended - one.began)
                for one in story.steps
            ],
        ),
    ]


def _scale(story: SessionStory, scale: str) -> list[str]:
    name = f"{scale[:1].upper()}{scale[1:]}"
    return [
        page.heading(f"{name} over time"),
        page.picture(
            plots.scale_over_time(story, scale),
            f"How the {scale} was turned.",
            f"The {scale} over time. The table after it says the same.",
        ),
        page.table(
            f"{name}, each time it was turned",
            ("Time", "Level"),
            [(clock(one.at), one.level) for one in story.levels if one.scale == scale],
        ),
    ]


def _heard(caption: str, things: Sequence[HeardThing]) -> str:
    return page.table(
        caption,
        ("Time", "Words", "Meaning", "Confidence", "Latency, s"),
        [
            (
                clock(one.at),
                one.text or "(a key)" * (one.latency is None),
                one.intent,
                f"{one.confidence:.2f}",
                "" if one.latency is None else f"{one.latency:.2f}",
            )
            for one in things
        ],
    )


def overview_report(sessions: Sequence[KeptSession], playing: int | None = None) -> str:
    """Return the page of many sessions: what was played, and the numbers that were answered.

    ``playing`` is the number of one that is being played.
    """
    series: dict[str, list[tuple[str, float]]] = {}
    for kept in sessions:
        for name, answer in json.loads(kept.answers).items():
            if answer.isdigit():
                series.setdefault(name, []).append((kept.began, float(answer)))
    body = []
    if series:
        names = ", ".join(series)
        body = [
            page.heading("Numbers over the sessions"),
            page.picture(
                plots.numbers_over_sessions(series),
                f"What was answered: {names}.",
                "The numbers session by session. The table after it says the same.",
            ),
            page.table(
                "Numbers that were answered",
                ("Session", *series),
                [
                    (
                        kept.began[:16].replace("T", " "),
                        *(json.loads(kept.answers).get(name) for name in series),
                    )
                    for kept in sessions
                ],
            ),
        ]
    rows = [
        (
            str(kept.number),
            kept.began[:16].replace("T", " "),
            kept.title,
            kept.seconds / 60,
            kept.practised / 60,
            ending(kept, playing),
        )
        for kept in sessions
    ]
    heads = ("Number", "Began", "Session", "Minutes", "In steps", "End")
    body += [page.heading("Sessions"), page.table("Sessions, oldest first", heads, rows)]
    return page.page("Sessions", body)


def clock(at: float) -> str:
    """Return session seconds as ``02:05``."""
    return f"{int(at) // 60:02d}:{int(at) % 60:02d}"


def minutes(seconds: float) -> str:
    """Return seconds as ``2.1 min``."""
    return f"{seconds / 60:.1f} min"
