import itertools

import numpy as np
import pytest

from voice_guide.audio.earcons import PEAK, Earcon, earcon
from voice_guide.audio.format import RATE, Samples


def envelope(sound: Samples) -> Samples:
    """Loudness over time, 25 points over 250 ms, shape (25,), unit length."""
    padded = np.pad(sound, (0, RATE // 4 - len(sound)))
    shape = np.sqrt(np.mean(padded.reshape(25, -1) ** 2, axis=1))
    return shape / np.linalg.norm(shape)


def spectrum(sound: Samples) -> Samples:
    strength = np.abs(np.fft.rfft(sound, RATE // 2))
    return strength / np.linalg.norm(strength)


SHORT = [name for name in Earcon if name is not Earcon.OPENING]


@pytest.mark.parametrize("name", SHORT)
def test_an_earcon_is_short_soft_and_does_not_click(name):
    sound = earcon(name)
    assert 0.05 < len(sound) / RATE < 0.25
    assert np.abs(sound).max() == pytest.approx(PEAK, rel=1e-3)
    assert abs(sound[0]) < 0.01
    assert abs(sound[-1]) < 0.01


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(SHORT, 2)))
def test_two_earcons_differ_in_pitch_and_in_shape(one, other):
    a, b = earcon(one), earcon(other)
    assert spectrum(a) @ spectrum(b) < 0.7
    assert envelope(a) @ envelope(b) < 0.96


def test_the_opening_is_a_breath_under_a_second_with_all_pitches_of_speech_in_it():
    sound = earcon(Earcon.OPENING)
    assert len(sound) < RATE
    assert np.abs(sound).max() == pytest.approx(PEAK, rel=1e-3)
    assert abs(sound[0]) < 0.01
    assert abs(sound[-1]) < 0.01
    power = np.abs(np.fft.rfft(sound)) ** 2
    hertz = np.fft.rfftfreq(len(sound), 1 / RATE)
    bands = [power[(hertz >= f) & (hertz < f + 500)].sum() for f in range(0, 7000, 500)]
    assert min(bands) > 0.003 * sum(bands)


def test_an_earcon_cannot_be_spoiled_by_its_user():
    with pytest.raises(ValueError, match="read-only"):
        earcon(Earcon.PAUSED)[0] = 1.0
