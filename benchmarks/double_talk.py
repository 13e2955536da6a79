"""How well people are understood while the narrator speaks, in a simulated room.

Run: python -m benchmarks.double_talk [--quick] [--parts understood,stages] [--json FILE]

The chain is the one that a session uses: conductor, player, canceller, voice activity, recogniser,
ducking. People are synthetic voices, and recordings of real ones where --speech DIR has them
(commands/<word>/*.flac). "Understood" is the share of those that were understood in quiet: that
exactly what was meant was heard, once. SER is the level of the person over the narrator's echo at
the microphone, dB, before any ducking.

How long it will take on this machine is told first. Each row is printed as soon as it is there, so
that a run that is ended early has told something. To show what each guard brings: --parts
stages,own.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bench import LIVING, RATIOS, Bench, Row, Rows
from benchmarks.cancellers import candidates
from benchmarks.guards import STAGES, measure_own, measure_stages, own_sound_s
from benchmarks.near_end import disturbances
from benchmarks.over_narrator import (
    CLOCKS,
    STARTS,
    measure_cancellers,
    measure_disturbances,
    measure_drift,
    measure_start,
    measure_understood,
)
from benchmarks.scene import BETWEEN, FIRST, Chain
from voice_guide.audio.format import seconds
from voice_guide.errors import VoiceGuideError
from voice_guide.speech.model import open_model
from voice_guide.speech.narrator import open_narrator
from voice_guide.speech.voice_settings import VoiceSettings

SPEECH = Path(__file__).parents[2] / "shared" / "speech"


@dataclass(frozen=True)
class Part:
    """One table."""

    measure: Callable[[Bench], Rows]
    sound_s: Callable[[Bench], float]
    """How many seconds of sound it listens to."""


def scenes(count: Callable[[Bench], float]) -> Callable[[Bench], float]:
    """Return the sound of so many scenes in which all the people speak."""
    return lambda bench: count(bench) * bench.scene_s


def _understood(bench: Bench) -> float:
    return len(bench.rooms) * (1 + len(bench.hard if bench.quick else RATIOS))


def _disturbances(bench: Bench) -> float:
    return FIRST + sum(seconds(len(one.sound)) + BETWEEN for one in disturbances(bench.speech))


def _start(bench: Bench) -> float:
    stops = sum(trial.meant == "stop" for trial in bench.trials)
    starts = STARTS[2:3] if bench.quick else STARTS
    return len(bench.hard) * stops * sum(after + 2.5 for after in starts)


PARTS = {
    "understood": Part(measure_understood, scenes(_understood)),
    "stages": Part(measure_stages, scenes(lambda bench: len(STAGES) * len(bench.hard))),
    "cancellers": Part(measure_cancellers, scenes(lambda b: len(candidates()) * len(b.hard))),
    "own": Part(measure_own, own_sound_s),
    "disturbances": Part(measure_disturbances, _disturbances),
    "start": Part(measure_start, _start),
    "drift": Part(measure_drift, scenes(lambda bench: len(CLOCKS))),
}


def speed(bench: Bench) -> float:
    """Return how many seconds one second of sound takes, from a short try."""
    began = time.perf_counter()
    [trial] = bench.trials[:1]
    bench.scene(LIVING["living room"], 0.0, Chain(), [trial])
    return (time.perf_counter() - began) / (FIRST + seconds(len(trial.sound)) + BETWEEN)


def table(title: str, rows: Rows) -> list[Row]:
    """Print rows as they come, and return them."""
    print(f"\n{title}")
    told: list[Row] = []
    columns: list[str] = []
    for row in rows:
        if not row.keys() <= set(columns):
            columns = list(row)
            print(f"\n| {' | '.join(columns)} |\n|{'---|' * len(columns)}")
        cells = ("" if row.get(key) is None else str(row[key]) for key in columns)
        print(f"| {' | '.join(cells)} |", flush=True)
        told.append(row)
    return told


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="one room, -5 dB, fewer voices")
    parser.add_argument("--parts", default=",".join(PARTS), help="which tables, of: %(default)s")
    parser.add_argument("--speech", type=Path, default=SPEECH, help="folder of the recordings")
    parser.add_argument("--model", type=Path, help="a Vosk model; the built-in one if not given")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    arguments = parser.parse_args()
    parts = arguments.parts.split(",")
    if unknown := [part for part in parts if part not in PARTS]:
        parser.error(f"there is no part {unknown[0]!r}; choose of {', '.join(PARTS)}")
    if not (arguments.speech / "commands").is_dir():
        print(f"No recordings of people at {arguments.speech}: synthetic voices only.")
    try:
        model = open_model(arguments.model)
        narrator = open_narrator(VoiceSettings(voice="en-gb"))
        bench = Bench(model, narrator, arguments.speech, arguments.quick)
    except VoiceGuideError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    people = sum(trial.human for trial in bench.trials)
    print(f"Model {model.name}; {len(bench.trials)} spoken trials, {people} by people.")
    sound = sum(PARTS[part].sound_s(bench) for part in parts)
    print(
        f"{sound / 60:.0f} minutes of sound; it will take about "
        f"{sound * speed(bench) / 60:.0f} minutes.",
        flush=True,
    )
    figures = {}
    for part in parts:
        began = time.perf_counter()
        measure = PARTS[part].measure
        title = (measure.__doc__ or part).splitlines()[0]
        figures[part] = table(title, measure(bench))
        print(f"({time.perf_counter() - began:.0f} s)", flush=True)
    if arguments.json is not None:
        arguments.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
