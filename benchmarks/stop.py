"""From the end of "stop" to silence, and gaps in the sound while a core is busy.

Run: python benchmarks/stop.py [--live] [--times N] [--minutes M] [--json FILE]

In the simulated room the time is counted in sound: what computing adds is not in it. With --live
the real player runs on a virtual sound card (PulseAudio must be installed) and hears its own echo;
then it is the time that a person waits. Gaps are counted live, while another process keeps one
core busy. Goals: 300 ms at the median and 450 ms at the 95th percentile; no gaps in ten minutes.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from near_end import VOICES
from scene import ROOMS, Chain, Trial, at_ratio, engine, play, trimmed

from voice_guide.audio.earcons import Earcon, earcon
from voice_guide.audio.format import RATE, Samples
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

ALIKE = 0.5
"""How alike a sound must be to the earcon to be taken for it, from 0 to 1."""


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


def live(count: int) -> list[float]:
    """Return the milliseconds from the end of each "stop" to silence, on a virtual sound card.

    The narrator is cut in the block in which the earcon of the pause begins: the times of both,
    and of the word, are found in what was recorded, by correlation.
    """
    waits: list[float] = []
    with tempfile.TemporaryDirectory() as name, sound_card() as card:
        folder = Path(name)
        script = folder / "stop.yaml"
        step = {"name": "Glide", "say": TEXT * 8, "for": "9 min"}
        script.write_text(json.dumps({"format": 1, "title": "Stop", "steps": [step]}))
        card.let_microphone_hear_loudspeaker(gain_db=-14)
        for number, (_, sound) in enumerate(stops(count)):
            wav = folder / f"{number}.wav"
            soundfile.write(wav, 0.4 * sound / np.abs(sound).max(), RATE)
            began = card.now()
            command = [sys.executable, "-m", "voice_guide", "play", str(script), "--json"]
            # With a journal of its own, as the session before was broken off.
            own = {name: str(folder / str(number)) for name in ("XDG_DATA_HOME", "XDG_STATE_HOME")}
            player = subprocess.Popen(
                command,
                env=card.environment | own,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            try:
                card.loudspeaker.wait_for_sound(began, timeout=60)
                card.loudspeaker.wait_until(card.now() + 8.0)
                said = card.now()
                card.say(wav).wait(timeout=30)
                card.loudspeaker.wait_until(card.now() + 2.0)
            finally:
                player.terminate()
                player.wait()
            waited = wait_for_silence(card, said, sound)
            if waited is not None:
                waits.append(1000 * waited)
    return waits


def wait_for_silence(card: Any, said: float, word: Samples) -> float | None:
    """Return the seconds from the end of the word to the earcon, or None where there is none."""
    spoken, _ = found(card.microphone.between(said), word)
    # The narrator answers while the earcon still sounds: its first note tells enough.
    note = earcon(Earcon.PAUSED)[: RATE // 12]
    at, likeness = found(card.loudspeaker.between(said), note)
    return at - spoken - len(word) / RATE if likeness > ALIKE else None


def found(sound: Samples, what: Samples) -> tuple[float, float]:
    """Return where in a sound something is, in seconds, and how alike it is, from 0 to 1."""
    size = 1 << (len(sound) + len(what)).bit_length()
    spectrum = np.fft.rfft(sound, size) * np.conj(np.fft.rfft(what, size))
    match = np.fft.irfft(spectrum, size)[: max(1, len(sound) - len(what))]
    at = int(np.argmax(match))
    piece = sound[at : at + len(what)]
    sizes = float(np.linalg.norm(piece) * np.linalg.norm(what))
    return at / RATE, float(match[at]) / sizes if sizes else 0.0


def gaps(minutes: float) -> int:
    """Return the gaps in the sound on a virtual sound card, while one core is kept busy."""
    with sound_card() as card:
        card.let_microphone_hear_loudspeaker(gain_db=-14)
        busy = subprocess.Popen([sys.executable, "-c", BUSY])
        try:
            told = subprocess.run(
                [sys.executable, __file__, "--narrate", str(minutes)],
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


def sound_card() -> Any:
    """Return the virtual sound card of the live tests."""
    sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "live"))
    from sound_card import SoundCard  # noqa: PLC0415 -- it lies with the live tests

    return SoundCard()


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
        print('| from the end of "stop" to silence, ms | heard | p50 | p95 |\n|---|---|---|---|')
        figures.append(show("simulated room, 0 dB", simulated(options.times), options.times))
        if options.live:
            waits = live(options.times)
            figures.append(show("live, virtual sound card", waits, options.times))
    if options.live and options.minutes:
        count = gaps(options.minutes)
        print(f"\nGaps in {options.minutes:g} minutes with a core kept busy: {count}")
        figures.append({"figure": "gaps", "minutes": options.minutes, "gaps": count})
    if options.json is not None:
        options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
