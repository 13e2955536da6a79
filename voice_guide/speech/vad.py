"""Voice activity: is somebody speaking, and where does an utterance begin and end."""

from collections import deque
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voice_guide import resources
from voice_guide.audio.format import RATE, Samples
from voice_guide.speech.onnx_model import open_onnx

WINDOW = 512
"""Samples per window of the detector: 32 ms."""

QUIET_WINDOWS = 31
"""After so many windows without voice, 1 s, the network begins anew. It takes what it has heard
for long for the background, and the rest of the narrator's echo is like a voice: after 20 s of it
a person's "no" had a probability of .45 instead of 1.0 (measured)."""

_WARM_UP = 8
"""Windows just heard that it hears again then, so that it is not new to the room."""

_SURELY_NONE = 0.2

_CONTEXT = 64
"""Samples of the window before that the network sees again."""


class VoiceDetector:
    """The Silero network: sound in, the probability of speech for every 32 ms out.

    It is the same for every language, needs no level setting, and takes about 2 ms a second.
    """

    def __init__(self, model: Path | None = None) -> None:
        path = model or resources.models_folder() / "silero-vad" / "silero_vad_16k.onnx"
        self._session = open_onnx(path, "voice activity model")
        self._rate = np.array(RATE, dtype=np.int64)
        self._state: NDArray[np.float32]
        self._input: NDArray[np.float32]
        self.reset()

    def reset(self) -> None:
        """Forget everything heard: the next sample is the first."""
        self._state = np.zeros((2, 1, 128), dtype=np.float32)
        self._input = np.zeros(_CONTEXT, dtype=np.float32)
        self._quiet = 0
        self._recent: deque[NDArray[np.float32]] = deque(maxlen=_WARM_UP)

    def accept(self, block: Samples) -> list[float]:
        """Take the next samples, any number; return a probability per window that is complete."""
        self._input = np.concatenate([self._input, block])
        probabilities = []
        while len(self._input) >= _CONTEXT + WINDOW:
            window, self._input = self._input[: _CONTEXT + WINDOW], self._input[WINDOW:]
            self._recent.append(window)
            probabilities.append(self._probability(window))
            self._quiet = self._quiet + 1 if probabilities[-1] < _SURELY_NONE else 0
            if self._quiet == QUIET_WINDOWS:
                self._begin_anew()
        return probabilities

    def _probability(self, window: NDArray[np.float32]) -> float:
        inputs = {"input": window[np.newaxis], "state": self._state, "sr": self._rate}
        probability, self._state = self._session.run(None, inputs)
        return float(probability[0, 0])

    def _begin_anew(self) -> None:
        self._state, self._quiet = np.zeros_like(self._state), 0
        for window in self._recent:
            self._probability(window)


@dataclass(frozen=True)
class VoiceSettings:
    """When speech begins and when it is over."""

    on: float = 0.5
    """Speech begins at this probability ..."""

    onset_windows: int = 2
    """... held for so many windows in a row (32 ms each)."""

    off: float = 0.35
    """A window at or over this probability keeps speech going ..."""

    hangover_windows: int = 10
    """... and so many windows under it in a row end it."""


@dataclass(frozen=True)
class VoiceChange:
    """Speech began or ended."""

    speaking: bool
    at: int
    """The sample where the voice began or ended, since the stream began."""


class VoiceGate:
    """Turns probabilities into the beginnings and ends of utterances."""

    def __init__(self, settings: VoiceSettings = VoiceSettings()) -> None:
        self._settings = settings
        self._windows = 0
        self._run = 0
        self.speaking = False
        self.last_voice = 0
        """Where the last window with voice ended, in samples since the stream began."""

    def step(self, probability: float) -> VoiceChange | None:
        """Take the probability of the next window; return a change, if there is one."""
        self._windows += 1
        here = self._windows * WINDOW
        if self.speaking:
            if probability >= self._settings.off:
                self._run, self.last_voice = 0, here
                return None
            self._run += 1
            if self._run < self._settings.hangover_windows:
                return None
            self.speaking, self._run = False, 0
            return VoiceChange(False, self.last_voice)
        self._run = self._run + 1 if probability >= self._settings.on else 0
        if self._run < self._settings.onset_windows:
            return None
        began = here - self._run * WINDOW
        self.speaking, self._run, self.last_voice = True, 0, here
        return VoiceChange(True, began)

    @property
    def pause(self) -> int:
        """Windows without voice in a row, while speech is not over yet; 0 otherwise."""
        return self._run if self.speaking else 0

    def end(self) -> None:
        """Take the speech for over, without a hangover."""
        self.speaking, self._run = False, 0
