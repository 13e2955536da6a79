"""How soon a speech model is there, how much memory it takes, and how fast it decodes.

Run: python -m benchmarks.model_speed [--model DIR]

It decodes coffee orders without a pause, with everything that can always be said, in one thread.
Goals: 1.5 s, 200 MB, 0.15 of a core.
"""

import argparse
import os
import resource
import sys
import time
from pathlib import Path

from benchmarks.recognition import SPEECH, evenly
from voice_guide.language.pack import load_language
from voice_guide.resources import models_folder
from voice_guide.speech.grammar import Grammar
from voice_guide.speech.model import open_model
from voice_guide.speech.recordings import read_recording


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--speech", type=Path, default=SPEECH, help="folder of the recordings")
    parser.add_argument("--model", type=Path, default=models_folder() / "vosk-builtin-en")
    arguments = parser.parse_args()
    files = evenly((arguments.speech / "coffee").glob("*.flac"), 12)
    if not files:
        print(f"There are no recordings at {arguments.speech}: give --speech DIR.", file=sys.stderr)
        return 1
    grammar = Grammar.of(load_language("en").phrases, load_language("en")).vosk_json()
    sounds = [(read_recording(file) * 32767).astype("<i2").tobytes() for file in files]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    model = open_model(arguments.model)
    model.recognizer(grammar)
    loaded = time.perf_counter() - began
    began = time.process_time()
    for sound in sounds:
        recognizer = model.recognizer(grammar)
        recognizer.AcceptWaveform(sound)
        recognizer.FinalResult()
    spent = time.process_time() - began
    length = sum(map(len, sounds)) / 2 / 16_000
    took = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    size = sum(f.stat().st_size for f in arguments.model.rglob("*") if f.is_file()) / 1e6
    load = os.getloadavg()[0]
    print(f"{arguments.model.name}: {size:.1f} MB on disk, loaded in {loaded:.2f} s,")
    print(f"{took:.0f} MB of memory, {spent / length:.3f} of a core while somebody speaks")
    print(f"({length:.0f} s decoded; load {load:.1f})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
