"""The sound of a sitting, kept only where ``--record`` asks for it."""

import os
import shutil
import threading
import wave
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from typing import BinaryIO

import numpy as np

from voice_guide import private
from voice_guide.audio.device import Exchange
from voice_guide.audio.format import BLOCK, BLOCK_SECONDS, RATE
from voice_guide.errors import MachineError, reason

FOLDER = "recordings"
"""The name of the folder, beside the journal."""

KEEP_FREE = 200_000_000
"""Bytes that a recording leaves on the disk. An hour of it takes 230 MB."""

MOST = 4_000_000_000
"""Bytes of sound in one file, 17 hours: more than a WAV file can say that it has."""

_BEHIND = round(60.0 / BLOCK_SECONDS)
"""Blocks that may wait to be written; then the disk is too slow."""

_TOGETHER = round(0.5 / BLOCK_SECONDS)
"""Blocks that are written at once. As many are lost when the player is killed."""


def require_room(folder: Path) -> None:
    """Find out whether a recording can be begun in a folder; make it if need be.

    Raises:
        MachineError: it cannot; the message says why and what to do.
    """
    try:
        private.make_folder(folder)
        _require_room(folder)
        if not os.access(folder, os.W_OK):
            raise OSError(f"{folder} cannot be written")
    except OSError as error:
        raise MachineError(
            f"Nothing can be recorded: {reason(error)}. Mend that, or play without --record."
        ) from error


class Recording:
    """A WAV file that grows: left what the loudspeaker plays, right what the microphone hears.

    A thread writes, so that the session does not wait for the disk. The file is whole at any time,
    also when the player is killed.

    Raises:
        OSError: the file cannot be made, or the disk is nearly full.
    """

    def __init__(self, path: Path) -> None:
        private.make_folder(path.parent)
        _require_room(path.parent)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, private.FILE)
        self.path = path
        self.on_trouble: Callable[[str], None] = lambda _: None
        """Called with the reason, in the writing thread, when nothing more can be recorded."""
        self._blocks: SimpleQueue[Exchange | None] = SimpleQueue()
        self._over = False
        self._thread = threading.Thread(
            target=self._run,
            args=(os.fdopen(handle, "wb"),),
            name="voice-guide recording",
            daemon=True,
        )
        self._thread.start()

    def add(self, exchange: Exchange) -> None:
        """Record a block. Does not wait."""
        if not self._over:
            self._blocks.put(exchange)

    def close(self) -> None:
        """Write what is left. May be called twice."""
        self._blocks.put(None)
        self._thread.join()

    def _run(self, file: BinaryIO) -> None:
        try:
            with file, wave.open(file, "wb") as sound:
                sound.setnchannels(2)
                sound.setsampwidth(2)
                sound.setframerate(RATE)
                self._write(file, sound)
        except (OSError, wave.Error) as error:
            self._over = True
            self.on_trouble(reason(error))

    def _write(self, file: BinaryIO, sound: wave.Wave_write) -> None:
        together: list[Exchange] = []
        written = 0
        while True:
            block = self._blocks.get()
            if block is not None:
                together.append(block)
            if together and (block is None or len(together) >= _TOGETHER):
                sound.writeframes(_stereo(together))
                file.flush()
                written += len(together)
                together.clear()
                self._require_more(written)
            if block is None:
                return

    def _require_more(self, written: int) -> None:
        _require_room(self.path.parent)
        if written * BLOCK * 4 > MOST:
            raise OSError("it is as long as such a file can be")
        if self._blocks.qsize() > _BEHIND:
            raise OSError("the disk is too slow")


def _require_room(folder: Path) -> None:
    if shutil.disk_usage(folder).free < KEEP_FREE:
        raise OSError(f"the disk has less than {KEEP_FREE // 1_000_000} MB left")


def _stereo(blocks: list[Exchange]) -> bytes:
    sides = np.stack(
        [
            np.concatenate([block.reference for block in blocks]),
            np.concatenate([block.microphone for block in blocks]),
        ],
        axis=1,
    )
    whole = np.rint(np.clip(sides, -1.0, 1.0) * 32767.0).astype("<i2")
    return bytes(whole.tobytes())
