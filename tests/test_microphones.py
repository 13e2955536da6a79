import numpy as np
import pytest

from voice_guide.audio import bluetooth
from voice_guide.audio.devices import DeviceInfo
from voice_guide.audio.format import BLOCK
from voice_guide.microphones import Meter, heard_best, worth_a_meter


def device(name: str, *, inputs=1, rate=48_000.0, default=False, api="ALSA") -> DeviceInfo:
    return DeviceInfo(0, name, api, inputs, 0, rate, default, False)


def meter(name: str, level: float, voice: float, *, default=False) -> Meter:
    return Meter(device(name, default=default), loudest_db=level, voice=voice)


def test_the_loudest_that_heard_a_voice_is_named():
    meters = [meter("webcam", -40, 1.0), meter("headset", -25, 1.0), meter("fan", -10, 0.0)]
    assert heard_best(meters).device.name == "headset"


def test_of_those_that_hear_alike_it_is_the_default():
    meters = [meter("hw", -25.0, 1.0), meter("default", -25.5, 1.0, default=True)]
    assert heard_best(meters).device.name == "default"


def test_noise_without_a_voice_is_nobody():
    assert heard_best([meter("fan", -10, 0.1)]) is None


def test_a_level_is_that_of_the_last_tenth_of_a_second():
    one = Meter(device("mic"))
    for amplitude in (0.1, 0.01):
        for _ in range(5):
            one.accept(np.full(BLOCK, amplitude, np.float32), 1)
        assert one.level_db == pytest.approx(20 * np.log10(amplitude), abs=0.01)
    assert one.loudest_db == pytest.approx(-20, abs=0.01) and one.voice == pytest.approx(0.32)
    assert not one.dead


def test_further_names_of_the_same_microphone_get_no_meter():
    devices = [
        device("USB: - (hw:1,0)"),
        device("sysdefault"),
        device("speexrate"),
        device("pulse", default=True),
        device("Speaker", inputs=0),
        device("JACK mic", api="JACK"),
    ]
    assert [one.name for one in worth_a_meter(devices)] == ["USB: - (hw:1,0)", "pulse"]


@pytest.mark.parametrize(
    ("one", "telephone"),
    [
        (device("Headset (WH-1000XM4 Hands-Free AG Audio)", rate=16_000.0), True),
        (device("AirPods Pro", rate=24_000.0), True),
        (device("Galaxy Buds2"), True),
        (device("bluez_input.AA_BB", rate=8_000.0), True),
        (device("Jabra Headset", rate=16_000.0), True),
        (device("USB Headset", inputs=2), False),
        (device("USB Headset: Audio (hw:1,0)"), False),
        (device("Built-in Microphone", rate=44_100.0), False),
        (device("AirPods Pro", inputs=0), False),
    ],
)
def test_a_bluetooth_headsets_microphone_is_known_by_its_name(one, telephone):
    assert bluetooth.is_telephone(one) is telephone


def test_behind_a_sound_server_the_server_is_asked(monkeypatch, tmp_path):
    pactl = tmp_path / "pactl"
    pactl.write_text("#!/bin/sh\necho bluez_input.F8_4E_17.headset-head-unit\n")
    pactl.chmod(0o755)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    assert bluetooth.is_telephone(device("pulse"))
    pactl.write_text("#!/bin/sh\necho alsa_input.usb-Webcam\n")
    assert not bluetooth.is_telephone(device("pulse"))
    pactl.write_text("#!/bin/sh\nexit 1\n")
    assert not bluetooth.is_telephone(device("pulse"))
    monkeypatch.setenv("PATH", "")
    assert not bluetooth.is_telephone(device("pulse"))
