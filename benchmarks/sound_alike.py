"""Are words that ``voice-guide check`` calls alike really confused by the recogniser?

Pairs of words of the speech model are drawn by their weighted distance. One of each pair is spoken
by synthetic voices, and the recogniser may choose between the two.
"""

import argparse
import json
from collections.abc import Iterator

import numpy as np

from voice_guide.audio.format import RATE, Samples
from voice_guide.language.phones import ALIKE, distances
from voice_guide.opening import model_folder
from voice_guide.settings import Settings
from voice_guide.speech.model import SpeechModel, open_model
from voice_guide.speech.narrator import open_narrator
from voice_guide.speech.pronunciation import Pronunciation
from voice_guide.speech.voice_settings import VoiceSettings

VOICES = ("en-us", "en-gb", "en-us+f3", "en-gb+m3", "en-gb-scotland")
EDGES = (0.0, 0.15, 0.25, ALIKE, 0.5, 0.7, 1.0)
"""Distances per phone of the shorter word, between which the pairs are drawn."""


def pairs(words: list[str], each: int, seed: int) -> Iterator[tuple[int, str, str]]:
    """Yield pairs of words with the number of the range that their distance is in."""
    sounds = Pronunciation("en")(words)
    words = [word for word in words if 3 <= len(sounds[word]) <= 7]
    rows = [sounds[word] for word in words]
    drawn = np.random.default_rng(seed).integers(0, len(words), (400_000, 2))
    shorter = np.array([len(row) for row in rows])[drawn].min(axis=1)
    places = np.digitize(distances(rows, drawn) / shorter, EDGES) - 1
    left = [each] * (len(EDGES) - 1)
    for (one, other), place in zip(drawn, places, strict=True):
        if place < len(left) and left[place] and rows[one] != rows[other]:
            left[place] -= 1
            yield int(place), words[one], words[other]


def heard(model: SpeechModel, sound: Samples, one: str, other: str) -> str:
    """Return what the recogniser makes of a sound when it listens for two words."""
    quiet = np.random.default_rng(1).normal(0, 10 ** (-70 / 20), len(sound) + RATE)
    quiet[RATE // 2 : RATE // 2 + len(sound)] += sound
    recognizer = model.recognizer(json.dumps([one, other, "[unk]"]))
    recognizer.AcceptWaveform(np.int16(np.clip(quiet, -1, 1) * 32767).tobytes())
    return str(json.loads(recognizer.FinalResult())["text"])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=40, help="pairs in each range")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    folder = model_folder(Settings())
    model = open_model(folder)
    lines = (folder / "graph" / "words.txt").read_text("utf-8").splitlines()
    words = sorted({line.split()[0] for line in lines if line.split()[0].isalpha()})
    voices = [open_narrator(VoiceSettings(voice=voice)) for voice in VOICES]
    counts = np.zeros((len(EDGES) - 1, 3), dtype=int)
    for place, one, other in pairs(words, options.pairs, options.seed):
        for voice in voices:
            text = heard(model, voice.render(one).samples, one, other)
            counts[place] += (1, text == other, text == one)
    print(
        f"{'distance per phone':20} {'spoken':>7} {'taken for the other':>20} {'right':>7}  check"
    )
    for low, high, (spoken, wrong, right) in zip(EDGES, EDGES[1:], counts, strict=False):
        told = "warns" if high <= ALIKE else "is silent"
        shares = f"{wrong / max(1, spoken):>20.2f} {right / max(1, spoken):>7.2f}"
        print(f"{f'{low:.2f} to {high:.2f}':20} {spoken:>7} {shares}  {told}")


if __name__ == "__main__":
    main()
