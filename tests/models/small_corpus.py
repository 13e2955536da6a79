"""A corpus of a few utterances, as the training of the checks reads it."""

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np

from models.training.corpus import Entry
from voice_guide.audio.format import Samples

SILENT, VOICE = 96, 9


def corpus(folder: Path, spoken: list[tuple[str, str, Samples]]) -> Path:
    """Write texts, sources and sounds, with a tenth of a second of quiet around each voice."""
    folder.mkdir()
    entries, sounds, targets = [], [], []
    for text, source, voice in spoken:
        sound = np.pad(voice[: len(voice) // 160 * 160], 1600)
        frames = np.full(len(sound) // 160, SILENT, np.uint8)
        frames[10:-10] = VOICE + 3 * (np.arange(len(frames) - 20) // 8 % 5) if text else SILENT
        places = (sum(map(len, sounds)), len(sound), sum(map(len, targets)), len(frames))
        entries.append(Entry(text, source, f"who {len(entries)}", *places, -1.0))
        sounds.append((sound * 32767).astype("<i2"))
        targets.append(frames)
    (folder / "samples.i16").write_bytes(np.concatenate(sounds).tobytes())
    (folder / "targets.u1").write_bytes(np.concatenate(targets).tobytes())
    lines = [json.dumps(asdict(entry)) + "\n" for entry in entries]
    (folder / "entries.jsonl").write_text("".join(lines), "utf-8")
    return folder
