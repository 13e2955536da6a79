"""Speech by synthetic voices for training, kept in a folder."""

import json
from collections.abc import Callable
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from models.training.texts import Amounts, texts
from models.training.voices import Speaker, Speaking, draw

_SAMPLES, _INDEX = "speech.i16", "speech.jsonl"


def synthesise(
    folder: Path,
    vocabulary: list[str],
    amounts: Amounts,
    draw_voice: Callable[[Random], Speaking] = draw,
    seed: int = 1,
) -> None:
    """Render all texts into a folder, each by a drawn voice. It goes on where it stopped."""
    folder.mkdir(parents=True, exist_ok=True)
    random = Random(seed)
    plan = [(text, draw_voice(random)) for text in texts(vocabulary, amounts, random)]
    done = len(read_index(folder))
    speaker = Speaker()
    with (folder / _SAMPLES).open("ab") as sound, (folder / _INDEX).open("a") as index:
        sound.truncate(2 * sum(entry["samples"] for entry in read_index(folder)))
        for text, how in plan[done:]:
            samples = speaker.say(text, how)
            sound.write((samples * 32767).astype("<i2").tobytes())
            entry = {"text": text, "voice": how.voice, "samples": len(samples)}
            sound.flush()
            index.write(json.dumps(entry) + "\n")


def read_index(folder: Path) -> list[dict[str, str | int]]:
    """Return what has been rendered so far, in order: ``text``, ``voice``, ``samples``."""
    path = folder / _INDEX
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    return [json.loads(line) for line in lines]


def read_samples(folder: Path) -> NDArray[np.int16]:
    """Return all samples, one utterance after the other, without reading them at once."""
    return np.memmap(folder / _SAMPLES, dtype="<i2", mode="r")
