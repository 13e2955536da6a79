"""``voice-guide devices`` with made-up sound devices."""

import json
import sys
from types import SimpleNamespace

import pytest


@pytest.fixture
def plugged_in(monkeypatch):
    """Lets PortAudio see these devices: each a name, and its microphones and loudspeakers."""

    def plug(*devices: tuple[str, int, int]) -> None:
        listed = [
            {
                "index": index,
                "name": name,
                "hostapi": 0,
                "max_input_channels": inputs,
                "max_output_channels": outputs,
                "default_samplerate": 48_000.0,
            }
            for index, (name, inputs, outputs) in enumerate(devices)
        ]
        module = SimpleNamespace(
            query_devices=lambda: listed,
            query_hostapis=lambda: ({"name": "ALSA"},),
            default=SimpleNamespace(device=(-1, -1)),
        )
        monkeypatch.setitem(sys.modules, "sounddevice", module)

    return plug


def test_a_name_that_no_device_has_gets_the_names_of_both_sides(here, plugged_in):
    plugged_in(("USB Webcam", 2, 0), ("Speaker", 0, 2))
    result = here("devices", "--use", "Foo")
    assert result.exit_code == 3
    assert result.stderr.strip() == (
        "There is no sound device called 'Foo'. "
        "Choose one by its name or number: 0: USB Webcam; 1: Speaker"
    )


def test_without_a_microphone_a_loudspeaker_can_be_chosen(here, user, plugged_in):
    plugged_in(("Speaker", 0, 2))
    result = here("devices", "--use", "speak")
    assert result.exit_code == 0, result.output
    assert result.stdout == "The loudspeaker is 'Speaker' from now on.\n"
    user.settings.write_text("input: Webcam\noutput: Speaker\n")
    listed = here("devices", "--list")
    assert listed.exit_code == 0, listed.output
    assert "Speaker: loudspeaker (chosen)" in listed.stdout
    assert "The microphone that you chose is not there: 'Webcam'." in listed.stdout


def test_programs_are_told_what_was_chosen_and_forgotten(here, user, plugged_in):
    plugged_in(("Headset", 1, 2))
    lines = here("devices", "--use", "head", "--json").stdout.splitlines()
    chosen = [json.loads(line) for line in lines]
    assert [(one["side"], one["name"]) for one in chosen] == [
        ("input", "Headset"),
        ("output", "Headset"),
    ]
    assert "input" in user.settings.read_text()
    assert json.loads(here("devices", "--forget", "--json").stdout)["event"] == "forgotten"
    assert "input" not in user.settings.read_text()


def test_what_was_never_chosen_is_forgotten_without_a_file(here, user):
    assert here("devices", "--forget").exit_code == 0
    assert not user.settings.exists()
