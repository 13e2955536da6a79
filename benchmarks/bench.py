"""What every part of the double-talk benchmark needs: people, rooms, and a scene's figures."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.near_end import human, synthetic
from benchmarks.scene import BETWEEN, FIRST, ROOMS, Chain, Result, Trial, at_ratio, engine, play
from voice_guide.audio.format import seconds
from voice_guide.audio.room import RoomSettings, SimulatedRoom
from voice_guide.language.pack import load_language
from voice_guide.resources import scripts_folder
from voice_guide.script.loader import load_script
from voice_guide.session.engine import Engine
from voice_guide.speech.model import SpeechModel
from voice_guide.speech.narrator import Narrator

HARD = (0.0, -5.0)
RATIOS = (*HARD, 5.0, 10.0, -10.0)
"""Those that have a goal come first, so that they are there when a long run is ended early."""
LIVING = {"living room": ROOMS["living room"]}

Row = dict[str, Any]
Rows = Iterator[Row]
"""The rows of a table, each as soon as it is measured."""


class Bench:
    """What every part of the benchmark needs."""

    def __init__(self, model: SpeechModel, narrator: Narrator, speech: Path, quick: bool) -> None:
        self.model = model
        self.narrator = narrator
        self.quick = quick
        self.speech = speech
        self.rooms = dict(list(ROOMS.items())[1:2]) if quick else ROOMS
        self.texts = texts_of(scripts_folder() / "back_massage.yaml")
        self.trials = synthetic(1 if quick else 3) + human(speech, *((4, 2) if quick else (16, 8)))
        self.hard = HARD[1:] if quick else HARD
        self._quiet: dict[str, list[bool]] = {}
        self._heard: dict[tuple[RoomSettings, float, Chain], Result] = {}

    @property
    def scene_s(self) -> float:
        """Seconds of sound of a scene in which all the people speak."""
        return FIRST + sum(seconds(len(trial.sound)) + BETWEEN for trial in self.trials)

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

    def heard(self, room: RoomSettings, ser_db: float, chain: Chain) -> Result:
        """Return what comes of all the trials over the narrator; it is measured once."""
        key = (room, ser_db, chain)
        if key not in self._heard:
            self._heard[key] = self.scene(room, ser_db, chain, self.trials)
        return self._heard[key]

    def understood(self, ser_db: float, chain: Chain, rooms: Mapping[str, RoomSettings]) -> Row:
        """Return the shares that are understood at a ratio, over some rooms."""
        counts = {"commands": [0, 0], "stop": [0, 0]}
        wrong, own, cpu, ducked, decided = 0, 0, [], [], []
        for name, room in rooms.items():
            quiet = self.quiet(name)
            result = self.heard(room, ser_db, chain)
            own += len(result.own)
            cpu.append(result.listening)
            for outcome, was_right in zip(result.outcomes, quiet, strict=True):
                kind = "stop" if outcome.trial.meant == "stop" else "commands"
                counts[kind][0] += outcome.right and was_right
                counts[kind][1] += was_right
                wrong += any(heard != outcome.trial.meant for heard in outcome.heard)
                # Where the voice begins in the recordings of people is not known: many are noisy.
                if outcome.ducked_after is not None and not outcome.trial.human:
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
