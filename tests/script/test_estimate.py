"""How long a session is said to take."""

import pytest

from voice_guide.script import estimate, load_script

HEAD = "format: 1\ntitle: Test\n"


@pytest.fixture
def seconds(write):
    def seconds(text: str, pace: float = 160) -> float:
        script = load_script(write(HEAD + text)).script
        return estimate(script, lambda said: len(said.split()) * 60 / pace)

    return seconds


def test_the_wait_follows_the_words(seconds):
    short = seconds("steps: [{name: a, say: word, for: 10 s}]")
    longer = seconds(
        "steps: [{name: a, say: word word word word word word word word word, for: 10 s}]"
    )
    assert longer - short == pytest.approx(3.0)
    assert seconds("steps: [{name: a, say: word, for: 70 s}]") - short == pytest.approx(60)


def test_each_side_counts(seconds):
    one = seconds("steps: [{name: a, say: '{side}', for: 60 s, each: [left]}]")
    two = seconds("steps: [{name: a, say: '{side}', for: 60 s, each: [left, right]}]")
    assert two - one == pytest.approx(60 + 60 / 160)


def test_questions_and_ready_take_time(seconds):
    plain = seconds("steps: [{name: a, say: word}]")
    assert seconds("steps: [{name: a, say: word, until: ready}]") > plain + 10
    assert seconds("steps: [{name: a, say: word, ask: How?, number: 0-3}]") > plain + 3
    assert seconds("after: [{ask: How?, number: 0-3}]\nsteps: [{name: a, say: word}]") > plain + 3


def test_a_slower_narrator_takes_longer(seconds):
    text = "steps: [{name: a, say: " + "word " * 160 + "}]"
    assert seconds(text, 80) > seconds(text, 160) + 59
