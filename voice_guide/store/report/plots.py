"""The report's pictures, drawn with matplotlib as SVG whose text stays text."""

import io
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from voice_guide.errors import MachineError
from voice_guide.store.report.collect import SessionStory

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 7.0
"""Inches, at 72 points: as wide as a page; phones scroll or shrink it."""

PLANNED, DONE, SOLID = "#767676", "#0b5cad", "#8a3a00"
"""Colours with a contrast of at least 4.5 to white, and told apart without colour as well."""


def timeline(story: SessionStory) -> str:
    """Return the steps as planned and as done, one row for each."""
    figure, axes = _figure(0.32 * len(story.steps) + 1.3)
    planned_at = 0.0
    for row, step in enumerate(story.steps):
        start = story.steps[0].began + planned_at
        axes.barh(row + 0.2, step.planned / 60, 0.32, start / 60, color=PLANNED, hatch="//")
        axes.barh(row - 0.2, (step.ended - step.began) / 60, 0.32, step.began / 60, color=DONE)
        planned_at += step.planned
    axes.set_yticks(range(len(story.steps)), [step.name for step in story.steps])
    axes.invert_yaxis()
    axes.set_xlabel("minutes of the session; hatched: as planned, solid: as done")
    return _svg(figure, "timeline")


def scale_over_time(story: SessionStory, scale: str) -> str:
    """Return how a scale was turned."""
    names = story.scales[scale]
    points = [level for level in story.levels if level.scale == scale]
    times = [point.at / 60 for point in points] + [story.seconds / 60]
    levels = [names.index(point.level) for point in points]
    figure, axes = _figure(0.35 * len(names) + 1.2)
    axes.step(times, [*levels, levels[-1]], where="post", color=DONE, linewidth=2.5)
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(-0.5, len(names) - 0.5)
    axes.set_xlabel("minutes of the session")
    return _svg(figure, f"scale-{scale}")


def numbers_over_sessions(series: Mapping[str, Sequence[tuple[str, float]]]) -> str:
    """Return the numbers that were answered, session by session.

    Args:
        series: for each saved answer the days and numbers, in order.
    """
    days = sorted({day for points in series.values() for day, _ in points})
    figure, axes = _figure(3.2)
    colours = (DONE, SOLID, PLANNED, "#5b2a86")
    for number, (name, points) in enumerate(series.items()):
        axes.plot(
            [days.index(day) for day, _ in points],
            [value for _, value in points],
            marker="os^D"[number % 4],
            color=colours[number % 4],
            label=name,
        )
    shown = range(0, len(days), max(1, len(days) // 6))
    axes.set_xticks(list(shown), [days[place][:10] for place in shown])
    axes.set_ylim(bottom=-0.3)
    axes.legend()
    return _svg(figure, "numbers")


def _figure(height: float) -> "tuple[Any, Axes]":
    try:
        import matplotlib as mpl  # noqa: PLC0415 -- optional, and slow to import
        from matplotlib.figure import Figure  # noqa: PLC0415
    except ImportError as error:
        raise MachineError(
            "A report needs matplotlib, which is not installed. "
            "Type: pip install 'voice-guide[report]'"
        ) from error
    mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "voice-guide", "font.size": 11})
    figure = Figure(figsize=(WIDTH, max(height, 1.8)), layout="constrained")
    axes = figure.add_subplot()
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.grid(axis="x", color="#dddddd")
    axes.set_axisbelow(True)
    return figure, axes


def _svg(figure: Any, name: str) -> str:
    """Return a figure as an SVG element, without a prologue and with ids of its own."""
    stream = io.StringIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure.savefig(stream, format="svg", metadata=nothing)
    text = stream.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    prefix = re.sub(r"\W+", "-", name)
    text = re.sub(r'\bid="', f'id="{prefix}-', text)
    text = re.sub(r"url\(#", f"url(#{prefix}-", text)
    return re.sub(r'href="#', f'href="#{prefix}-', text)
