import importlib
from types import SimpleNamespace

import pytest

from voice_guide.audio.devices import find_device, has_loudspeaker, list_devices
from voice_guide.audio.portaudio import PortAudioDevice
from voice_guide.errors import MachineError


def device(index: int, name: str, inputs: int, outputs: int) -> dict[str, object]:
    return {
        "index": index,
        "name": name,
        "hostapi": 0,
        "max_input_channels": inputs,
        "max_output_channels": outputs,
        "default_samplerate": 48_000.0,
    }


def machine(monkeypatch, *devices: dict[str, object], default=(-1, -1)) -> None:
    """Let PortAudio see these devices."""
    module = SimpleNamespace(
        query_devices=lambda: devices,
        query_hostapis=lambda: ({"name": "ALSA"},),
        default=SimpleNamespace(device=default),
    )
    monkeypatch.setattr(importlib, "import_module", lambda name: module)


HEADSET = device(0, "USB Headset", 1, 2)
WEBCAM = device(1, "USB Webcam", 2, 0)
SPEAKER = device(2, "Speaker", 0, 2)


@pytest.mark.parametrize(
    ("fault", "advice"),
    [
        (OSError("PortAudio library not found"), "apt install libportaudio2"),
        (ModuleNotFoundError("No module named 'sounddevice'"), "pip install sounddevice"),
    ],
)
def test_a_missing_library_is_said_in_words(monkeypatch, fault, advice):
    def fail(name: str) -> None:
        raise fault

    monkeypatch.setattr(importlib, "import_module", fail)
    with pytest.raises(MachineError, match=advice) as caught:
        PortAudioDevice().start()
    assert caught.value.exit_code == 3
    assert not has_loudspeaker()


def test_devices_are_listed_with_their_defaults(monkeypatch):
    machine(monkeypatch, HEADSET, WEBCAM, SPEAKER, default=(1, 2))
    headset, webcam, speaker = list_devices()
    assert (headset.name, headset.host_api, headset.rate) == ("USB Headset", "ALSA", 48_000.0)
    assert (webcam.inputs, webcam.outputs) == (2, 0)
    assert [d.default_input for d in (headset, webcam, speaker)] == [False, True, False]
    assert [d.default_output for d in (headset, webcam, speaker)] == [False, False, True]


@pytest.mark.parametrize(
    ("devices", "expected"),
    [((), False), ((WEBCAM,), False), ((SPEAKER,), True), ((WEBCAM, SPEAKER), True)],
)
def test_a_session_can_be_played_where_there_is_a_loudspeaker(monkeypatch, devices, expected):
    machine(monkeypatch, *devices)
    assert has_loudspeaker() is expected


@pytest.mark.parametrize(
    ("devices", "missing"), [((SPEAKER,), "no microphone"), ((WEBCAM,), "no loudspeaker")]
)
def test_a_missing_side_is_said_in_words(monkeypatch, devices, missing):
    machine(monkeypatch, *devices)
    with pytest.raises(MachineError, match=f"{missing}.*Plug one in"):
        PortAudioDevice().start()


def test_the_default_is_found_or_else_the_first_usable(monkeypatch):
    machine(monkeypatch, HEADSET, WEBCAM, SPEAKER, default=(1, 2))
    assert find_device(None, "input").name == "USB Webcam"
    assert find_device(None, "output").name == "Speaker"
    machine(monkeypatch, SPEAKER, WEBCAM, HEADSET)
    assert find_device(None, "input").name == "USB Webcam"


@pytest.mark.parametrize("name", ["webcam", "USB Webcam", 1, "1"])
def test_a_device_is_found_by_name_part_of_it_or_number(monkeypatch, name):
    machine(monkeypatch, HEADSET, WEBCAM, SPEAKER)
    assert find_device(name, "input").index == 1


def test_a_wrong_or_ambiguous_name_gets_the_choices(monkeypatch):
    machine(monkeypatch, HEADSET, WEBCAM, SPEAKER)
    with pytest.raises(
        MachineError, match=r"Several microphones fit 'usb'.*0: USB Headset; 1: USB"
    ):
        find_device("usb", "input")
    with pytest.raises(MachineError, match=r"no loudspeaker called 'webcam'.*2: Speaker"):
        find_device("webcam", "output")
    with pytest.raises(MachineError, match="no microphone called 7"):
        find_device(7, "input")


@pytest.mark.parametrize(
    ("stored", "now"),
    [
        ("USB Audio: - (hw:1,0)", "USB Audio: - (hw:2,0)"),
        ("Microphone (2- USB Audio)", "Microphone (3- USB Audio)"),
        ("Microphone (USB Audio)", "Microphone (2- USB Audio)"),
    ],
)
def test_a_device_is_found_again_in_another_socket(monkeypatch, stored, now):
    machine(monkeypatch, SPEAKER, device(1, "Other Audio: - (hw:1,0)", 1, 0), device(5, now, 1, 0))
    assert find_device(stored, "input").index == 5
