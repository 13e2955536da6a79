"""A made-up machine as a fixture."""

from pathlib import Path

import pytest
from machine import Machine


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Give a machine of an ordinary user: no Python, no package manager, no sudo."""
    machine = Machine(tmp_path)
    machine.become(1000)
    return machine
