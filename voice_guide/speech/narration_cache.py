"""Rendered narration on disk, so that a known session starts at once."""

import json
import os
import tempfile
import zipfile
from contextlib import suppress
from pathlib import Path

import numpy as np

from voice_guide.speech.narration import Narration, Word

MOST_MEGABYTES = 64.0
"""About half an hour of speech."""

_SUFFIX = ".npz"


class NarrationCache:
    """A folder of narrations under keys. Whatever goes wrong with it only costs a render."""

    def __init__(self, folder: Path, most_megabytes: float = MOST_MEGABYTES) -> None:
        """Use a folder; it is made, for its owner alone, when the first narration is kept."""
        self._folder = folder
        self._most = round(most_megabytes * 1_000_000)
        self._used: int | None = None

    def get(self, key: str) -> Narration | None:
        """Return what is kept under a key, or None; also when the entry is damaged."""
        path = self._path(key)
        try:
            with np.load(path, allow_pickle=False) as entry:
                told = json.loads(str(entry["told"]))
                samples = entry["samples"].astype(np.float32) / np.float32(32768.0)
            words = tuple(
                Word(str(text), int(a), int(b), int(at)) for text, a, b, at in told["words"]
            )
            narration = Narration(str(told["text"]), samples, words)
        except FileNotFoundError:
            return None
        except (OSError, EOFError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
            self._remove(path)
            return None
        with suppress(OSError):
            os.utime(path)  # what is used is not the oldest
        return narration

    def has(self, key: str) -> bool:
        """Return whether something is kept under a key."""
        return self._path(key).is_file()

    def put(self, key: str, narration: Narration) -> None:
        """Keep a narration; remove the ones unused for longest when there are too many."""
        told = json.dumps({"text": narration.text, "words": narration.words})
        samples = np.rint(narration.samples * 32768.0).astype(np.int16)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(dir=self._folder, suffix=".part")
            try:
                with os.fdopen(handle, "wb") as file:
                    np.savez(file, samples=samples, told=np.array(told))
                    size = file.tell()
                Path(part).replace(self._path(key))
            except BaseException:
                self._remove(Path(part))
                raise
            self._make_room(size)
        except OSError:
            pass  # a full or read-only disk: the narration is in memory all the same

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}{_SUFFIX}"

    def _remove(self, path: Path) -> None:
        with suppress(OSError):
            path.unlink()

    def _make_room(self, added: int) -> None:
        if self._used is not None:
            self._used += added
        if self._used is not None and self._used <= self._most:
            return
        entries = []
        for path in self._folder.glob(f"*{_SUFFIX}"):
            with suppress(OSError):
                facts = path.stat()
                entries.append((facts.st_mtime_ns, facts.st_size, path))
        self._used = sum(size for _, size, _ in entries)
        for _, size, path in sorted(entries):
            if self._used <= self._most:
                break
            self._remove(path)
            self._used -= size
