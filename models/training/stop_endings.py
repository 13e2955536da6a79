"""Ends of talk, with "stop" behind it and without, as the check of such ends hears them."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.training.augmentation import Augmenter, Chances
from models.training.corpus import SYNTHETIC, Corpus, Entry
from models.training.embedded import KEPT_ASIDE, Embedded, as_arrays, kept, recorded_noises
from models.training.features import SHIFT
from models.training.recordings import fold_of
from models.training.speech_ends import begin_of, end_of, faded, silent_frames
from voice_guide.audio.format import RATE, samples
from voice_guide.speech.decoys import LIKE_URGENT, NOT_STOP
from voice_guide.speech.second_opinion import AFTER_S, ENDING_S, STOP
from voice_guide.speech.speech_embedding import SpeechEmbedding

PEOPLE = 24
"""Times that each "stop" by a person is put behind something, and each synthetic one."""

_OTHER_PEOPLE = 4
_ORDER_ENDS, _ORDER_CUTS = 6, 24
_ALIKE = (*LIKE_URGENT, *NOT_STOP)
_LIKE_STOP = 8
_NATURAL = 6
"""Copies of each utterance that ends in "stop" by itself."""

_CUT_SHARE, _JOIN_SHARE = 0.45, 0.35
_END_SHARE = 0.7
_BESIDE = 0.25
"""Of what could be put behind something, so much has quiet before it."""

_TALK_S = 1.4
_TAKEN_S = 2.0
"""Seconds of speech that are changed; the last of them are embedded."""

_GAP_S = 0.13
_LEVEL_DB = (-8.0, 5.0)
BEHIND_S = 0.35
AS_IT_IS = 6
"""One copy of so many is not changed."""

_JITTER_S = (-0.05, 0.12)
"""How much earlier or later than the voice the voice activity ends."""

CLATTER = 0.1
_SEED = 7
_GROUP = 500

Item = tuple[int, str, int]
"""The number of an utterance, what is made of it, and which copy this is: ``end`` is its own end,
``cut`` the end of a sound in its middle, ``join`` is all of it behind other speech."""


def stop_endings(folder: Path, corpus: Path, processes: int | None = None) -> Embedded:
    """Return ends of speech, embedded; they are made unless the folder has them.

    Args:
        folder: where they are kept.
        corpus: the folder of the corpus.
        processes: how many make them.
    """
    return kept(folder / "endings.npz", _make, _groups(corpus), processes)


def _groups(corpus: Path) -> Iterator[tuple[Path, tuple[Item, ...]]]:
    entries, random = Corpus(corpus).entries, np.random.default_rng(_SEED)
    items = [item for number, entry in enumerate(entries) for item in _items(number, entry, random)]
    random.shuffle(items)
    for start in range(0, len(items), _GROUP):
        yield corpus, tuple((int(n), str(kind), int(c)) for n, kind, c in items[start:][:_GROUP])


def _items(number: int, entry: Entry, random: np.random.Generator) -> list[Item]:
    """Return what is made of an utterance."""
    words = entry.text.split()
    if not words or words[-1] in ("stopped", "stops"):
        return []
    if words == [STOP]:
        copies = {"join": PEOPLE}
    elif words[-1] == STOP:
        copies = {"end": _NATURAL}
    elif entry.source == "orders":
        copies = {"end": _ORDER_ENDS, "cut": _ORDER_CUTS}
    elif entry.source not in SYNTHETIC:
        copies = {"join": _LIKE_STOP if words[0] in _ALIKE else _OTHER_PEOPLE}
    elif len(words) == 1:
        copies = {"join": _LIKE_STOP if words[0] in _ALIKE else 1}
    else:
        copies = {"end": int(random.random() < _END_SHARE)}
        if len(words) == 2:
            copies["join"] = int(random.random() < _JOIN_SHARE)
        if STOP not in words:
            copies["cut"] = int(random.random() < _CUT_SHARE)
    return [(number, kind, copy) for kind, many in copies.items() for copy in range(many)]


class _Talk:
    """What others are put behind: sentences by synthetic voices, and people's orders."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        spoken = corpus.entries
        self._voices = [e for e in spoken if e.source in SYNTHETIC and len(e.text.split()) > 2]
        orders = [e for e in spoken if e.source == "orders"]
        self._orders = {
            part: [e for e in orders if fold_of(e.speaker) == part]
            for part in {fold_of(e.speaker) for e in orders}
        }

    def before(self, entry: Entry, random: np.random.Generator) -> tuple[NDArray[np.float32], int]:
        """Return the end of what is said before an utterance, up to a sound or to the end.

        With it comes the part of the speakers who say it; -1 for synthetic voices.
        """
        part = fold_of(entry.speaker)
        orders = self._orders.get(part, [])
        take = orders if orders and random.random() < 0.4 else self._voices
        other = take[int(random.integers(len(take)))]
        sound, silent = self._corpus.sound(other), silent_frames(self._corpus, other)
        end = end_of(silent)
        if random.random() < 0.4:
            end = _within(self._corpus.targets(other), silent, random)
        return sound[max(0, end - samples(_TALK_S)) : end], part if take is orders else -1


