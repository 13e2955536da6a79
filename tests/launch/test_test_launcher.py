"""./test: which checks run, and what their results come to."""

import pytest


@pytest.fixture
def machine(machine):
    machine.add_python()
    return machine


def checks(machine):
    return [call for call in machine.calls() if call.startswith("-m ")]


def test_all_checks_run_and_the_suite_last(machine):
    done = machine.run("./test")
    assert done.returncode == 0, done.stderr
    first_words = [call.split()[1] for call in checks(machine)]
    assert first_words == ["ruff", "ruff", "mypy", "pytest"]


def test_arguments_go_to_pytest_alone(machine):
    machine.run("./test", "tests/script", "-k", "not slow")
    assert checks(machine) == ["-m pytest tests/script -k not slow"]


@pytest.mark.parametrize("failing", ["ruff check", "ruff format", "mypy", "pytest"])
def test_one_failed_check_fails_the_whole_and_the_others_still_run(machine, failing):
    machine.environment = {"FAKE_CHECK_FAILS": failing, "FAKE_CHECK_CODE": "2"}
    assert machine.run("./test").returncode == 2
    assert len(checks(machine)) == 4


def test_it_installs_what_testing_needs(machine):
    machine.run("./test", "tests/script")
    assert any("[test]" in call for call in machine.calls())
    machine.run("./play")
    machine.run("./test", "tests/script")
    assert not any("pip" in call for call in machine.calls())


def test_after_play_the_test_tools_are_added(machine):
    machine.play()
    machine.calls()
    machine.run("./test", "tests/script")
    assert any("[test]" in call for call in machine.calls())


def test_it_runs_from_another_folder(machine, tmp_path):
    done = machine.run(machine.checkout / "test", "tests/script", cwd=tmp_path)
    assert done.returncode == 0, done.stderr


def test_without_the_rights_for_a_sound_card_the_rest_still_runs(machine):
    machine.add("apt-get")
    done = machine.run("./test", "tests/script")
    assert done.returncode == 0
    assert "pulseaudio" in done.stderr
    assert checks(machine) == ["-m pytest tests/script"]
