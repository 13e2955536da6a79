"""How well people are understood while the narrator speaks, in a simulated room.

Run: python benchmarks/double_talk.py [--quick] [--parts understood,stages] [--json FILE]

The chain is the one that a session uses: conductor, player, canceller, voice activity, recogniser,
ducking. People are synthetic voices, and recordings of real ones where --speech DIR has them
(commands/<word>/*.flac). "Understood" is the share of those that were understood in quiet: that
exactly what was meant was heard, once. SER is the level of the person over the narrator's echo at
the microphone, dB, before any ducking.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from cancellers import candidates
from near_end import disturbances, human, synthetic
from scene import ROOMS, Chain, Result, Trial, at_ratio, engine, play

from voice_guide.audio.room import RoomSettings, SimulatedRoom
from voice_guide.ears import Guards
from voice_guide.errors import VoiceGuideError
from voice_guide.language.pack import load_language
from voice_guide.language.phrases import Phrase
from voice_guide.resources import scripts_folder
from voice_guide.script.loader import load_script
from voice_guide.session.engine import Engine
from voice_guide.speech.listener import ListenerSettings
from voice_guide.speech.model import SpeechModel, open_model
from voice_guide.speech.narrator import Narrator, open_narrator
from voice_guide.speech.utterance import DecodingSettings
from voice_guide.speech.voice_settings import VoiceSettings

SPEECH = Path(__file__).parents[2] / "shared" / "speech"
RATIOS = (10.0, 5.0, 0.0, -5.0, -10.0)
HARD = (0.0, -5.0)
LIVING = {"living room": ROOMS["living room"]}
STARTS = (0.3, 0.6, 1.0, 2.0, 4.0)

STAGES = {
    "everything on": Chain(),
    "no echo canceller": Chain(cancel_echo=False),
    "no ducking": Chain(ducking=False),
    "no trust in the canceller asked": Chain(guards=Guards(trust=False)),
    "no hindsight": Chain(guards=Guards(hindsight=False)),
    "no second look": Chain(
        listening=ListenerSettings(decoding=DecodingSettings(look_again_s=0.0))
    ),
    "no pre-roll": Chain(listening=ListenerSettings(preroll_s=0.0)),
    "nothing decided early": Chain(listening=ListenerSettings(urgent_hold_s=60.0)),
}

Row = dict[str, Any]


class Bench:
    """What every part of the benchmark needs."""

    def __init__(self, model: SpeechModel, narrator: Narrator, speech: Path, quick: bool) -> None:
        self.model = model
        self.narrator = narrator
        self.quick = quick
        self.speech = speech
        self.rooms = dict(list(ROOMS.items())[1:2]) if quick else ROOMS
        self.texts = texts_of(scripts_folder() / "back_massage.yaml")
        self.trials = synthetic(1 if quick else 3) + human(speech, *((8, 4) if quick else (16, 8)))
        self._quiet: dict[str, list[bool]] = {}

    def scene(
        self, room: RoomSettings, ser_db: float | None, chain: Chain, trials: Sequence[Trial]
    ) -> Result:
        """Return what comes of trials over the narrator, or in quiet where ``ser_db`` is None."""
        if ser_db is not None:
            room = at_ratio(room, self.narrator, " ".join(self.texts), ser_db)
        texts = self.texts * 9 if ser_db is not None else []
        return play(
            SimulatedRoom(room),
            chain,
            engine(texts),
            model=self.model,
            narrator=self.narrator,
            trials=trials,
        )

    def quiet(self, name: str) -> list[bool]:
        """Return which of the trials are understood in a room where nobody narrates."""
        if name not in self._quiet:
            result = self.scene(ROOMS[name], None, Chain(), self.trials)
            self._quiet[name] = [outcome.right for outcome in result.outcomes]
        return self._quiet[name]

    def understood(self, ser_db: float, chain: Chain, rooms: Mapping[str, RoomSettings]) -> Row:
        """Return the shares that are understood at a ratio, over some rooms."""
        counts = {"commands": [0, 0], "stop": [0, 0]}
        wrong, own, cpu, ducked, decided = 0, 0, [], [], []
        for name, room in rooms.items():
            quiet = self.quiet(name)
            result = self.scene(room, ser_db, chain, self.trials)
            own += len(result.own)
            cpu.append(result.listening)
            for outcome, was_right in zip(result.outcomes, quiet, strict=True):
                kind = "stop" if outcome.trial.meant == "stop" else "commands"
                counts[kind][0] += outcome.right and was_right
                counts[kind][1] += was_right
                wrong += any(heard != outcome.trial.meant for heard in outcome.heard)
                if outcome.ducked_after is not None:
                    ducked.append(outcome.ducked_after)
                if kind == "stop" and outcome.right and outcome.decided_after is not None:
                    decided.append(outcome.decided_after)
        return {
            "SER": ser_db,
            "commands": share(*counts["commands"]),
            "stop": share(*counts["stop"]),
            "something else": wrong,
            "its own": own,
            "duck p50": quantile(ducked, 50),
            "duck p95": quantile(ducked, 95),
            "stop decided p50": quantile(decided, 50),
            "stop decided p95": quantile(decided, 95),
            "core": round(float(np.mean(cpu)), 3),
        }


def share(right: int, of: int) -> str:
    """Return a share as it is printed."""
    return f"{right / of:.3f} ({right}/{of})" if of else "-"


def quantile(values: Sequence[float], percent: float) -> float | None:
    """Return a quantile of some seconds, or None where there are none."""
    return round(float(np.percentile(values, percent)), 2) if values else None


def texts_of(path: Path) -> list[str]:
    """Return everything that a script and the language pack let the narrator say."""
    script = load_script(path).script
    made = Engine(script, load_language(script.language))
    return list(dict.fromkeys(made.texts(made.begin())))


def measure_understood(bench: Bench) -> list[Row]:
    """Commands over the narrator, at every ratio."""
    rows: list[Row] = []
    for name in bench.rooms:
        quiet = bench.quiet(name)
        rows.append({"room": name, "SER": "quiet", "commands": share(sum(quiet), len(quiet))})
        for ser in HARD if bench.quick else RATIOS:
            rows.append({"room": name} | bench.understood(ser, Chain(), {name: ROOMS[name]}))
    if len(bench.rooms) > 1:
        rows += [{"room": "all"} | bench.understood(ser, Chain(), bench.rooms) for ser in HARD]
    return rows


def measure_stages(bench: Bench) -> list[Row]:
    """The same with every stage switched off in turn."""
    rows = []
    for name, chain in STAGES.items():
        for ser in HARD:
            rows.append({"chain": name} | bench.understood(ser, chain, LIVING))
    return rows


def measure_cancellers(bench: Bench) -> list[Row]:
    """The same with other cancellers."""
    rows: list[Row] = []
    for name, candidate in candidates().items():
        known = {"licence": candidate.licence, "wheels": candidate.wheels}
        if candidate.make is None:
            rows.append({"canceller": name, "SER": "not installed"} | known)
            continue
        for ser in HARD:
            chain = Chain(canceller=candidate.make)
            row = bench.understood(ser, chain, LIVING)
            rows.append({"canceller": name} | row | known)
    return rows


def measure_own(bench: Bench) -> list[Row]:
    """What the narrator's own voice causes: all scripts, from the first word, nobody speaks."""
    rows: list[Row] = []
    off = {
        "everything on": Chain(),
        "no trust asked": Chain(guards=Guards(trust=False)),
        "no hindsight": Chain(guards=Guards(hindsight=False)),
    }
    paths = sorted(scripts_folder().glob("*.yaml"))[: 1 if bench.quick else None]
    for number, path in enumerate(paths):
        name = list(ROOMS)[number % len(ROOMS)]
        for title, chain in off.items():
            rows.append(
                {"script": path.stem, "room": name, "chain": title}
                | own(bench, path, chain, ROOMS[name])
            )
    return rows


