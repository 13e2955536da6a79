"""The virtual sound card as a fixture."""

import os
from collections.abc import Iterator

import pytest
from sound_card import SoundCard, missing_parts


@pytest.fixture
def sound_card() -> Iterator[SoundCard]:
    """Give a running virtual sound card; where it cannot be made, skip, or fail when CI=true."""
    if missing := missing_parts():
        if os.environ.get("CI") == "true" and missing.startswith("not installed"):
            pytest.fail(f"the live tests must run in CI, but {missing}", pytrace=False)
        pytest.skip(missing)
    with SoundCard() as card:
        yield card
