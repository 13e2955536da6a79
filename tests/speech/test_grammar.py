import json
from dataclasses import replace

import pytest

from voice_guide.language.pack import load_language
from voice_guide.language.phrases import Phrase
from voice_guide.speech.decoys import COMMON_WORDS
from voice_guide.speech.grammar import Grammar

STOP = Phrase("stop", "stop", "universal", urgent=True)
TOO_HARD = Phrase("too hard", "softer", "universal")
NEXT = Phrase("next", "next", "universal")
GRAMMAR = Grammar((STOP, TOO_HARD, NEXT), skip_words=("please", "thank you"))


def meaning(text: str, grammar: Grammar = GRAMMAR) -> str | None:
    phrase = grammar.match(text)
    return phrase.intent if phrase else None


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("too hard", "softer"),
        ("please next", "next"),
        ("next please", "next"),
        ("thank you next please thank you", "next"),
        ("stop stop stop", "stop"),
        ("please stop stop", "stop"),
        ("", None),
        ("please", None),
        ("thank you", None),
        ("hard too", None),
        ("hard", None),
        ("too please hard", None),
        ("next next", None),
        ("[unk]", None),
        ("[unk] stop", None),
        ("stop [unk]", None),
        ("too hard next", None),
        ("thank next", None),
    ],
)
def test_only_a_whole_phrase_counts(text: str, intent: str | None) -> None:
    assert meaning(text) == intent


def test_a_phrase_may_hold_a_skip_word() -> None:
    thanks = Phrase("no thank you", "no", "universal")
    assert meaning("no thank you", Grammar((thanks,), skip_words=("thank you",))) == "no"


def test_the_inner_scope_wins() -> None:
    inner = Phrase("too hard", "an answer", "question")
    assert meaning("too hard", Grammar((inner, TOO_HARD))) == "an answer"
    assert meaning("too hard", Grammar((TOO_HARD, inner))) == "softer"


def test_vosk_gets_each_phrase_once_and_something_for_all_other_speech() -> None:
    inner = Phrase("next", "an answer", "question")
    grammar = Grammar((inner, NEXT, STOP), skip_words=("please",), decoys=("stop", "the"))
    listed = json.loads(grammar.vosk_json())
    assert sorted(listed) == ["[unk]", "next", "please", "stop", "the"]


def test_a_closed_grammar_has_nothing_but_its_phrases() -> None:
    assert json.loads(Grammar((STOP, NEXT), closed=True).vosk_json()) == ["stop", "next"]


def test_phrases_with_words_that_the_model_lacks_are_named() -> None:
    lotion = Phrase("more emollient emollient", "more", "script")
    known = {"stop", "more", "next"}
    found = Grammar((STOP, lotion, TOO_HARD)).unknown_words(known.__contains__)
    assert found == {"more emollient emollient": ["emollient"], "too hard": ["too", "hard"]}


def test_phrases_with_words_that_the_model_lacks_are_left_out() -> None:
    rash = Phrase("i have a rash", "skin", "universal")
    heard = Grammar((STOP, rash, TOO_HARD)).within(
        {"stop", "too", "hard", "i", "have"}.__contains__
    )
    assert heard.phrases == (STOP, TOO_HARD)


def test_a_decoy_is_no_phrase_and_no_common_word_is_a_universal_phrase() -> None:
    assert meaning("the", replace(GRAMMAR, decoys=("the",))) is None
    texts = {phrase.text for phrase in load_language("en").phrases}
    assert not texts & set(COMMON_WORDS)


