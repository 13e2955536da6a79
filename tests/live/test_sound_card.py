"""The virtual sound card itself: PortAudio in another process plays on it and hears it."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray
from recording import RATE
from sound_card import SoundCard

pytestmark = pytest.mark.live

PLAY_TONE = """
import numpy, sounddevice
assert "pulse" in [device["name"] for device in sounddevice.query_devices()]
tone = 0.5 * numpy.sin(2 * numpy.pi * 1000 * numpy.arange(16_000) / 16_000)
sounddevice.play(tone.astype("float32"), 16_000, device={device!r}, blocking=True)
"""

LISTEN = """
import sys, numpy, sounddevice
with sounddevice.InputStream(16_000, 320, "pulse", 1, "float32") as stream:
    print("listening", flush=True)
    heard = [stream.read(320)[0][:, 0] for _ in range(100)]
numpy.save(sys.argv[1], numpy.concatenate(heard))
"""


def tone(hertz: float, seconds: float, level: float = 0.5) -> NDArray[np.float32]:
    moments = np.arange(round(seconds * RATE)) / RATE
    return (level * np.sin(2 * np.pi * hertz * moments)).astype(np.float32)


def strongest(samples: NDArray[np.float32]) -> float:
    """Return the strongest frequency, Hz."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * RATE / len(samples))


def rms(samples: NDArray[np.float32]) -> float:
    return float(np.sqrt(np.mean(samples**2)))


@pytest.mark.parametrize("device", ["pulse", None])
def test_what_portaudio_plays_is_recorded_from_the_loudspeaker(sound_card, device):
    began = sound_card.now()
    subprocess.run(
        [sys.executable, "-c", PLAY_TONE.format(device=device)],
        env=sound_card.environment,
        check=True,
        timeout=30,
    )
    sound_card.loudspeaker.wait_until(sound_card.now() + 0.2)
    first = sound_card.loudspeaker.first_sound(began)
    last = sound_card.loudspeaker.last_sound(began)
    assert last - first == pytest.approx(1.0, abs=0.05)
    heard = sound_card.loudspeaker.between(first + 0.2, last - 0.2)
    assert strongest(heard) == pytest.approx(1000, abs=5)
    assert rms(heard) == pytest.approx(0.5 / np.sqrt(2), rel=0.05)


def test_what_a_person_says_arrives_at_portaudio(sound_card, tmp_path: Path):
    soundfile.write(tmp_path / "person.wav", tone(700, 1.0), RATE)
    listener = subprocess.Popen(
        [sys.executable, "-c", LISTEN, str(tmp_path / "heard.npy")],
        env=sound_card.environment,
        stdout=subprocess.PIPE,
    )
    assert listener.stdout.readline() == b"listening\n"
    sound_card.say(tmp_path / "person.wav").wait(timeout=30)
    assert listener.wait(timeout=30) == 0
    heard = np.load(tmp_path / "heard.npy")
    loud = heard[np.abs(heard) > 0.01]
    assert len(loud) > 0.8 * RATE
    assert strongest(heard) == pytest.approx(700, abs=5)
    assert sound_card.loudspeaker.first_sound() is None


def test_the_microphone_hears_the_loudspeaker_only_through_the_air(sound_card):
    sound_card.let_microphone_hear_loudspeaker(gain_db=-20)
    began = sound_card.now()
    subprocess.run(
        [sys.executable, "-c", PLAY_TONE.format(device="pulse")],
        env=sound_card.environment,
        check=True,
        timeout=30,
    )
    sound_card.microphone.wait_until(sound_card.now() + 0.3)
    played = sound_card.loudspeaker.first_sound(began)
    echoed = sound_card.microphone.first_sound(began)
    assert 0.01 < echoed - played < 0.5
    echo = sound_card.microphone.between(echoed + 0.3, echoed + 0.7)
    assert 20 * np.log10(rms(echo) / (0.5 / np.sqrt(2))) == pytest.approx(-20, abs=1)


def test_two_cards_do_not_hear_each_other(sound_card, tmp_path: Path):
    soundfile.write(tmp_path / "person.wav", tone(700, 0.3), RATE)
    with SoundCard() as other:
        other.say(tmp_path / "person.wav").wait(timeout=30)
        other.microphone.wait_for_sound(0.0, timeout=10)
        sound_card.microphone.wait_until(sound_card.now() + 0.2)
        assert sound_card.microphone.first_sound() is None
