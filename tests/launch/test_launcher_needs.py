"""./play on a machine that lacks something: it installs where it may, else says what to type."""

import pytest

APT_ALL = "apt-get install -y python3 python3-venv libportaudio2"


def commands(output):
    """Return the lines that are set apart for the person to type."""
    return [line.strip() for line in output.splitlines() if line.startswith("    ")]


def test_without_python_or_a_known_package_manager_it_says_what_is_needed(machine):
    done = machine.play()
    assert done.returncode == 3
    assert "Python 3.10 or newer" in done.stderr
    assert "PortAudio" in done.stderr
    assert done.stdout == ""


def test_an_ordinary_user_without_sudo_gets_the_one_command(machine):
    machine.add("apt-get")
    done = machine.play()
    assert done.returncode == 3
    assert commands(done.stderr) == [f"su -c 'apt-get update && {APT_ALL}'"]
    assert machine.calls() == []


def test_where_sudo_would_ask_and_there_is_no_terminal_the_command_is_printed(machine):
    machine.add("apt-get")
    machine.add("sudo", "#!/bin/sh\nexit 1\n")
    done = machine.play()
    assert done.returncode == 3
    assert commands(done.stderr) == [f"sudo apt-get update && sudo {APT_ALL}"]
    assert machine.calls() == []


def test_sudo_without_a_password_is_used(machine):
    machine.add("apt-get")
    machine.add("sudo", '#!/bin/sh\n[ "$1" != -n ] || shift\necho sudo >>"$FAKE_LOG"\nexec "$@"\n')
    machine.add("true", "#!/bin/sh\n")
    machine.play()
    calls = machine.calls()
    assert any(call.startswith("apt-get") and "python3-venv" in call for call in calls)
    assert calls.count("sudo") == 3


def test_root_installs_after_an_update_and_says_so_beforehand(machine):
    machine.become(0)
    machine.add(
        "apt-get", '#!/bin/sh\necho "apt-get $*" >>"$FAKE_LOG"\necho said: && echo said: >&2\n'
    )
    done = machine.play()
    update, install = machine.calls()
    assert "update" in update
    assert install.endswith("python3 python3-venv libportaudio2")
    assert "--no-remove" in install
    assert "python3 python3-venv libportaudio2" in done.stderr.splitlines()[0]
    assert "said:" not in done.stdout + done.stderr


def test_what_apt_says_is_shown_when_it_fails(machine):
    machine.become(0)
    machine.add("apt-get", "#!/bin/sh\necho 'E: Unable to fetch some archives'\nexit 100\n")
    done = machine.play()
    assert done.returncode == 3
    assert "E: Unable to fetch some archives" in done.stderr
    assert commands(done.stderr) == [f"apt-get update && {APT_ALL}"]


def test_a_system_python_without_venv_needs_its_own_venv_package(machine):
    machine.add_python()
    machine.add("apt-get")
    machine.environment = {
        "FAKE_PYTHON": "incomplete 3.12",
        "FAKE_PYTHON_PATH": "/usr/bin/python3.12",
    }
    done = machine.play()
    assert done.returncode == 3
    assert "apt-get install -y python3.12-venv libportaudio2'" in done.stderr


def test_a_python_that_is_too_old_is_named_and_nothing_is_installed(machine):
    machine.become(0)
    machine.add_python()
    machine.add("apt-get")
    machine.environment = {"FAKE_PYTHON": "old 3.8"}
    done = machine.play()
    assert done.returncode == 3
    assert "this system has 3.8" in done.stderr
    assert machine.calls() == []


def test_a_newer_python_under_another_name_is_found(machine):
    machine.add("python3", "#!/bin/sh\necho old 3.9 /usr/bin/python3.9\n")
    machine.add_python("python3.12")
    done = machine.play()
    assert done.returncode == 0, done.stderr


def test_without_portaudio_an_ordinary_user_gets_its_command(machine):
    machine.add_python()
    machine.add("apt-get")
    machine.environment = {"FAKE_NO_PORTAUDIO": "yes"}
    done = machine.play()
    assert done.returncode == 3
    assert commands(done.stderr) == ["su -c 'apt-get update && apt-get install -y libportaudio2'"]


def test_portaudio_that_cannot_be_installed_does_not_keep_root_from_rehearsing(machine):
    machine.become(0)
    machine.add_python()
    machine.add("apt-get", "#!/bin/sh\nexit 100\n")
    machine.environment = {"FAKE_NO_PORTAUDIO": "yes"}
    done = machine.play()
    assert done.returncode == 0
    assert "without sound" in done.stderr
    assert "[play]" in done.stdout


@pytest.mark.parametrize(
    ("manager", "command"),
    [
        ("dnf", "sudo dnf install -y python3 portaudio"),
        ("pacman", "sudo pacman -S --needed python portaudio"),
        ("zypper", "sudo zypper install -y python312 libportaudio2"),
    ],
)
def test_other_systems_get_the_command_to_type(machine, manager, command):
    machine.add(manager)
    done = machine.play()
    assert done.returncode == 3
    assert commands(done.stderr) == [command]
    assert machine.calls() == []


def test_on_macos_homebrew_brings_python(machine):
    machine.add("uname", "#!/bin/sh\necho Darwin\n")
    machine.add("brew")
    done = machine.play()
    assert machine.calls() == ["brew install python@3.12"]
    assert "python@3.12" in done.stderr


def test_a_python_that_has_no_packages_for_this_mac_is_passed_over(machine):
    machine.add("uname", "#!/bin/sh\necho Darwin\n")
    machine.add("brew")
    machine.add_python()
    machine.environment["FAKE_PYTHON"] = "new 3.14"
    machine.play()
    assert machine.calls() == ["brew install python@3.12"]


def test_what_only_some_tests_use_is_installed_too(machine):
    machine.add("apt-get")
    machine.become(0)
    machine.add_python()
    machine.run("./test", "tests/script")
    tools, browser = [
        call for call in machine.calls() if "apt-get" in call and "update" not in call
    ]
    assert {"pulseaudio", "pulseaudio-utils", "strace", "libfst-tools"} <= set(tools.split())
    assert browser.endswith(" chromium chromium-driver")


def test_where_no_browser_can_be_installed_the_other_tests_still_run(machine):
    refuses = '#!/bin/sh\ncase "$*" in *chromium*) exit 100 ;; esac\n'
    machine.add("apt-get", refuses)
    machine.become(0)
    machine.add_python()
    done = machine.run("./test", "tests/script")
    assert done.returncode == 0
    assert "without the tests in a browser" in done.stderr
    assert "without some of the tests" not in done.stderr


def test_on_windows_the_commands_are_printed(machine):
    machine.add("uname", "#!/bin/sh\necho MINGW64_NT-10.0\n")
    machine.add_python()
    done = machine.play()
    assert done.returncode == 3
    assert "py -m venv .venv" in commands(done.stderr)[0]
