"""From the end of "stop" to silence, and gaps in the sound while a core is busy.

Run: python -m benchmarks.stop [--live] [--times N] [--minutes M] [--json FILE]

In the simulated room the time is counted in sound: what computing adds is not in it. With --live
the real player runs on a virtual sound card (PulseAudio must be installed) and hears its own echo;
then it is the time that a person waits, and each stage is told (see live_stop.py). Gaps are
counted live, while another process keeps one core busy. Goals: from the end of "stop" to silence
300 ms at the median and 450 ms at the 95th percentile, from the decision to silence 60 ms, from
the onset of a voice to ducking 200 ms; no gaps in ten minutes.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.live_stop import STAGES, SoundCard, say_stops, spans
from benchmarks.near_end import VOICES
from benchmarks.scene import ROOMS, Chain, Trial, at_ratio, engine, play, trimmed
from voice_guide.audio.format import Samples
from voice_guide.audio.portaudio import PortAudioDevice
from voice_guide.audio.room import SimulatedRoom
from voice_guide.conductor import Conductor
from voice_guide.ears_process import ProcessEars
from voice_guide.resources import models_folder
from voice_guide.speech.espeak import EspeakRenderer
from voice_guide.speech.model import open_model
from voice_guide.speech.narrator import open_narrator
from voice_guide.speech.voice_settings import VoiceSettings

BLOCK_MS = 20.0
"""From the decision to silence in the simulated room: the next block."""

TEXT = (
    "Lay both hands on the back, and feel how it rises and sinks with each breath. Then let them "
    "glide up slowly, on both sides of the spine, as far as the shoulders. "
)
BUSY = "while True: sum(range(10_000))"


def stops(count: int) -> list[tuple[str, Samples]]:
    """Return "stop" in so many voices, without silence around it."""
    renderer = EspeakRenderer()
    rates = (150, 180, 130)
    found = []
    for number in range(count):
        voice, rate = VOICES[number % len(VOICES)], rates[number // len(VOICES) % len(rates)]
        sound = renderer.render("stop", VoiceSettings(voice=voice, rate=rate)).samples
        found.append((voice, trimmed(sound)))
    return found


def simulated(count: int) -> list[float]:
    """Return the milliseconds from each "stop" to silence in a simulated room at 0 dB."""
    narrator = open_narrator(VoiceSettings(voice="en-gb"))
    room = at_ratio(ROOMS["living room"], narrator, TEXT, 0.0)
    result = play(
        SimulatedRoom(room),
        Chain(),
        engine([TEXT] * (2 + count)),
        model=open_model(),
        narrator=narrator,
        trials=[Trial("stop", sound, by) for by, sound in stops(count)],
    )
    heard = [outcome for outcome in result.outcomes if outcome.right]
    return [1000 * (one.decided_after or 0.0) + BLOCK_MS for one in heard]


def live(count: int) -> list[dict[str, Any]]:
    """Say "stop" to sessions on a virtual sound card; print and return how long each stage took."""
    with tempfile.TemporaryDirectory() as name:
        every = []
        for one in say_stops([sound for _, sound in stops(count)], Path(name)):
            every.append(one)
            done = [", ".join(f"{ms:.0f}" for ms in spans([one], stage)) for stage in STAGES]
            echo = ", in its own echo" * one.already
            print(f"{len(every)}: {' | '.join(done)}{echo}", file=sys.stderr, flush=True)
    rows = [show(f"live: {stage}", spans(every, stage), count) for stage in STAGES]
    own = [intent for one in every for intent in one.own]
    already = sum(one.already for one in every)
    print(f"Understood before anybody spoke: {own or 'nothing'}")
    print(f"Times that its own echo was taken for a voice when somebody spoke: {already}")
    return [*rows, {"figure": "its own voice", "understood": own, "taken for a voice": already}]


def gaps(minutes: float) -> int:
    """Return the gaps in the sound on a virtual sound card, while one core is kept busy."""
    with SoundCard() as card:
        card.let_microphone_hear_loudspeaker(gain_db=-14)
        busy = subprocess.Popen([sys.executable, "-c", BUSY])
        try:
            told = subprocess.run(
                [sys.executable, "-m", "benchmarks.stop", "--narrate", str(minutes)],
                env=card.environment,
                capture_output=True,
                text=True,
                check=True,
            )
        finally:
            busy.kill()
            busy.wait()
    return int(told.stdout)


def narrate(minutes: float) -> int:
    """Narrate on this machine's sound devices, listening, and return the gaps in the sound."""
    device = PortAudioDevice()
    ears = ProcessEars(models_folder() / "vosk-builtin-en")
    try:
        ears.wait_until_ready()
        device.start()
        narrator = open_narrator(VoiceSettings(voice="en-gb"))
        conductor = Conductor(engine([TEXT] * round(8 * minutes + 8)), device, ears, narrator)
        conductor.begin()
        while conductor.now < 60 * minutes and not conductor.state.ended:
            conductor.tick()
        return device.underruns
    finally:
        ears.close()
        device.close()


def show(figure: str, waits: list[float], of: int) -> dict[str, Any]:
    """Print a row and return it."""
    p50, p95 = np.percentile(waits, [50, 95]) if waits else (np.nan, np.nan)
    print(f"| {figure} | {len(waits)} of {of} | {p50:.0f} | {p95:.0f} |", flush=True)
    return {"figure": figure, "heard": len(waits), "of": of, "p50": p50, "p95": p95}


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--live", action="store_true", help="also on a virtual sound card")
    parser.add_argument(
        "--times", type=int, default=24, help="how often stop is said; 0: not at all"
    )
    parser.add_argument("--minutes", type=float, default=1.0, help="of looking for gaps; 0: none")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--narrate", type=float, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.narrate is not None:
        print(narrate(options.narrate))
        return 0
    figures = []
    if options.times:
        print("| ms | times | p50 | p95 |\n|---|---|---|---|")
        title = 'simulated room, 0 dB: end of "stop" to silence'
        figures.append(show(title, simulated(options.times), options.times))
        if options.live:
            figures += live(options.times)
    if options.live and options.minutes:
        count = gaps(options.minutes)
        print(f"\nGaps in {options.minutes:g} minutes with a core kept busy: {count}")
        figures.append({"figure": "gaps", "minutes": options.minutes, "gaps": count})
    if options.json is not None:
        options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
