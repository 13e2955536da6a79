"""How soon "stop" is decided, and what else is taken for it.

Run: python -m benchmarks.stop_alike [--looks 0,2,4] [--phrases N] [--json FILE]

"Stop" is said by synthetic voices and by people (commands/stop of --speech). What must not be
taken for it: words that sound like it, other phrases that can be said in a session, and single
words of people (commands/unknown). Each is heard by the listener of a session, in faint noise,
with a session's grammar. --looks says after how many windows without a voice (32 ms each) it is
looked at whether a short utterance was "stop"; 0: not at all. Times are counted in sound: what
computing adds is not in them.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.near_end import VOICES, speakers
from benchmarks.scene import YES_OR_NO, engine, trimmed
from voice_guide.audio.format import BLOCK, RATE, Samples, seconds, silence
from voice_guide.language.pack import load_language
from voice_guide.speech.espeak import EspeakRenderer
from voice_guide.speech.grammar import Grammar
from voice_guide.speech.hearing import Heard
from voice_guide.speech.listener import Listener, ListenerSettings
from voice_guide.speech.model import SpeechModel, open_model
from voice_guide.speech.recordings import read_recording
from voice_guide.speech.voice_settings import VoiceSettings

SPEECH = Path(__file__).parents[2] / "shared" / "speech"
# fmt: off
ALIKE = (
    "step", "soft", "just right", "stomach", "top", "stuff", "stock", "stopwatch", "shop", "start",
    "still", "store", "spot", "strong", "chop", "stiff", "softer", "too soft", "start over",
    "next step", "stay here", "a drop", "it's on top", "that's too soft", "what a storm",
    "step by step",
)
# fmt: on
PEAK, NOISE_DB = 0.3, -60.0


@dataclass(frozen=True)
class Said:
    """A word, and who said it."""

    group: str
    words: str
    by: str
    sound: Samples


def said(grammar: Grammar, phrases: int, speech: Path) -> Iterator[Said]:
    """Yield all that is said."""
    renderer = EspeakRenderer()

    def spoken(group: str, words: str, voice: str, rate: int = 150) -> Said:
        sound = renderer.render(words, VoiceSettings(voice=voice, rate=rate)).samples
        return Said(group, words, voice, trimmed(sound))

    for voice in VOICES:
        for rate in (150, 185):
            yield spoken("stop", "stop", voice, rate)
    for file in speakers((speech / "commands" / "stop").glob("*.flac"), 30):
        yield Said("stop, people", "stop", file.stem, trimmed(read_recording(file)))
    for words in ALIKE:
        for voice in VOICES[:6]:
            yield spoken("words alike", words, voice)
    others = sorted({phrase.text for phrase in grammar.phrases if phrase.intent != "stop"})
    for number, words in enumerate(others[:: max(1, len(others) // phrases)]):
        yield spoken("other phrases", words, VOICES[number % len(VOICES)])
    for file in sorted((speech / "commands" / "unknown").glob("*.flac")):
        yield Said("words of people", file.stem, "", trimmed(read_recording(file)))


def decided(model: SpeechModel, grammar: Grammar, one: Said, windows: int | None) -> float | None:
    """Return the seconds from the end of the voice until "stop" is decided, or None."""
    listener = Listener(model, grammar, replace(ListenerSettings(), stop_after_windows=windows))
    rng = np.random.default_rng(len(one.sound))
    quiet = silence(RATE // BLOCK * BLOCK)
    sound = np.concatenate([quiet, one.sound * (PEAK / np.abs(one.sound).max()), quiet])
    sound = sound + rng.standard_normal(len(sound)) * 10 ** (NOISE_DB / 20)
    blocks = sound[: len(sound) // BLOCK * BLOCK].astype(np.float32).reshape(-1, BLOCK)
    for number, block in enumerate(blocks, 1):
        for heard in listener.accept(block):
            if isinstance(heard, Heard) and heard.intent == "stop":
                return seconds(number * BLOCK - len(quiet) - len(one.sound))
    return None


def show(windows: int, group: str, times: Sequence[float | None], names: Sequence[str]) -> Any:
    """Print a row and return it."""
    found = [1000 * time for time in times if time is not None]
    p50, p95 = np.percentile(found, [50, 95]) if found else (np.nan, np.nan)
    print(f"| {windows} | {group} | {len(found)} of {len(times)} | {p50:.0f} | {p95:.0f} |")
    sys.stdout.flush()
    row = {"windows": windows, "group": group, "stop": len(found), "of": len(times)}
    return row | {"p50": p50, "p95": p95, "which": list(names)}


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    usual = ListenerSettings().stop_after_windows or 0
    parser.add_argument("--looks", default=f"0,{usual}", help="default: %(default)s")
    parser.add_argument("--phrases", type=int, default=150, help="how many other phrases, about")
    parser.add_argument("--speech", type=Path, default=SPEECH, help="folder of the recordings")
    parser.add_argument("--model", type=Path, help="a Vosk model; the built-in one if not given")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    options = parser.parse_args()
    model, made = open_model(options.model), engine(["Rest."])
    grammar = Grammar.of((*YES_OR_NO, *made.every_phrase()), load_language("en"))
    every = list(said(grammar, options.phrases, options.speech))
    print('| look after | what was said | taken for "stop" | ms after its end, p50 | p95 |')
    print("|---|---|---|---|---|")
    figures = []
    for windows in map(int, options.looks.split(",")):
        for group in dict.fromkeys(one.group for one in every):
            mine = [one for one in every if one.group == group]
            times = [decided(model, grammar, one, windows or None) for one in mine]
            names = [one.words for one, time in zip(mine, times, strict=True) if time is not None]
            figures.append(show(windows, group, times, names))
    if options.json is not None:
        options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
