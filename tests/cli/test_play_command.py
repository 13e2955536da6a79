"""``voice-guide play``, ``doctor`` and ``devices`` on a machine without a sound device."""

import json

import pytest
import soundfile


def test_play_without_a_sound_device_says_so_and_rehearses(silent_machine):
    done = silent_machine.types("play", "short.yaml")
    assert done.returncode == 0
    first = done.stderr.splitlines()[0]
    assert first.startswith("No loudspeaker here") and "voice-guide doctor" in first
    assert "guide  With medium pressure" in done.stdout
    assert "Ended: finished" in done.stdout
    recording = soundfile.info(silent_machine.folder / "rehearsal.wav")
    assert (recording.channels, recording.samplerate, recording.format) == (2, 16_000, "WAV")


def test_play_with_json_has_nothing_else_on_standard_output(silent_machine):
    done = silent_machine.types("play", "short.yaml", "--json", "--mode", "push")
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert told[0]["event"] == "began" and told[-1]["event"] == "ended"
    assert "the mode push is left aside" in done.stderr.splitlines()[0]


def test_play_says_at_once_that_the_recording_cannot_be_written(silent_machine):
    (silent_machine.folder / "rehearsal.wav").mkdir()
    done = silent_machine.types("play", "short.yaml")
    assert done.returncode == 1 and done.stdout == ""
    assert "rehearsal.wav: the recording cannot be written" in done.stderr


def test_play_of_what_cannot_be_played(user):
    assert "back_massage, back_massage_short" in user.errs("play", "no_such_session", code=1)


def test_doctor_says_what_to_type_and_where_the_settings_are(silent_machine):
    silent_machine.settings.write_text("rate: 140\n")
    done = silent_machine.types("doctor", "--json")
    assert done.returncode == 3
    checks = {one["name"]: one for one in map(json.loads, done.stdout.splitlines())}
    assert {name for name, one in checks.items() if not one["fine"]} == {
        "microphone",
        "loudspeaker",
    }
    assert "type: voice-guide devices" in checks["microphone"]["told"]
    assert str(silent_machine.settings) in checks["settings"]["told"]
    assert "rate 140" in checks["settings"]["told"]
    assert "words" in checks["speech model"]["told"]
    assert '"stop" was heard' in checks["round trip"]["told"]
    assert "espeak" in checks["voice"]["told"]


def test_doctor_goes_on_after_the_first_thing_that_is_wrong(here):
    result = here("doctor", "--model", "nowhere")
    assert result.exit_code == 3
    wrong = [line for line in result.stdout.splitlines() if line.startswith("WRONG")]
    assert [line for line in wrong if "no speech model at nowhere" in line]
    assert "fine   voice" in result.stdout
    assert "cannot be played live" in result.stdout


def test_doctor_looks_at_the_rest_when_the_settings_are_broken(here, user):
    user.settings.write_text("rate: 9\n")
    result = here("doctor", "--json")
    checks = {one["name"]: one for one in map(json.loads, result.stdout.splitlines())}
    assert f"{user.settings}:1:7: 'rate'" in checks["settings"]["told"]
    assert not checks["settings"]["fine"] and checks["round trip"]["fine"]
    only_settings = {name for name, one in checks.items() if not one["fine"]} == {"settings"}
    assert result.exit_code == (1 if only_settings else 3)


def test_doctor_tells_programs_too_that_there_is_no_room(silent_machine, here):
    silent_machine.settings.write_text("rate: 9\n")
    result = here("doctor", "--room", "--json")
    assert result.exit_code == 3
    settings, room = map(json.loads, result.stdout.splitlines())
    assert settings["name"] == "settings" and not settings["fine"]
    assert "Plug one in" in room["told"] and not room["fine"]


def test_devices_of_a_machine_without_any(silent_machine, here):
    result = here("devices")
    assert result.exit_code == 3 and result.stdout == ""
    assert result.stderr.startswith("There is no sound device. Plug one in")
    as_json = here("devices", "--json")
    told = json.loads(as_json.stdout)
    assert as_json.exit_code == 3 and told["event"] == "no_device"
    assert told["message"] == result.stderr.strip()
    use = here("devices", "--use", "Foo", "--json")
    assert use.exit_code == 3 and json.loads(use.stdout)["event"] == "no_device"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["play", "short.yaml", "--output", "Foo"], "no loudspeaker called 'Foo', nor any other"),
        (["play", "short.yaml", "--input", "Foo"], "no microphone called 'Foo', nor any other"),
        (["devices", "--use", "Foo"], "no sound device called 'Foo', nor any other"),
    ],
)
def test_a_device_that_is_named_must_be_there(silent_machine, here, arguments, told):
    result = here(*arguments)
    assert result.exit_code == 3 and result.stdout == ""
    assert told in result.stderr and "Plug one in" in result.stderr
    assert "rehearsal" not in result.stderr


def test_two_modes_at_once_are_wrong_usage(here):
    result = here("play", "short.yaml", "--headphones", "--mode", "push")
    assert result.exit_code == 2
    assert "Give --headphones or --mode push, not both" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["devices", "--use", " "],
        ["play", "short.yaml", "--input", ""],
        ["resume", "--output", ""],
    ],
)
def test_an_empty_name_of_a_device_is_wrong_usage(here, arguments):
    result = here(*arguments)
    assert result.exit_code == 2
    assert "the name is empty" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--volume", "7"], "from 0 to 1"),
        (["--rate", "10"], "from 80 to 450"),
        (["--voice", "zz"], 'There is no voice "zz"'),
        (["--voice", ""], "name of the voice is empty"),
        (["--voice", "zz-zz"], 'There is no voice "zz-zz"'),
    ],
)
def test_a_wrong_voice_is_told_before_anything_else(here, arguments, told):
    for command in (["play", "short.yaml"], ["resume"], ["rehearse", "--text", "short.yaml"]):
        result = here(*command, *arguments)
        assert result.exit_code == 1 and result.stdout == ""
        assert told in result.stderr.splitlines()[0], command


def test_a_typo_in_the_voice_of_the_settings_is_told(here, user):
    user.settings.write_text("rate: 150\nvoice: zz-zz\n")
    result = here("play", "short.yaml")
    assert result.exit_code == 1
    assert f'{user.settings}:2:1: There is no voice "zz-zz". ' in result.stderr
    asked = here("play", "short.yaml", "--voice", "zz")
    assert 'There is no voice "zz"' in asked.stderr and str(user.settings) not in asked.stderr


def test_a_wrong_model_of_the_settings_is_told_with_its_line(here, user):
    user.settings.write_text("# mine\nmodel: nowhere\n")
    for command in (["rehearse", "short.yaml"], ["hear", "a.wav", "--phrases", "stop"]):
        result = here(*command)
        assert result.exit_code == 3
        assert f"{user.settings}:2:1: There is no speech model at" in result.stderr


def test_a_voice_of_another_language_is_left_aside_with_a_word(here):
    result = here("rehearse", "short.yaml", "--voice", "de", "--no-recording")
    assert result.exit_code == 0
    assert result.stderr.splitlines()[0] == (
        'The voice "de" is not for English, so it is left aside: the narrator has the voice '
        '"en-gb".'
    )


def test_a_broken_settings_file_is_an_error_in_words(user):
    user.settings.write_text("rate: fast\n")
    told = user.errs("play", "short.yaml", code=1)
    assert str(user.settings) in told and "'rate' must be a whole number" in told
