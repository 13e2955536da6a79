"""What a short sound is like: Google's speech embedding, learnt from very much speech by people.

J. Lin et al., Training Keyword Spotters with Limited and Synthesized Speech Data, 2020,
arXiv:2002.01322. The two ONNX files lie in ``models/speech-embedding``.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voice_guide import resources
from voice_guide.audio.format import Samples, gain, samples
from voice_guide.speech.onnx_model import open_onnx

LONGEST_S = 2.0
"""Longer sounds have no embedding."""

SIZE = 96
"""Numbers that a window of 0.775 s comes out as."""

WINDOWS = 16
"""Windows of a sound: one every 80 ms of the two seconds that it is put into."""

_FRAMES = 76
_STEP = 8
_PEAK_DB = -3.0
_FLOOR_DB = -62.0


def folder() -> Path:
    """Return where the embedding is."""
    return resources.models_folder() / "speech-embedding"


class SpeechEmbedding:
    """Sound in, ``WINDOWS`` rows of ``SIZE`` numbers out."""

    def __init__(self) -> None:
        """Load it: 2.4 MB.

        Raises:
            MachineError: it is missing or cannot be loaded.
        """
        self._bands = open_onnx(folder() / "melspectrogram.onnx", "speech embedding")
        self._network = open_onnx(folder() / "embedding_model.onnx", "speech embedding")

    def __call__(self, sound: Samples, shift: float = 0.5) -> NDArray[np.float32]:
        """Return the embedding of a sound, shape (WINDOWS, SIZE).

        Args:
            sound: mono at 16 kHz, shape (n,), at most ``LONGEST_S`` long; its level does not count.
            shift: where in the two seconds it is put: 0 is the beginning, 1 the end.

        Raises:
            ValueError: the sound is too long.
        """
        spare = samples(LONGEST_S) - len(sound)
        if spare < 0:
            raise ValueError("The sound is too long to have an embedding.")
        louder = gain(_PEAK_DB) / max(float(np.abs(sound).max(initial=0.0)), gain(-60))
        before = round(shift * spare)
        placed = np.pad(sound * louder, (before, spare - before))
        hiss = np.random.default_rng(0).standard_normal(len(placed)) * gain(_FLOOR_DB)
        audio = ((placed + hiss) * 32767).astype(np.float32)
        bands = self._bands.run(None, {"input": audio[np.newaxis]})[0][0, 0]
        scaled = (bands / 10 + 2).astype(np.float32)
        windows = np.lib.stride_tricks.sliding_window_view(scaled, _FRAMES, axis=0)[::_STEP]
        taken = np.ascontiguousarray(windows.transpose(0, 2, 1)[..., np.newaxis])
        found = self._network.run(None, {"input_1": taken})[0]
        return np.asarray(found.reshape(-1, SIZE), np.float32)
