"""Phrases of several words in noise: said whole, or not at all."""

import json
from dataclasses import replace

import numpy as np
import pytest

from tests.speech.listening import GRAMMAR, say
from voice_guide.audio.format import Samples, gain
from voice_guide.language.pack import load_language
from voice_guide.speech.decoding import DecodingSettings
from voice_guide.speech.grammar import Grammar, Phrase
from voice_guide.speech.model import SpeechModel, open_model
from voice_guide.speech.utterance import Utterance

IN_NOISE = (
    *("not at all", "just a minute", "a bit louder", "that was wrong", "too much pressure"),
    *("start from the beginning", "say that again", "not so hard"),
)
VOICES = ("en-us+f3", "en-us+m3", "en-gb")


@pytest.fixture(scope="module")
def model() -> SpeechModel:
    return open_model()


def in_noise(sound: Samples, snr_db: float, seed: int) -> Samples:
    quiet = np.zeros(4000, np.float32)
    whole = np.concatenate([quiet, sound, quiet])
    hiss = np.random.default_rng(seed).standard_normal(len(whole))
    fan = np.convolve(hiss, np.ones(6) / 6, "same")
    level = np.sqrt(np.mean(sound**2) / np.mean(fan**2)) * gain(-snr_db)
    return (whole + fan * level).astype(np.float32)


def meant(model: SpeechModel, grammar: Grammar, sound: Samples) -> list[str]:
    utterance = Utterance(model, grammar, DecodingSettings(), 0)
    utterance.accept(sound)
    return [phrase.intent for phrase in utterance.finish().phrases]


def test_more_phrases_are_heard_in_noise_than_as_rows_of_words(model: SpeechModel) -> None:
    language = load_language("en")
    intents = {phrase.text: phrase.intent for phrase in language.phrases}
    whole = Grammar.of(language.phrases, language).within(model.has_word)
    rows = replace(whole, wholes=frozenset())
    right = {"whole": 0, "rows": 0}
    for number, text in enumerate(IN_NOISE):
        sound = in_noise(say(text, VOICES[number % len(VOICES)]), 0.0, number)
        for name, grammar in (("whole", whole), ("rows", rows)):
            right[name] += meant(model, grammar, sound) == [intents[text]]
    assert right["whole"] >= right["rows"] + 2


def test_a_phrase_that_is_no_word_of_the_model_is_heard_as_before(model: SpeechModel) -> None:
    own = Grammar((*GRAMMAR.phrases, Phrase("warm the second towel", "towel", "script")))
    within = own.within(model.has_word)
    assert "warm the second towel" not in within.wholes
    assert "too hard" in within.wholes
    assert meant(model, within, in_noise(say("warm the second towel"), 30, 1)) == ["towel"]


def test_wholes_are_given_to_vosk_as_one_word_and_come_back_as_words(model: SpeechModel) -> None:
    whole = replace(GRAMMAR.within(model.has_word), said_whole=True)
    listed = json.loads(whole.vosk_json())
    assert {"too_hard", "stop"} <= set(listed)
    assert "too hard" not in listed
    utterance = Utterance(model, whole, DecodingSettings(), 0)
    utterance.accept(in_noise(say("too hard"), 30, 1))
    decoded = utterance.finish()
    assert (decoded.text, [p.intent for p in decoded.phrases]) == ("too hard", ["softer"])


@pytest.mark.parametrize("text", ["carry the bags", "the next step is wrong", "how long is a mile"])
def test_half_a_phrase_is_not_taken_for_it(model: SpeechModel, text: str) -> None:
    language = load_language("en")
    grammar = Grammar.of(language.phrases, language).within(model.has_word)
    assert meant(model, grammar, in_noise(say(text), 25, 3)) == []


@pytest.mark.parametrize("seconds", [0.1, 0.3, 0.6])
def test_a_sound_that_fits_no_words_at_all_is_no_stop(model: SpeechModel, seconds: float) -> None:
    language = load_language("en")
    grammar = Grammar.of(language.phrases, language).within(model.has_word)
    utterance = Utterance(model, grammar, DecodingSettings(), 0)
    utterance.over_echo = True
    noise = np.random.default_rng(1).standard_normal(int(seconds * 16_000)) * 0.05
    utterance.accept(noise.astype(np.float32))
    assert utterance.finish().phrases == ()
