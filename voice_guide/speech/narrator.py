"""The narrator: text in, sound out, rendered ahead of time and kept."""

import atexit
import json
import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

from voice_guide.audio.format import RATE
from voice_guide.errors import VoiceGuideError
from voice_guide.speech.narration import Narration, Renderer, join
from voice_guide.speech.narration_cache import NarrationCache
from voice_guide.speech.spoken_text import Piece, split_pauses
from voice_guide.speech.voice_settings import FASTEST, SLOWEST, VoiceSettings
from voice_guide.speech.voices import open_renderer

MOST_SECONDS = 300.0
"""Seconds of sound kept in memory: 19 MB."""

_FORMAT = 1
"""Counts up when the same text would give other samples, so that old files are not used."""


class Narrator:
    """One voice. Several narrators can work side by side in a process; any thread may call."""

    def __init__(
        self,
        renderer: Renderer,
        settings: VoiceSettings,
        cache_folder: Path | None = None,
        *,
        most_seconds: float = MOST_SECONDS,
    ) -> None:
        """Make a narrator.

        Args:
            renderer: the speech engine.
            settings: the voice.
            cache_folder: where rendered sound is kept from one run to the next; None for nowhere.
            most_seconds: seconds of sound kept in memory.
        """
        self._renderer = renderer
        self._settings = settings
        self._disk = NarrationCache(cache_folder) if cache_folder is not None else None
        self._memory: OrderedDict[str, Narration] = OrderedDict()
        self._most_samples = round(most_seconds * RATE)
        self._cache_folder = cache_folder
        self._others: dict[int, Narrator] = {}
        self._state = threading.Lock()
        self._rendering = threading.Lock()
        self._ahead: OrderedDict[str, str] = OrderedDict()
        self._worker: threading.Thread | None = None
        self._closed = False
        # A thread that is inside the engine while Python shuts down would crash the process.
        atexit.register(self.close)

    @property
    def engine(self) -> str:
        """Name and version of the speech engine."""
        return self._renderer.engine

    @property
    def settings(self) -> VoiceSettings:
        """The voice and how it speaks."""
        return self._settings

    def render(self, text: str) -> Narration:
        """Return a text as sound, from the cache where it is there.

        The text is normalised for speech; ``[pause]`` and ``[pause 2 s]`` in it are silence.
        The same text always gives the same samples.

        Raises:
            InputError: there is no such voice.
            MachineError: the speech engine fails.
        """
        pieces = split_pauses(text, english=self._settings.language in (None, "en"))
        key = self._key(pieces)
        found = self._recall(key)
        if found is not None:
            return found
        with self._rendering:
            return self._recall(key) or self._make(key, pieces)

    def prepare(self, texts: Iterable[str]) -> None:
        """Render texts ahead, in their order, in the background.

        A text that cannot be rendered is left out; ``render`` tells why.
        """
        with self._state:
            if self._closed:
                return
            for text in texts:
                self._ahead.setdefault(text, text)
            if self._ahead and self._worker is None:
                self._worker = threading.Thread(
                    target=self._work, name="narrator-ahead", daemon=True
                )
                self._worker.start()

    def paced(self, factor: float) -> "Narrator":
        """Return the same voice at another pace.

        Args:
            factor: the pace relative to this narrator's; the result stays within what voices can.
        """
        rate = min(max(round(self._settings.rate * factor), SLOWEST), FASTEST)
        if rate == self._settings.rate:
            return self
        with self._state:
            if rate not in self._others:
                self._others[rate] = Narrator(
                    self._renderer, replace(self._settings, rate=rate), self._cache_folder
                )
            return self._others[rate]

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until all is rendered ahead. Return False when ``timeout`` seconds were too few."""
        with self._state:
            worker = self._worker
        if worker is None:
            return True
        worker.join(timeout)
        return not worker.is_alive()

    def close(self) -> None:
        """Stop rendering ahead. May be called twice; ``render`` still works."""
        with self._state:
            self._closed = True
            self._ahead.clear()
            others = list(self._others.values())
        for other in others:
            other.close()
        self.wait(5.0)
        atexit.unregister(self.close)

    def _work(self) -> None:
        while True:
            with self._state:
                if not self._ahead:
                    self._worker = None
                    return
                text, _ = self._ahead.popitem(last=False)
            try:
                self.render(text)
            except VoiceGuideError:
                continue

    def _make(self, key: str, pieces: tuple[Piece, ...]) -> Narration:
        narration = join([(self._render_piece(piece.text), piece.pause) for piece in pieces])
        self._keep(key, narration)
        if self._disk is not None:
            self._disk.put(key, narration)
        return narration

    def _render_piece(self, text: str) -> Narration:
        return self._renderer.render(text, self._settings) if text else join([])

    def _recall(self, key: str) -> Narration | None:
        with self._state:
            found = self._memory.get(key)
            if found is not None:
                self._memory.move_to_end(key)
                return found
        found = self._disk.get(key) if self._disk is not None else None
        if found is not None:
            self._keep(key, found)
        return found

    def _keep(self, key: str, narration: Narration) -> None:
        with self._state:
            self._memory[key] = narration
            held = sum(len(one.samples) for one in self._memory.values())
            while held > self._most_samples and len(self._memory) > 1:
                held -= len(self._memory.popitem(last=False)[1].samples)

    def _key(self, pieces: tuple[Piece, ...]) -> str:
        voice = self._settings
        facts = [
            _FORMAT,
            self._renderer.engine,
            voice.voice,
            voice.rate,
            voice.pitch,
            voice.volume,
            [[piece.text, piece.pause] for piece in pieces],
        ]
        return blake2b(json.dumps(facts).encode(), digest_size=20).hexdigest()


def open_narrator(settings: VoiceSettings, cache_folder: Path | None = None) -> Narrator:
    """Return a narrator on the best speech engine of this machine.

    Raises:
        InputError: the engine has no such voice.
        MachineError: no speech engine loads; the message says what to install.
    """
    renderer = open_renderer()
    renderer.check(settings)
    return Narrator(renderer, settings, cache_folder)
