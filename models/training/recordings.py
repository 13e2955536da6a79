"""People's recordings for training: words, orders, keywords, noise; and who speaks in them."""

import json
from collections.abc import Iterator
from hashlib import sha256
from itertools import permutations
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from models.training.corpus import Spoken, chunks

WORDS = ("yes", "no", "up", "down", "left", "right", "on", "off", "stop", "go")
"""What people say in ``commands``, beside other words."""

FOLDS = 3
NOISE_FOR_TRAINING_S = 60
"""Of the kitchen noise: the rest is kept for measuring."""

_VERBS = ("brew", "can i get", "can i have", "i want", "get me", "give me", "i'd like", "make me")
_MORE_VERBS = ("may i have", "i would like", "i'll have", "could i get", "please make me")


def fold_of(speaker: str) -> int:
    """Return in which part of a cross-validation a speaker is."""
    return sha256(speaker.encode()).digest()[0] % FOLDS


def recordings(folder: Path) -> Iterator[Spoken]:
    """Yield all recordings in the order of their names.

    Args:
        folder: holds ``commands``, ``coffee``, ``keywords`` and ``noise``.
    """
    yield from _words(folder / "commands")
    yield from _keywords(folder / "keywords")
    yield from _orders(folder / "coffee")
    kitchen = _read(folder / "noise" / "kitchen.flac")[: NOISE_FOR_TRAINING_S * 16000]
    for piece in chunks(kitchen, 32000):
        yield Spoken("", "noise", "kitchen", piece)


def speaker_of(path: Path) -> str:
    """Return who speaks in a recording, as far as its name says."""
    parts = path.stem.split("_")
    if path.parents[1].name == "keywords":
        return f"keyword {path.stem}"
    if path.parents[1].name != "commands" or path.parent.name == "silence":
        return path.stem
    return parts[1] if path.parent.name == "unknown" else parts[0]


def _words(folder: Path) -> Iterator[Spoken]:
    for path in sorted(folder.glob("*/*.flac")):
        kind = path.parent.name
        if kind == "silence":
            yield Spoken("", "noise", path.stem, _read(path))
        else:
            word = path.stem.split("_")[0] if kind == "unknown" else kind
            yield Spoken(word, "words", speaker_of(path), _read(path))


def _keywords(folder: Path) -> Iterator[Spoken]:
    for path in sorted(folder.glob("*/*.flac")):
        text = path.parent.name.replace("_", " ").replace("-", " ").lower()
        yield Spoken(text, "keywords", f"keyword {path.stem}", _read(path))


def _orders(folder: Path) -> Iterator[Spoken]:
    """Yield the orders, each with the words that fit its labels and its sound best."""
    labels = json.loads((folder / "labels.json").read_text("utf-8"))
    for path in sorted(folder.glob("*.flac")):
        sound = _read(path)
        text = _transcribe(sound, order_grammar(labels[path.stem]["slots"]))
        if text:
            yield Spoken(text, "orders", path.stem, sound)


def order_grammar(slots: dict[str, str]) -> str:
    """Return a JSGF grammar of the orders that have these slots."""
    before = [slots[name] for name in ("size", "roast", "numberOfShots") if name in slots]
    orders = " | ".join(" ".join(order) for order in permutations(before)) or "<VOID>"
    parts = [f"({' | '.join((*_VERBS, *_MORE_VERBS))}) [a | an]"]
    parts += [f"({orders})"] if before else []
    parts.append(slots.get("coffeeDrink", ""))
    for name, word in (("milkAmount", "with"), ("sugarAmount", "and")):
        if name in slots:
            parts.append(f"[{word} | with] {' '.join(slots[name].split())}")
    return f"#JSGF V1.0; grammar order; public <order> = {' '.join(parts)} ;"


def _transcribe(sound: NDArray[np.int16], grammar: str) -> str:
    from pocketsphinx import Decoder  # noqa: PLC0415 - only for training

    decoder = Decoder(loglevel="FATAL", lm=None)
    decoder.add_jsgf_string("order", grammar)
    decoder.activate_search("order")
    decoder.start_utt()
    decoder.process_raw(sound.tobytes(), full_utt=True)
    decoder.end_utt()
    best = decoder.hyp()
    return " ".join(best.hypstr.split()) if best else ""


def _read(path: Path) -> NDArray[np.int16]:
    return np.asarray(soundfile.read(path, dtype="int16")[0])
