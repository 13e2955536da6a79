"""Speech that was too loud for the microphone is heard as what it was."""

import numpy as np
import pytest

from tests.speech.listening import GRAMMAR, intents, pause, say
from voice_guide.audio.format import BLOCK, Samples, gain
from voice_guide.speech import looks
from voice_guide.speech.listener import Listener
from voice_guide.speech.model import open_model
from voice_guide.speech.overdriven import MOST, restored

PHRASE, VOICES = "go to the next step", ("en-us+f3", "en-gb+f2", "en-us+m3", "en-gb")


def loud(voice: str, peak_db: float) -> Samples:
    said = say(PHRASE, voice)
    return said * np.float32(gain(peak_db) / np.abs(said).max())


def through_48_khz(sound: Samples) -> Samples:
    """Return what is left of a sound that is cut off by a sound card of three times the rate."""
    size = len(sound) // 2 * 2
    spectrum = np.fft.rfft(sound[:size])
    more = np.fft.irfft(np.pad(spectrum, (0, size)), 3 * size) * 3
    cut = np.fft.rfft(np.clip(more, -1.0, 1.0))[: size // 2 + 1]
    return (np.fft.irfft(cut, size) / 3).astype(np.float32)


def error(sound: Samples, said: Samples) -> float:
    return float(np.mean(np.square(sound - said)))


@pytest.mark.parametrize("voice", VOICES)
def test_peaks_that_were_cut_off_are_drawn_in_again(voice: str) -> None:
    said = loud(voice, 12.0)
    cut = np.clip(said, -1.0, 1.0)
    again = restored(cut)
    assert error(again, said) < 0.85 * error(cut, said)
    assert np.abs(again).max() <= MOST
    kept = np.abs(cut) < 0.9
    assert np.array_equal(again[kept], cut[kept])


@pytest.mark.parametrize("voice", VOICES)
def test_ripples_of_a_resampler_do_not_hide_what_was_cut_off(voice: str) -> None:
    cut = through_48_khz(loud(voice, 12.0))
    said = loud(voice, 12.0)[: len(cut)]
    assert error(restored(cut), said) < 0.7 * error(cut, said)


@pytest.mark.parametrize("voice", VOICES)
def test_what_was_not_cut_off_is_left_as_it_is(voice: str) -> None:
    said = loud(voice, -0.1)
    assert restored(said) is said
    quiet = pause(0.5)
    assert restored(quiet) is quiet
    nothing = np.zeros(0, np.float32)
    assert restored(nothing) is nothing


@pytest.mark.parametrize("sound", [np.ones(400, np.float32), np.sign(np.sin(np.arange(4000) / 9))])
def test_even_what_is_nothing_but_cut_off_comes_back_within_bounds(sound: Samples) -> None:
    again = restored(sound)
    assert np.isfinite(again).all()
    assert np.abs(again).max() <= MOST
    assert again.shape == sound.shape


def test_somebody_who_shouts_close_to_the_microphone_is_heard(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def heard() -> int:
        right = 0
        for phrase, intent in (("carry on", "resume"), ("pause", "pause"), ("hold on", "pause")):
            for voice in ("en-us+f3", "en-gb-scotland+m3", "en-gb+f3"):
                said = say(phrase, voice)
                said = np.clip(said * (gain(12.0) / np.abs(said).max()), -1.0, 1.0)
                sound = np.concatenate([pause(0.8), said.astype(np.float32), pause(0.8)])
                blocks = sound[: len(sound) // BLOCK * BLOCK].reshape(-1, BLOCK)
                listener = Listener(open_model(), GRAMMAR)
                right += intents([h for b in blocks for h in listener.accept(b)]) == [intent]
        return right

    restoring = heard()
    monkeypatch.setattr(looks, "restored", lambda sound: sound)
    assert restoring == 9
    assert heard() < 7
