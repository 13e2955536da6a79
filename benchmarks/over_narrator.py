"""The parts of the double-talk benchmark in which people speak over the narrator."""

from dataclasses import replace

from benchmarks.bench import LIVING, RATIOS, Bench, Row, Rows, share
from benchmarks.cancellers import candidates
from benchmarks.near_end import disturbances
from benchmarks.scene import ROOMS, Chain, at_ratio, engine, play
from voice_guide.audio.room import SimulatedRoom

JUMP = ((40.0, 0.03),)
"""After 40 s the delay is 30 ms longer."""

CLOCKS = ((0, ()), (20, ()), (100, ()), (-100, ()), (0, JUMP))
"""Parts per million, and jumps."""

STARTS = (0.3, 0.6, 1.0, 2.0, 4.0)


def measure_understood(bench: Bench) -> Rows:
    """Commands over the narrator, at every ratio."""
    for name in bench.rooms:
        quiet = bench.quiet(name)
        yield {"room": name, "SER": "quiet", "commands": share(sum(quiet), len(quiet))}
    for ser in bench.hard if bench.quick else RATIOS:
        for name, room in bench.rooms.items():
            yield {"room": name} | bench.understood(ser, Chain(), {name: room})
        if len(bench.rooms) > 1:
            yield {"room": "all"} | bench.understood(ser, Chain(), bench.rooms)


def measure_cancellers(bench: Bench) -> Rows:
    """The same with other cancellers."""
    for name, candidate in candidates().items():
        known = {"licence": candidate.licence, "wheels": candidate.wheels}
        if candidate.make is None:
            yield {"canceller": name, "SER": "not installed"} | known
            continue
        for ser in bench.hard:
            chain = Chain(canceller=candidate.make)
            yield {"canceller": name} | bench.understood(ser, chain, LIVING) | known


def measure_disturbances(bench: Bench) -> Rows:
    """Coughs, claps, "mm-hm", chat and kitchen noise over the narrator at 0 dB."""
    trials = disturbances(bench.speech)
    result = bench.scene(ROOMS["living room"], 0.0, Chain(), trials)
    for by in dict.fromkeys(trial.by for trial in trials):
        mine = [outcome for outcome in result.outcomes if outcome.trial.by == by]
        heard = [intent for outcome in mine for intent in outcome.heard]
        ducked = sum(outcome.ducked_after is not None for outcome in mine)
        again = sum(outcome.said_again for outcome in mine)
        row = {"noise": by, "times": len(mine), "ducked": ducked, "said again": again}
        yield row | {"obeyed": heard}


def measure_start(bench: Bench) -> Rows:
    """Stop said soon after the session begins, before the echo's path is known."""
    stops = [trial for trial in bench.trials if trial.meant == "stop"]
    for after in STARTS[2:3] if bench.quick else STARTS:
        row: Row = {"said after": after, "times": len(stops)}
        for ser in bench.hard:
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
        yield row


def measure_drift(bench: Bench) -> Rows:
    """The loudspeaker's clock differs from the microphone's, and the delay jumps."""
    for ppm, jumps in CLOCKS:
        name = f"{ppm} ppm" if not jumps else "a jump of 30 ms"
        room = replace(ROOMS["living room"], drift_ppm=ppm, jumps=jumps)
        row = bench.understood(-5.0, Chain(), {"living room": room})
        yield {"clocks": name} | row