FINGERS = Phrase("my fingers are tingling", "tingling", "universal")
FACE = Phrase("my face is tingling", "tingling", "universal", slots=(("area", "face"),))
ON_IT = Phrase("put the oil on", "more oil", "script")
OFF_IT = Phrase("put my oil on it", "other oil", "script")
GO_ON = Phrase("go on", "resume", "universal")


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("fingers are tingling", "tingling"),
        ("please my fingers tingling", "tingling"),
        ("the fingers is tingling", "tingling"),
        ("fingers", None),
        ("tingling fingers", None),
        ("my fingers are cold", None),
        ("[unk] fingers are tingling", None),
        ("go", None),
        ("put oil", None),
    ],
)
def test_a_phrase_is_heard_without_its_function_words(text: str, intent: str | None) -> None:
    grammar = Grammar(
        (FINGERS, FACE, ON_IT, OFF_IT, GO_ON),
        skip_words=("please",),
        function_words=frozenset(["my", "the", "are", "is", "on", "it"]),
    )
    assert meaning(text, grammar) == intent
    assert meaning("face tingling", grammar) == "tingling"
    assert meaning("fingers are tingling", replace(grammar, function_words=frozenset())) is None


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_phrase_means_something_else_because_of_function_words(language: str) -> None:
    pack = load_language(language)
    grammar, plain = Grammar.of(pack.phrases, pack), Grammar(pack.phrases)
    assert len(grammar.function_words) > 10
    for phrase in pack.phrases:
        assert grammar.match(phrase.text) == plain.match(phrase.text)


YES = Phrase("yes", "yes", "question")
SEVEN = Phrase("seven", "7", "question")
EIGHT = Phrase("eight", "8", "question")
LOTION = Phrase("more lotion", "more lotion", "script")
SOFTER = Phrase("softer", "softer", "universal")
ASKED = Grammar(
    (STOP, YES, SEVEN, EIGHT, LOTION, SOFTER, TOO_HARD, NEXT),
    skip_words=("please",),
    connecting=("and", "but", "and also"),
    address="guide",
)


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("yes but softer", ["yes", "softer"]),
        ("yes softer", []),
        ("seven and more lotion please", ["7", "more lotion"]),
        ("please softer and also next please", ["softer", "next"]),
        ("softer and yes", ["softer", "yes"]),
        ("guide softer", ["softer"]),
        ("yes but stop", ["yes", "stop"]),
        ("too hard", ["softer"]),
        ("seven eight", []),
        ("seven and eight", []),
        ("softer next", []),
        ("softer and", []),
        ("and softer", []),
        ("softer but too hard", []),
        ("yes but [unk] softer", []),
        ("yes but softer and next", []),
        ("stop and softer", []),
        ("so i said stop it and she laughed", []),
        ("she said yes but softer", []),
    ],
)
def test_two_phrases_in_one_breath_are_both_meant(text: str, intents: list[str]) -> None:
    assert [phrase.intent for phrase in ASKED.matches(text)] == intents


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("stop it hurts", ["stop", "it hurts"]),
        ("stop stop that hurts", ["stop", "it hurts"]),
        ("wait i can't breathe", ["pause", "breathless"]),
        ("stop wait", ["stop"]),
        ("stop go on", ["stop"]),
        ("stop hold on please", ["stop"]),
        ("stop if it hurts", []),
        ("stop and softer", []),
        ("stop softer and next", []),
        ("stop [unk]", []),
    ],
)
def test_who_calls_out_a_phrase_right_after_stop_means_stop(text: str, intents: list[str]) -> None:
    universals = Grammar.of(load_language("en").phrases, load_language("en"))
    assert [phrase.intent for phrase in universals.matches(text)] == intents


def test_called_by_name_once_is_enough_for_both() -> None:
    called = tuple(replace(p, text=f"guide {p.text}") for p in (SOFTER, NEXT))
    grammar = Grammar(called, connecting=("and",), address="guide")
    both = [phrase.intent for phrase in grammar.matches("guide softer and next")]
    assert both == ["softer", "next"]
    assert grammar.matches("softer and next") == ()


def test_connecting_words_are_listened_for_where_there_was_no_phrase() -> None:
    joining = {"and", "and also", "guide"}
    assert not joining & set(json.loads(replace(ASKED, skip_words=()).vosk_json()))
    assert joining <= set(json.loads(replace(ASKED, in_one_breath=True).vosk_json()))
