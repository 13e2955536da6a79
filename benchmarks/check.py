"""How long ``voice-guide check`` takes for a script of 1,000 steps, without rendering."""

import argparse
import statistics
import time
from pathlib import Path

from voice_guide.language.pack import load_language
from voice_guide.opening import vocabulary
from voice_guide.script import check, parse_script
from voice_guide.script.checks.common import Measures
from voice_guide.settings import Settings
from voice_guide.speech.pronunciation import Pronunciation

GOAL = 2.0
"""Seconds."""

_WORDS = """
arm back bowl bread breath chair cold cup door finger floor flour foot hand heat hip kettle
knee lamp leg milk mirror neck oil oven palm paper pillow salt shoulder side skin sofa spine
spoon sugar table tea thumb towel wall water window wood wool wrist
"""
WORDS = _WORDS.split()


def script(steps: int) -> str:
    """Return a script in which every step is different, and each third asks a question."""
    lines = ["format: 1", "title: A long session", "scales:"]
    lines += ["  pressure: {levels: [light, medium, firm], start: light}", "steps:"]
    for number in range(steps):
        one, other, third = (WORDS[(number * k + k) % len(WORDS)] for k in (1, 7, 19))
        lines += [
            f"  - name: Step {number}, the {one} and the {other}",
            f"    say: Look at the {one}. With {{pressure}} care, move the {other} a little, and",
            f"      then lay the {third} beside it. Take your time, there are {number} more.",
            "    for: 60 s",
            "    cues:",
            f"      - {{at: 20 s, say: Slowly now with the {third}.}}",
            "    replies:",
            f'      - {{hear: "[some] more ({one}|{third})", say: Here it is., hold: until ready}}',
        ]
        if number % 3 == 0:
            lines += [
                f"    ask: Was that the {one}, the {other} or the {third}?",
                f"    answers: {{the {one} {number % 7}: , the old {other}: , (a|the) {third}: }}",
            ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    text = script(options.steps)
    universals = load_language("en").universals
    known = vocabulary(Settings())
    Pronunciation("en")  # espeak-ng is loaded once per process
    times, cpu, found = [], [], 0
    for _ in range(options.runs):
        began, cpu_began = time.perf_counter(), time.process_time()
        loaded = parse_script(text, Path("long.yaml"))
        found = len(check(loaded, known, universals, Measures(Pronunciation("en"))))
        times.append(time.perf_counter() - began)
        cpu.append(time.process_time() - cpu_began)
    print(f"{options.steps} steps, {len(text) / 1000:.0f} kB, {found} findings")
    print(f"read and checked in {statistics.median(times):.2f} s (first {times[0]:.2f} s)")
    print(f"of a processor: {statistics.median(cpu):.2f} s (first {cpu[0]:.2f} s)")
    print(f"goal for 1,000 steps: {GOAL:.0f} s")


if __name__ == "__main__":
    main()