@lru_cache(maxsize=1)
def _tools(
    folder: Path,
) -> tuple[Corpus, SpeechEmbedding, dict[bool, list[NDArray[np.float32]]], _Talk]:
    corpus = Corpus(folder)
    return corpus, SpeechEmbedding(), recorded_noises(corpus), _Talk(corpus)


def _make(group: tuple[Path, tuple[Item, ...]]) -> tuple[NDArray[Any], ...]:
    corpus, embedding, recorded, talk = _tools(group[0])
    rows = []
    for number, kind, copy in group[1]:
        entry = corpus.entries[number]
        part = -1 if entry.source in SYNTHETIC else fold_of(entry.speaker)
        seed = [_SEED, number, copy, len(kind)]
        random = np.random.default_rng(seed)
        noises = recorded[part == KEPT_ASIDE]
        augmenter = Augmenter(noises, int(random.integers(1 << 40)), Chances(clatter=CLATTER))
        sound, silent, behind = _said(corpus, entry, kind, talk, random)
        changed = (number + copy) % AS_IT_IS > 0
        row = embedded_end(embedding, sound, silent, augmenter if changed else None, random)
        text = "" if kind == "cut" else entry.text.split()[-1]
        rows.append((row, text, entry.source, max(part, behind), copy))
    return as_arrays(rows)


def embedded_end(
    embedding: SpeechEmbedding,
    sound: NDArray[np.float32],
    silent: NDArray[np.uint8],
    augmenter: Augmenter | None,
    random: np.random.Generator,
) -> NDArray[np.float16]:
    """Return an end of speech as the check gets it, shape (WINDOWS, SIZE).

    Args:
        embedding: embeds it.
        sound: speech in the range of 16-bit integers, with quiet behind it.
        silent: whether nobody speaks, for each of its frames.
        augmenter: changes it, unless it stays as it was recorded.
        random: says where the voice activity ends, and how much is taken.
    """
    if augmenter is not None:
        sound, silent = augmenter.change(sound, silent, 1, padded=False)
    end = end_of(silent) + samples(random.uniform(*_JITTER_S))
    part_s = random.uniform(*ENDING_S)
    heard = sound[max(0, end - samples(part_s)) : end + samples(AFTER_S)]
    row = embedding(heard / np.float32(32768), float(random.uniform(0.2, 0.8)))
    return row.astype(np.float16)


def _said(
    corpus: Corpus, entry: Entry, kind: str, talk: _Talk, random: np.random.Generator
) -> tuple[NDArray[np.float32], NDArray[np.uint8], int]:
    """Return an end of speech with some quiet behind it, and which frames of it are silent.

    With it comes the part of the speakers who speak before; -1 where that is nobody of them.
    """
    sound, silent, part = corpus.sound(entry), silent_frames(corpus, entry), -1
    if kind == "cut":
        end = _within(corpus.targets(entry), silent, random)
        sound, silent = faded(sound[:end]), silent[: end // SHIFT]
    elif kind == "join":
        begin = begin_of(silent)
        voice, silent = sound[begin:], silent[begin // SHIFT :]
        if random.random() < _BESIDE:
            before = np.zeros(samples(1.0), np.float32)
        else:
            before, part = talk.before(entry, random)
            before = faded(before)
        loud = float(np.abs(before).max(initial=0.0)) or 8000.0
        level = loud * 10 ** (random.uniform(*_LEVEL_DB) / 20)
        voice = voice * np.float32(level / max(1.0, float(np.abs(voice).max())))
        gap = samples(random.uniform(0.0, _GAP_S)) // SHIFT * SHIFT
        before = np.pad(before, (0, -len(before) % SHIFT + gap))
        sound = np.concatenate([before, voice])
        silent = np.concatenate([np.zeros(len(before) // SHIFT, np.uint8), silent])
    quiet = samples(BEHIND_S)
    sound = np.pad(sound, (0, quiet))
    silent = np.pad(silent, (0, quiet // SHIFT), constant_values=1)
    first = max(0, end_of(silent) - samples(_TAKEN_S)) // SHIFT * SHIFT
    return sound[first:], silent[first // SHIFT :], part


def _within(
    targets: NDArray[np.uint8], silent: NDArray[np.uint8], random: np.random.Generator
) -> int:
    """Return a sample where a sound ends, in the middle of an utterance or near its end."""
    phones = targets // 3
    borders = np.flatnonzero(np.diff(phones.astype(int))) + 1
    borders = borders[borders * SHIFT > 0.3 * RATE]
    if len(borders) == 0:
        return end_of(silent)
    return int(random.choice(borders)) * SHIFT
