import re

import pytest

from voice_guide import resources
from voice_guide.errors import InputError
from voice_guide.language.pack import load_language, placeholders
from voice_guide.script.durations import durations_between
from voice_guide.session.commands import COMMANDS

ENGLISH = load_language("en")


def test_the_built_in_model_knows_every_word_that_can_be_said():
    listed = resources.models_folder() / "vosk-builtin-en" / "graph" / "words.txt"
    words = {line.split()[0] for line in listed.read_text().splitlines()}
    lacking = {
        phrase.text: [word for word in phrase.text.split() if word not in words]
        for phrase in ENGLISH.phrases
    }
    assert {text: lack for text, lack in lacking.items() if lack} == {}


def test_every_duration_has_its_own_words_and_the_model_knows_them():
    listed = resources.models_folder() / "vosk-builtin-en" / "graph" / "words.txt"
    known = {line.split()[0] for line in listed.read_text().splitlines()}
    said: dict[str, float] = {}
    for seconds in durations_between(0, 3600):
        for words in ENGLISH.ways_to_say_duration(seconds):
            assert said.setdefault(words, seconds) == seconds
            assert set(words.split()) <= known, words
    assert said["forty five seconds"] == 45 and said["an hour"] == 3600


def test_every_universal_does_something_and_everything_can_be_said():
    assert set(ENGLISH.universals) | set(ENGLISH.slotted) == set(COMMANDS)


def test_there_are_several_ways_to_say_everything():
    counts = [len(texts) for texts in ENGLISH.universals.values()]
    assert min(counts) >= 3 and sum(counts) / len(counts) >= 6


def test_no_phrase_means_two_things():
    texts = [phrase.text for phrase in ENGLISH.phrases]
    assert sorted(texts) == sorted(set(texts))


def test_only_stop_and_pause_act_before_the_utterance_is_over():
    assert {phrase.intent for phrase in ENGLISH.phrases if phrase.urgent} == {"stop", "pause"}


def test_wordings_take_turns():
    first, second = (ENGLISH.prompt("resumed", turn) for turn in (0, 1))
    assert first != second


def test_the_wordings_of_a_prompt_need_the_same_values():
    for name, wordings in ENGLISH.prompts.items():
        assert len({placeholders(wording) for wording in wordings}) == 1, name


@pytest.mark.parametrize(
    ("seconds", "spoken"),
    [
        (5, "a few seconds"),
        (30, "half a minute"),
        (60, "about a minute"),
        (90, "about a minute and a half"),
        (125, "about two minutes"),
        (1260, "about twenty one minutes"),
    ],
)
def test_times_are_spoken_as_people_do(seconds, spoken):
    assert ENGLISH.duration(seconds) == spoken


def test_lists_are_spoken_as_people_do():
    assert ENGLISH.listing(["oil"]) == "oil"
    assert ENGLISH.listing(["oil", "a towel", "a mat"], "and") == "oil, a towel and a mat"


def test_an_unknown_language_names_those_that_there_are():
    with pytest.raises(InputError, match="There is: de, en"):
        load_language("xx")


def test_prompts_promise_nothing():
    said = " ".join(text for wordings in ENGLISH.prompts.values() for text in wordings).lower()
    assert not re.search(r"\b(safe|cure|heal|harmless)\b(?! ?ly)", said)
