"""A player that a live test watches."""

import json
import subprocess
import sys
import threading
import time
from pathlib import Path

from sound_card import SoundCard


class Play:
    """A running ``voice-guide play --json``, and what it has told so far."""

    def __init__(
        self, card: SoundCard, script: Path, *options: str, stdin: int = subprocess.DEVNULL
    ) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "voice_guide", "play", str(script), "--json", *options],
            env=card.environment,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.told: list[dict] = []
        self._news = threading.Condition()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self.process.stdout:
            with self._news:
                self.told.append(json.loads(line) | {"seen": time.monotonic()})
                self._news.notify_all()

    def wait_for(self, event: str, timeout: float = 20.0, **fields) -> dict:
        def found() -> dict | None:
            for one in self.told:
                if one["event"] == event and fields.items() <= one.items():
                    return one
            return None

        with self._news:
            assert self._news.wait_for(found, timeout), f"no {event} {fields} in {self.told}"
            return found()

    def __enter__(self) -> "Play":
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
