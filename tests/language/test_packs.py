"""Every language pack is complete against the English one."""

import json
from importlib import resources

import pytest

from voice_guide.language.pack import Language, load_language, placeholders
from voice_guide.script.durations import durations_between
from voice_guide.session.commands import COMMANDS
from voice_guide.speech.decoys import COMMON_WORDS
from voice_guide.speech.grammar import Grammar

ROOT = resources.files("voice_guide.language")
CODES = sorted(folder.name for folder in ROOT.iterdir() if (folder / "about.yaml").is_file())
ENGLISH = load_language("en")
BY_STATE = {("next", "resume")}
"""Pairs of intents that are never listened for at the same time, or the first one wins."""


@pytest.fixture(params=[code for code in CODES if code != "en"])
def pack(request) -> Language:
    return load_language(request.param)


def test_there_is_more_than_english():
    assert {"de", "en"} <= set(CODES)


def test_every_intent_can_be_said(pack):
    assert pack.universals.keys() == ENGLISH.universals.keys()
    assert pack.slotted.keys() == ENGLISH.slotted.keys()
    assert pack.durations.keys() == ENGLISH.durations.keys()
    assert set(pack.universals) | set(pack.slotted) == set(COMMANDS)


def test_there_are_about_as_many_ways_to_say_it(pack):
    for intent, phrases in ENGLISH.universals.items():
        least = min(4, len(phrases))
        assert len(pack.universals[intent]) >= max(least, 0.7 * len(phrases)), intent
    count, english = (sum(map(len, one.universals.values())) for one in (pack, ENGLISH))
    assert count / len(pack.universals) >= 6 and count >= 0.9 * english


def test_what_larger_models_hear_means_nothing_else(pack):
    assert pack.for_larger_models.keys() <= pack.universals.keys()
    assert len({phrase.text for phrase in pack.rarer_phrases}) == len(pack.rarer_phrases)
    rare = {phrase.text for phrase in pack.rarer_phrases}
    assert not rare & {phrase.text for phrase in pack.phrases}


def test_every_prompt_is_there_with_its_values_and_as_many_wordings(pack):
    assert pack.prompts.keys() == ENGLISH.prompts.keys()
    for name, wordings in ENGLISH.prompts.items():
        assert len(pack.prompts[name]) >= len(wordings), name
        for wording in pack.prompts[name]:
            assert placeholders(wording) == placeholders(wordings[0]), name


def test_every_piece_of_a_page_is_there_with_its_values(pack):
    assert pack.page.keys() == ENGLISH.page.keys()
    for part, pieces in ENGLISH.page.items():
        assert pack.page[part].keys() == pieces.keys()
        for name, piece in pieces.items():
            assert placeholders(pack.page[part][name]) == placeholders(piece), name


def test_every_word_is_there_with_its_values(pack):
    assert pack.words.keys() == ENGLISH.words.keys()
    for name, word in ENGLISH.words.items():
        assert placeholders(pack.words[name]) == placeholders(word), name


def test_nothing_is_left_in_english(pack):
    ours = {text for texts in pack.prompts.values() for text in texts if len(text.split()) > 1}
    theirs = {text for texts in ENGLISH.prompts.values() for text in texts}
    assert not ours & theirs
    long = {phrase.text for phrase in pack.phrases if " " in phrase.text}
    assert not long & {phrase.text for phrase in ENGLISH.phrases}


def test_no_phrase_means_two_things_at_a_time(pack):
    meant: dict[str, set[str]] = {}
    for phrase in pack.phrases:
        meant.setdefault(phrase.text, set()).add(phrase.intent)
    double = {tuple(sorted(intents)) for intents in meant.values() if len(intents) > 1}
    assert double <= BY_STATE


def test_what_the_narrator_tells_people_to_say_can_be_said():
    german = load_language("de")
    known = {phrase.text for phrase in german.phrases}
    told = ["weiter", "ende", "bereit", "hör wieder zu", "stopp", "pause", "noch einmal", "zurück"]
    told += ["wie lange noch", "zu fest", "zu leicht", "das tut weh"]
    assert set(told) <= known
    prompts = " ".join(text for texts in german.prompts.values() for text in texts).lower()
    assert all(phrase in prompts for phrase in told)


def test_every_duration_has_its_own_words(pack):
    said: dict[str, float] = {}
    for seconds in durations_between(0, 3600):
        for words in pack.ways_to_say_duration(seconds):
            assert said.setdefault(words, seconds) == seconds


def test_numbers_and_times_are_spoken_in_german():
    german = load_language("de")
    assert german.number(21) == "einundzwanzig" and german.number(1) == "eins"
    assert german.duration(5) == "ein paar Sekunden"
    assert german.duration(125) == "etwa zwei Minuten"
    assert german.minutes(60) == "eine Minute" and german.minutes(120) == "zwei Minuten"
    assert german.ways_to_say_duration(150)[0] == "zweieinhalb minuten"
    assert german.listing(["Öl", "ein Handtuch"], "and") == "Öl und ein Handtuch"


@pytest.mark.parametrize(
    ("area", "said"),
    [
        ("Schultern", "an der linken schulter"),
        ("Arme", "am rechten arm"),
        ("Nacken", "der nacken"),
        ("Unterer Rücken", "unterer rücken"),
    ],
)
def test_a_part_of_the_body_is_named_as_germans_do(area, said):
    assert said in load_language("de").ways_to_name(area)


def test_no_common_word_that_is_listened_for_is_a_phrase(pack):
    assert len(pack.decoys) > 50
    assert not set(pack.decoys) & {phrase.text for phrase in (*pack.phrases, *pack.rarer_phrases)}
    listened_for = json.loads(Grammar.of(pack.phrases, pack).vosk_json())
    assert set(pack.decoys) <= set(listened_for) and not set(COMMON_WORDS[:40]) & set(listened_for)
