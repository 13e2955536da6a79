"""./play on a machine that has all it needs: the first run, later runs, and what goes wrong."""

import signal
from pathlib import Path

import pytest
from machine import Machine


@pytest.fixture
def machine(machine):
    machine.add_python()
    return machine


def pip_runs(machine):
    return [call for call in machine.calls() if call.startswith("pip ")]


def test_the_first_run_sets_up_and_later_runs_install_nothing(machine):
    first = machine.play()
    assert first.returncode == 0, first.stderr
    assert len(pip_runs(machine)) == 1
    assert [line.split()[0] for line in first.stderr.splitlines()] == ["Setting"]
    second = machine.play()
    assert pip_runs(machine) == []
    assert second.stderr == ""
    assert second.stdout == first.stdout


def test_options_and_names_reach_voice_guide_as_they_are(machine):
    done = machine.play("my script.yaml", "--say", "12s: too hard", "", "*")
    assert done.stdout.splitlines()[1:] == [
        "[play]",
        "[my script.yaml]",
        "[--say]",
        "[12s: too hard]",
        "[]",
        "[*]",
    ]


def test_without_arguments_the_choice_is_left_to_voice_guide(machine):
    assert machine.play().stdout.splitlines()[1:] == ["[play]"]


def test_it_runs_where_the_user_is(machine, tmp_path):
    elsewhere = tmp_path / "else where"
    elsewhere.mkdir()
    done = machine.run(machine.checkout / "play", "mine.yaml", cwd=elsewhere)
    assert done.stdout.splitlines() == [f"in {elsewhere.resolve()}", "[play]", "[mine.yaml]"]
    assert (machine.checkout / ".venv").is_dir()


def test_a_checkout_with_spaces_in_its_path_works_through_links(tmp_path):
    machine = Machine(tmp_path, "my own 'guide'")
    machine.add_python()
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "inner").symlink_to(Path("..") / machine.checkout.name / "play")
    (tmp_path / "outer").symlink_to(tmp_path / "links" / "inner")
    done = machine.run(tmp_path / "outer", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[1:] == ["[play]", "[--json]"]
    assert pip_runs(machine)
    machine.run(tmp_path / "outer", cwd=tmp_path)
    assert pip_runs(machine) == []


def test_a_changed_pyproject_is_installed_again_in_place(machine):
    machine.play()
    kept = machine.checkout / ".venv" / "kept"
    kept.touch()
    pip_runs(machine)
    with (machine.checkout / "pyproject.toml").open("a") as file:
        file.write("# changed\n")
    assert machine.play().returncode == 0
    assert len(pip_runs(machine)) == 1
    assert kept.exists()
    machine.play()
    assert pip_runs(machine) == []


def test_a_moved_checkout_is_set_up_anew(machine):
    machine.play()
    pip_runs(machine)
    machine.checkout = machine.checkout.rename(machine.checkout.with_name("moved"))
    assert machine.play().returncode == 0
    assert len(pip_runs(machine)) == 1


def test_a_set_up_that_was_killed_heals_at_the_next_run(machine):
    machine.environment = {"FAKE_KILLED": "yes"}
    for _ in range(2):
        assert machine.play().returncode == -signal.SIGKILL
    half_made = machine.checkout / ".venv" / "half-made"
    half_made.touch()
    machine.environment = {}
    assert "[play]" in machine.play().stdout
    assert not half_made.exists()
    assert machine.play().stderr == ""


def test_pip_is_heard_only_when_it_fails(machine):
    machine.environment = {"FAKE_PIP_FAILS": "yes"}
    done = machine.play()
    assert done.returncode == 3
    assert "no route to host" in done.stderr
    assert "network" in done.stderr
    machine.environment = {}
    assert machine.play().returncode == 0


def test_an_update_that_fails_is_tried_again_and_loses_nothing(machine):
    machine.play()
    kept = machine.checkout / ".venv" / "kept"
    kept.touch()
    with (machine.checkout / "pyproject.toml").open("a") as file:
        file.write("# changed\n")
    machine.environment = {"FAKE_PIP_FAILS": "yes"}
    assert machine.play().returncode == 3
    machine.environment = {}
    assert machine.play().returncode == 0
    assert kept.exists()


def test_a_venv_of_the_users_own_is_kept(machine):
    machine.run("python3", "-m", "venv", machine.checkout / ".venv")
    kept = machine.checkout / ".venv" / "kept"
    kept.touch()
    assert "[play]" in machine.play().stdout
    assert kept.exists()


def test_two_first_runs_at_once_set_up_once(machine):
    machine.environment = {"FAKE_PIP_SECONDS": "1"}
    both = [machine.start("./play") for _ in range(2)]
    assert all("[play]" in process.communicate(timeout=30)[0] for process in both)
    assert len(pip_runs(machine)) == 1


def test_a_lock_that_is_given_back_just_now_is_no_fault(machine):
    (machine.checkout / ".venv-lock").mkdir()
    machine.add(
        "mkdir",
        '#!/bin/sh\n[ ! -d "$1" ] || { rm -r "$1"; exit 1; }\nexec /bin/mkdir "$@"\n',
    )
    assert "[play]" in machine.play().stdout


def test_a_checkout_that_cannot_be_written_is_said(machine):
    machine.add("mkdir", "#!/bin/sh\necho read-only file system >&2\nexit 1\n")
    done = machine.play()
    assert done.returncode == 3
    assert f"{machine.checkout.resolve()} cannot be written" in done.stderr