def own(bench: Bench, path: Path, chain: Chain, room: RoomSettings) -> Row:
    """Play a script's narration at -5 dB to a room where nobody speaks."""
    script = load_script(path).script
    language = load_language(script.language)
    made = Engine(script, language)
    texts = list(made.texts(made.begin()))
    texts += [
        wording for prompt in language.prompts.values() for wording in prompt if "{" not in wording
    ]
    seconds = sum(bench.narrator.render(text).seconds + 1.0 for text in texts)
    also: tuple[Phrase, ...] = made.every_phrase()
    room = at_ratio(room, bench.narrator, " ".join(bench.texts), -5.0)
    result = play(
        SimulatedRoom(room),
        chain,
        engine(texts),
        model=bench.model,
        narrator=bench.narrator,
        trials=[],
        limit=seconds,
        also=also,
    )
    return {"minutes": round(seconds / 60, 1), "actions": len(result.own), "which": result.own}


def measure_disturbances(bench: Bench) -> list[Row]:
    """Coughs, claps, "mm-hm", chat and kitchen noise over the narrator at 0 dB."""
    trials = disturbances(bench.speech)
    result = bench.scene(ROOMS["living room"], 0.0, Chain(), trials)
    rows = []
    for by in dict.fromkeys(trial.by for trial in trials):
        mine = [outcome for outcome in result.outcomes if outcome.trial.by == by]
        heard = [intent for outcome in mine for intent in outcome.heard]
        ducked = sum(outcome.ducked_after is not None for outcome in mine)
        rows.append({"noise": by, "times": len(mine), "ducked": ducked, "obeyed": heard})
    return rows


