import os
from pathlib import Path

import numpy as np

from voice_guide.speech.narration import Narration, place_words
from voice_guide.speech.narration_cache import NarrationCache


def narration(text: str, samples: int = 50_000) -> Narration:
    return Narration(text, np.zeros(samples, np.float32), place_words(text, [], samples))


def test_the_longest_unused_is_removed_when_the_folder_is_full(tmp_path: Path) -> None:
    cache = NarrationCache(tmp_path, most_megabytes=0.35)  # three of 100 kB each
    for age, key in ((300, "one"), (200, "two"), (100, "three")):
        cache.put(key, narration(key))
        then = (tmp_path / f"{key}.npz").stat().st_mtime - age
        os.utime(tmp_path / f"{key}.npz", (then, then))
    assert cache.get("one") is not None, "it counts as used just now"
    cache.put("four", narration("four"))
    assert [cache.has(key) for key in ("one", "two", "three", "four")] == [True, False, True, True]


def test_what_is_there_from_before_counts(tmp_path: Path) -> None:
    for key in ("one", "two", "three"):
        NarrationCache(tmp_path).put(key, narration(key))
    NarrationCache(tmp_path, most_megabytes=0.25).put("four", narration("four"))
    assert len(list(tmp_path.iterdir())) == 2


def test_no_partly_written_file_is_left(tmp_path: Path) -> None:
    cache = NarrationCache(tmp_path)
    cache.put("one", narration("one"))
    assert [path.name for path in tmp_path.iterdir()] == ["one.npz"]
    assert cache.get("two") is None
