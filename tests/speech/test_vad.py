from pathlib import Path

import numpy as np
import pytest

from tests.speech.listening import pause, say
from voice_guide.audio.format import RATE, samples
from voice_guide.errors import MachineError
from voice_guide.speech.vad import WINDOW, VoiceDetector, VoiceGate, VoiceSettings

RNG = np.random.default_rng(7)


def probabilities(sound: np.ndarray, block: int = 320) -> list[float]:
    detector = VoiceDetector()
    return [
        p
        for start in range(0, len(sound), block)
        for p in detector.accept(sound[start : start + block])
    ]


def test_speech_is_told_from_silence_and_from_noise() -> None:
    voice = say("how long is left")
    noise = RNG.normal(0, 0.05, RATE * 2).astype(np.float32)
    hum = (0.1 * np.sin(2 * np.pi * 100 * np.arange(RATE * 2) / RATE)).astype(np.float32)
    assert max(probabilities(pause(2))) < 0.3
    assert max(probabilities(noise)) < 0.5
    assert max(probabilities(hum)) < 0.5
    assert np.mean(np.array(probabilities(np.concatenate([pause(0.5), voice]))) > 0.5) > 0.4


def test_the_size_of_the_blocks_does_not_matter() -> None:
    sound = np.concatenate([pause(0.3), say("too hard"), pause(0.3)])
    assert probabilities(sound, 320) == probabilities(sound, 1000)


def test_after_a_reset_nothing_is_remembered() -> None:
    detector = VoiceDetector()
    sound = say("carry on")
    first = detector.accept(sound)
    detector.reset()
    assert detector.accept(sound) == first


def test_an_utterance_ends_after_the_hangover_and_begins_with_its_first_window() -> None:
    gate = VoiceGate(VoiceSettings(onset_windows=2, hangover_windows=3))
    track = [0.1, 0.9, 0.1, 0.9, 0.9, 0.4, 0.1, 0.1, 0.4, 0.1, 0.1, 0.1, 0.9]
    changes = [(i, gate.step(p)) for i, p in enumerate(track)]
    told = [(i, c.speaking, c.at // WINDOW) for i, c in changes if c is not None]
    assert told == [(4, True, 3), (11, False, 9)]


def test_a_missing_network_is_an_error_in_words(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="Install voice_guide again"):
        VoiceDetector(tmp_path / "none.onnx")
    (tmp_path / "bad.onnx").write_bytes(b"not a network" * samples(0.01))
    with pytest.raises(MachineError, match="cannot be loaded"):
        VoiceDetector(tmp_path / "bad.onnx")


def test_after_a_long_hum_a_voice_is_noticed_as_soon_as_in_silence() -> None:
    """The network takes for the background what it has heard for long, and grows dull."""
    hum = (0.05 * np.sin(2 * np.pi * 300 * np.arange(40 * RATE) / RATE)).astype(np.float32)
    hiss = (0.001 * RNG.standard_normal(4 * RATE)).astype(np.float32)
    fresh, after = VoiceDetector(), VoiceDetector()
    after.accept(hum[: len(hum) // WINDOW * WINDOW])
    for detector in (fresh, after):
        detector.accept(hiss[: len(hiss) // WINDOW * WINDOW])
    voice = say("no", "en-us")
    assert after.accept(voice)[:3] == pytest.approx(fresh.accept(voice)[:3], abs=0.15)
