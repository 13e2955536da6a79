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


def test_a_decoy_is_no_phrase_and_no_common_word_is_a_universal_phrase() -> None:
    assert meaning("the", replace(GRAMMAR, decoys=("the",))) is None
    texts = {phrase.text for phrase in load_language("en").phrases}
    assert not texts & set(COMMON_WORDS)
