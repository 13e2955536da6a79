"""Speech by synthetic voices for training, kept in a folder."""

import json
import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from models.training.texts import Amounts, texts
from models.training.voices import Speaker, Speaking, draw
from models.training.workers import made_ahead
from voice_guide.audio.format import Samples

_SAMPLES, _INDEX = "speech.i16", "speech.jsonl"


def synthesise(
    folder: Path,
    vocabulary: list[str],
    amounts: Amounts,
    draw_voice: Callable[[Random], Speaking] = draw,
    *,
    seed: int = 1,
    kokoro_voices: Path = Path("voices"),
) -> None:
    """Render all texts into a folder, each by a drawn voice. It goes on where it stopped.

    Args:
        folder: for the sound and its index.
        vocabulary: words that are said in random order.
        amounts: how often each kind of text is said.
        draw_voice: who says the next one.
        seed: of all that is drawn.
        kokoro_voices: the folder of Kokoro's voices.

    Raises:
        MachineError: what a voice needs is not installed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    random = Random(seed)
    every = texts(vocabulary, amounts, random)
    plan = [(text, draw_voice(random), kokoro_voices) for text in every]
    done = len(read_index(folder))
    spoken = made_ahead(_say, iter(plan[done:]), os.cpu_count())
    with (folder / _SAMPLES).open("ab") as sound, (folder / _INDEX).open("a") as index:
        sound.truncate(2 * sum(int(entry["samples"]) for entry in read_index(folder)))
        for (text, how, _), samples in zip(plan[done:], spoken, strict=True):
            sound.write((samples * 32767).astype("<i2").tobytes())
            entry = {"text": text, "voice": how.voice, "samples": len(samples)}
            sound.flush()
            index.write(json.dumps(entry) + "\n")


def _say(job: tuple[str, Speaking, Path]) -> Samples:
    text, how, kokoro_voices = job
    return _speaker(kokoro_voices).say(text, how)


@lru_cache(maxsize=1)
def _speaker(kokoro_voices: Path) -> Speaker:
    return Speaker(kokoro_voices)


def read_index(folder: Path) -> list[dict[str, str | int]]:
    """Return what has been rendered so far, in order: ``text``, ``voice``, ``samples``."""
    path = folder / _INDEX
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    return [json.loads(line) for line in lines]


def read_samples(folder: Path) -> NDArray[np.int16]:
    """Return all samples, one utterance after the other, without reading them at once."""
    return np.memmap(folder / _SAMPLES, dtype="<i2", mode="r")
