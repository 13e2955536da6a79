"""How soon the narrator speaks, how much memory a session takes, how fast a rehearsal is.

Run: python -m benchmarks.start [--script back_massage] [--live]

"Cold" begins with an empty speech cache, "warm" with a full one. The first narrated line is when
its sound is handed to the loudspeaker. With --live the real player runs on a virtual sound card
(PulseAudio must be installed), and the time ends with the first sample on the loudspeaker.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SETTLES = 5.0
"""Seconds of a live session after which its memory is read."""


def rehearsal(script: str, cache: Path) -> subprocess.Popen[str]:
    """Start a rehearsal whose JSON comes out of a pipe."""
    environment = os.environ | {"XDG_CACHE_HOME": str(cache)}
    command = [sys.executable, "-m", "voice_guide", "rehearse", script, "--json", "--no-recording"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def first_line(script: str, cache: Path) -> float:
    """Return the seconds from the start of the process to its first narrated line."""
    began = time.perf_counter()
    process = rehearsal(script, cache)
    assert process.stdout is not None
    for line in process.stdout:
        if json.loads(line)["event"] == "say":
            break
    took = time.perf_counter() - began
    process.kill()
    process.communicate()
    return took


def whole(script: str, cache: Path) -> tuple[float, float, float]:
    """Return session seconds, seconds it took, and the peak memory in MB."""
    began = time.perf_counter()
    process = rehearsal(script, cache)
    output, _ = process.communicate()
    took = time.perf_counter() - began
    last = json.loads(output.splitlines()[-1])
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return last["t"], took, peak


def live(script: str) -> tuple[float, float]:
    """Return the seconds to the first sample on the loudspeaker, and the memory of all in MB."""
    sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "live"))
    from sound_card import SoundCard  # noqa: PLC0415 -- it lies with the live tests

    with SoundCard() as card:
        began = card.now()
        player = subprocess.Popen(
            [sys.executable, "-m", "voice_guide", "play", script, "--json"],
            env=card.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        first = card.loudspeaker.wait_for_sound(began, timeout=60)
        time.sleep(SETTLES)
        memory = sum(proportional_mb(pid) for pid in family(player.pid))
        player.terminate()
        player.wait()
    return first - began, memory


def family(parent: int) -> list[int]:
    """Return a process and its children, and theirs."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [parent] + [one for child in children for one in family(int(child))]


def proportional_mb(pid: int) -> float:
    """Return the memory of a process, shared pages counted by share, in MB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def show(figure: str, measured: str, goal: str) -> None:
    """Print a row of the table."""
    print(f"{figure:52} {measured:>10} {goal:>8}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--script", default="back_massage")
    parser.add_argument("--live", action="store_true", help="also on a virtual sound card")
    options = parser.parse_args()
    show("figure", "measured", "goal")
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        cold = first_line(options.script, cache)
        warm = min(first_line(options.script, cache) for _ in range(3))
        session, took, peak = whole(options.script, cache)
    show("process start to first narrated line, cold", f"{cold:.2f} s", "4 s")
    show("process start to first narrated line, warm", f"{warm:.2f} s", "1.5 s")
    show("peak memory of a rehearsal", f"{peak:.0f} MB", "400 MB")
    show(f"rehearsal, {session:.0f} s of session", f"{session / took:.1f} x", "8 x")
    if options.live:
        seconds, memory = live(options.script)
        show("live: process start to the first sample", f"{seconds:.2f} s", "1.5 s")
        show("live: memory of the player and the ears", f"{memory:.0f} MB", "400 MB")


if __name__ == "__main__":
    main()
