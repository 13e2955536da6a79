"""What the tests of the journal share: the text clock of the session's tests, and a script."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "session"))


@pytest.fixture
def journal(tmp_path):
    """Where the journal of a test is: not where the user's is."""
    return tmp_path / "data" / "journal.db"
