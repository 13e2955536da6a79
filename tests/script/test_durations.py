"""Durations as authors write them."""

import pytest

from voice_guide.script.durations import parse_duration


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90 s", 90),
        ("5 min", 300),
        ("1 min 30 s", 90),
        ("1.5min", 90),
        (" 2 Minutes ", 120),
        ("24 h", 86400),
    ],
)
def test_a_number_with_a_unit_is_a_duration(text, seconds):
    assert parse_duration(text) == seconds


@pytest.mark.parametrize(
    "text", ["", "90", "s", "-5 s", "0 s", "25 h", "5 parsecs", "9" * 400 + " s", "1 s x", "1e3 s"]
)
def test_anything_else_is_refused_with_an_example(text):
    with pytest.raises(ValueError, match="5 min") as caught:
        parse_duration(text)
    assert len(str(caught.value)) < 300
