"""What people in the simulated room say, and other noises that they make."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from benchmarks.scene import PERSON_DB, Trial, trimmed
from voice_guide.audio.format import RATE, Samples, samples
from voice_guide.speech.espeak import EspeakRenderer
from voice_guide.speech.recordings import read_recording
from voice_guide.speech.voice_settings import VoiceSettings

VOICES = (
    "en-us",
    "en-us+f3",
    "en-us+m3",
    "en-us+f5",
    "en-gb+f2",
    "en-gb-scotland",
    "en-us+m7",
    "en-gb-x-rp+f4",
)
"""None is the narrator's own."""

COMMANDS = {
    "too hard": "softer",
    "more oil": "more lotion",
    "repeat that": "repeat",
    "it hurts": "it hurts",
    "next step": "next",
    "how long is left": "time left",
    "too soft": "harder",
    "pause": "pause",
    "where are we": "where",
    "louder": "louder",
    "a bit slower": "slower",
    "hold on": "pause",
    "I feel dizzy": "dizzy",
    "what can I say": "help",
}
"""What can always be said, and what it means."""

CHAT = (
    "did you feed the cat this morning",
    "the weather was lovely yesterday",
    "my sister is coming over on Sunday",
    "I could fall asleep like this",
)


def synthetic(each: int) -> list[Trial]:
    """Return "stop" and ``each`` other commands in every voice, no two voices with the same."""
    renderer = EspeakRenderer()
    trials, turn = [], 0
    for voice in VOICES:
        settings = VoiceSettings(voice=voice, rate=150)
        spoken = {"stop": "stop"}
        for _ in range(each):
            words = list(COMMANDS)[turn % len(COMMANDS)]
            spoken[words] = COMMANDS[words]
            turn += 1
        for words, intent in spoken.items():
            trials.append(Trial(intent, trimmed(renderer.render(words, settings).samples), voice))
    return trials


def human(speech: Path, stops: int, others: int) -> list[Trial]:
    """Return people's recordings of "stop", "yes" and "no", each of another speaker."""
    trials = []
    for word, count in (("stop", stops), ("yes", others), ("no", others)):
        for file in speakers((speech / "commands" / word).glob("*.flac"), count):
            trials.append(Trial(word, trimmed(read_recording(file)), file.stem, human=True))
    return trials


def speakers(files: Iterable[Path], count: int) -> list[Path]:
    """Return recordings of so many speakers, spread over all."""
    first = {file.name.split("_")[0]: file for file in sorted(files, reverse=True)}
    every = [first[speaker] for speaker in sorted(first)]
    return [every[i * len(every) // count] for i in range(min(count, len(every)))]


def disturbances(speech: Path) -> list[Trial]:
    """Return coughs, claps, "mm-hm", chat and, where it is there, kitchen noise."""
    rng = np.random.default_rng(5)
    renderer = EspeakRenderer()
    trials = [Trial(None, _cough(rng), "cough", level_db=-22.0) for _ in range(8)]
    trials += [Trial(None, _claps(rng, 1 + n % 3), "clap", level_db=-16.0) for n in range(8)]
    for voice in VOICES:
        settings = VoiceSettings(voice=voice, rate=150)
        for words, by in (("mm hm", "mm-hm"), (CHAT[len(trials) % len(CHAT)], "chat")):
            trials.append(Trial(None, trimmed(renderer.render(words, settings).samples), by))
    kitchen = speech / "noise" / "kitchen.flac"
    if kitchen.is_file():
        noise = read_recording(kitchen)
        part = samples(6.0)
        for n in range(min(12, len(noise) // part)):
            piece = noise[n * part : (n + 1) * part]
            trials.append(Trial(None, piece, "kitchen", level_db=PERSON_DB - 4.0))
    return trials


def _cough(rng: np.random.Generator) -> Samples:
    """Return two bursts of throaty noise."""
    sound = np.zeros(samples(0.7))
    for start in (0.0, 0.35):
        length = samples(0.25)
        time = np.arange(length) / RATE
        burst = rng.standard_normal(length) * np.exp(-time / 0.06) * np.minimum(1, time / 0.005)
        spectrum = np.fft.rfft(burst)
        hertz = np.fft.rfftfreq(length, 1 / RATE)
        throat = 1 / (1 + ((hertz - 500) / 300) ** 2) + 0.5 / (1 + ((hertz - 1400) / 400) ** 2)
        at = samples(start)
        sound[at : at + length] += np.fft.irfft(spectrum * throat, length)
    return sound.astype(np.float32)


def _claps(rng: np.random.Generator, count: int) -> Samples:
    """Return hands clapped so many times."""
    sound = np.zeros(samples(0.3 * count))
    for number in range(count):
        length = samples(0.05)
        burst = rng.standard_normal(length) * np.exp(-np.arange(length) / RATE / 0.006)
        at = samples(0.3 * number)
        sound[at : at + length] += burst
    return sound.astype(np.float32)