def measure_start(bench: Bench) -> list[Row]:
    """Stop said soon after the session begins, before the echo's path is known."""
    stops = [trial for trial in bench.trials if trial.meant == "stop"]
    rows: list[Row] = []
    for after in STARTS[1:3] if bench.quick else STARTS:
        row: Row = {"said after": after, "times": len(stops)}
        for ser in HARD:
            room = at_ratio(ROOMS["living room"], bench.narrator, " ".join(bench.texts), ser)
            right = 0
            for trial in stops:
                result = play(
                    SimulatedRoom(room),
                    Chain(),
                    engine(bench.texts),
                    model=bench.model,
                    narrator=bench.narrator,
                    trials=[trial],
                    first=after,
                )
                right += result.outcomes[0].right
            row[f"at {ser:g} dB"] = share(right, len(stops))
        rows.append(row)
    return rows


def measure_drift(bench: Bench) -> list[Row]:
    """The loudspeaker's clock differs from the microphone's, and the delay jumps."""
    rows: list[Row] = []
    for ppm, jumps in ((0, ()), (20, ()), (100, ()), (-100, ()), (0, ((40.0, 0.03),))):
        name = f"{ppm} ppm" if not jumps else "a jump of 30 ms"
        room = replace(ROOMS["living room"], drift_ppm=ppm, jumps=jumps)
        row = bench.understood(-5.0, Chain(), {"living room": room})
        rows.append({"clocks": name} | row)
    return rows


PARTS: dict[str, Callable[[Bench], list[Row]]] = {
    "understood": measure_understood,
    "stages": measure_stages,
    "cancellers": measure_cancellers,
    "own": measure_own,
    "disturbances": measure_disturbances,
    "start": measure_start,
    "drift": measure_drift,
}


def table(title: str, rows: Sequence[Row]) -> None:
    """Print rows."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    print(f"\n{title}\n\n| {' | '.join(columns)} |\n|{'---|' * len(columns)}")
    for row in rows:
        cells = ("" if row.get(key) is None else str(row[key]) for key in columns)
        print(f"| {' | '.join(cells)} |")
    sys.stdout.flush()


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="one room, fewer voices")
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
    figures = {}
    for part in parts:
        began = time.perf_counter()
        figures[part] = PARTS[part](bench)
        title = (PARTS[part].__doc__ or part).splitlines()[0]
        table(f"{title} ({time.perf_counter() - began:.0f} s)", figures[part])
    if arguments.json is not None:
        arguments.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
