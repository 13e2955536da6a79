"""Phrases that sound alike."""

from pathlib import Path

import pytest

from voice_guide.language.pack import load_language
from voice_guide.language.phones import alike
from voice_guide.script import check, parse_script
from voice_guide.script.checks.common import Measures
from voice_guide.speech.pronunciation import Pronunciation

HEAD = "format: 1\ntitle: Test\n"
STEP = "  - {name: One, say: Sit down.}\n"


@pytest.fixture(scope="module")
def pronounce():
    return Pronunciation("en")


@pytest.fixture
def alarms(pronounce):
    """Return a function that gives the phrases that a script is warned of."""

    def alarms(text: str) -> list[str]:
        loaded = parse_script(HEAD + text, Path("a.yaml"))
        found = check(loaded, None, load_language("en").universals, Measures(pronounce))
        return [finding.message for finding in found if finding.code.id == "W33"]

    return alarms


@pytest.mark.parametrize(
    "words",
    [
        "softer soften",
        "more sore",
        "light right",
        "stop shop",
        "stop step",
        "four for",
        "cold hold",
    ],
)
def test_words_that_are_easily_confused_sound_alike(pronounce, words):
    first, second = words.split()
    sounds = pronounce([first, second])
    assert alike(sounds[first], sounds[second]) and alike(sounds[second], sounds[first])


@pytest.mark.parametrize(
    "words", ["left right", "hard soft", "fast slow", "good strange", "back neck", "yes no"]
)
def test_words_that_are_told_apart_do_not(pronounce, words):
    first, second = words.split()
    sounds = pronounce([first, second])
    assert not alike(sounds[first], sounds[second])


def test_two_answers_that_sound_alike(alarms):
    told = alarms(f"before: [{{ask: a?, answers: {{cold: , hold: }}}}]\nsteps:\n{STEP}")
    assert len(told) == 1
    assert '"hold" sounds like "cold", which means something else in line 3' in told[0]


def test_only_what_is_different_in_two_phrases_is_compared(alarms):
    text = "replies:\n  - {hear: the left shoulder, say: a}\n  - {hear: the {0} shoulder, say: b}\n"
    assert len(alarms(text.replace("{0}", "lift") + "steps:\n" + STEP)) == 1
    assert alarms(text.replace("{0}", "right") + "steps:\n" + STEP) == []


def test_a_reply_that_sounds_like_a_command(alarms):
    told = alarms(f"replies: [{{hear: shop, say: a}}]\nsteps:\n{STEP}")
    assert len(told) == 1 and '"shop" sounds like "stop", which means "stop"' in told[0]


def test_ways_to_say_the_same_are_not_compared(alarms):
    assert alarms(f"replies: [{{hear: [sore, more], say: a}}]\nsteps:\n{STEP}") == []


def test_answers_of_two_questions_are_not_compared(alarms):
    ask = "{{ask: a?, answers: {{{0}: , fine: }}}}"
    text = f"before: [{ask.format('mild')}, {ask.format('wild')}]\nsteps:\n{STEP}"
    assert alarms(text) == []


def test_the_lexicon_beside_a_model_comes_first(tmp_path):
    (tmp_path / "lexicon.txt").write_text("oil AO1 L\nbad X Y Z\n")
    sounds = Pronunciation("en", tmp_path)(["oil", "bad"])
    assert sounds["oil"] == ("AO", "L")
    assert sounds["bad"] == ("B", "AE", "D")


def test_every_word_of_the_model_can_be_pronounced(pronounce, hearable_words):
    sounds = pronounce(hearable_words)
    assert all(sounds.values())
