"""Where the voice is in a noisy sound, and phrases whose ends noise had covered."""

import numpy as np
import pytest

from tests.speech.listening import say
from voice_guide.audio.format import Samples, gain, samples
from voice_guide.language.pack import load_language
from voice_guide.speech.decoding import DecodingSettings
from voice_guide.speech.grammar import Grammar
from voice_guide.speech.loud_part import contrast_db, last_loud, loud_part
from voice_guide.speech.model import SpeechModel, open_model
from voice_guide.speech.utterance import Utterance


@pytest.fixture(scope="module")
def model() -> SpeechModel:
    return open_model()


def hiss(seconds: float, level_db: float) -> Samples:
    random = np.random.default_rng(samples(seconds))
    return (random.standard_normal(samples(seconds)) * gain(level_db)).astype(np.float32)


def test_the_voice_is_where_it_is_loud() -> None:
    sound = np.concatenate([hiss(0.9, -40), hiss(0.6, -20), hiss(0.8, -40)])
    begin, end = loud_part(sound, 0)
    assert begin == pytest.approx(samples(0.6), abs=samples(0.04))
    assert end == pytest.approx(samples(1.8), abs=samples(0.04))


def test_a_sound_is_loud_until_it_is_20_db_weaker() -> None:
    sound = np.concatenate([hiss(0.3, -20), hiss(0.2, -30), hiss(0.5, -55)])
    assert last_loud(sound) == pytest.approx(samples(0.5), abs=samples(0.04))
    assert last_loud(np.concatenate([hiss(0.3, -20), hiss(0.2, -45)])) == pytest.approx(
        samples(0.3), abs=samples(0.04)
    )


@pytest.mark.parametrize("noise_db", [-60, -40, -25])
def test_a_voice_stands_out_by_what_it_is_louder_than_the_noise(noise_db: float) -> None:
    sound = np.concatenate([hiss(0.2, noise_db), hiss(0.6, -20), hiss(0.4, noise_db)])
    assert contrast_db(sound) == pytest.approx(-20 - noise_db, abs=2)
    assert contrast_db(sound[:100]) == 0


def test_a_short_pause_belongs_to_it_and_a_long_one_ends_it() -> None:
    short, long = (
        np.concatenate([hiss(0.5, -20), hiss(pause, -50), hiss(0.4, -23), hiss(0.9, -50)])
        for pause in (0.15, 0.5)
    )
    assert loud_part(short, 0)[1] == pytest.approx(samples(1.35), abs=samples(0.04))
    assert loud_part(long, 0)[1] == pytest.approx(samples(0.8), abs=samples(0.04))


def test_it_never_reaches_beyond_the_sound_not_even_in_silence() -> None:
    for sound in (hiss(0.3, -20), np.zeros(samples(0.5), np.float32)):
        assert loud_part(sound, 0) == (0, len(sound))


def heard(model: SpeechModel, sound: Samples, start: int, *, knows_before: bool) -> list[str]:
    """What an utterance means in which the voice activity noticed the voice only at a sample."""
    language = load_language("en")
    grammar = Grammar.of(language.phrases, language).within(model.has_word)
    before = sound[:start] if knows_before else None
    utterance = Utterance(model, grammar, DecodingSettings(), start, before)
    utterance.accept(sound[start:])
    return [phrase.intent for phrase in utterance.finish().phrases]


def test_a_beginning_that_was_missed_is_looked_at_again(model: SpeechModel) -> None:
    said = say("you speak too fast", "en-us")
    sound = np.concatenate([hiss(0.5, -45), said, hiss(0.3, -45)])
    start = samples(0.5 + 0.3)
    assert heard(model, sound, start, knows_before=False) == []
    assert heard(model, sound, start, knows_before=True) == ["speak slower"]


def test_a_single_word_that_is_cut_out_of_talk_is_no_command(model: SpeechModel) -> None:
    said = say("louder", "en-us")
    murmur = say("she was telling everybody about it and", "en-gb")
    sound = np.concatenate([murmur * gain(-6), said, hiss(0.3, -45)])
    assert heard(model, sound, samples(0.3), knows_before=True) == []


def test_long_talk_is_not_decoded_once_more(
    model: SpeechModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it is, nothing else is heard: the "stop" that follows would come late."""
    looked: list[float] = []

    def look(sound: Samples, first: int) -> tuple[int, int]:
        looked.append(len(sound) / samples(1))
        return loud_part(sound, first)

    monkeypatch.setattr("voice_guide.speech.utterance.loud_part", look)
    short = say("it was lovely", "en-gb")
    for murmur in (short, np.concatenate([short, short, short])):
        heard(model, np.concatenate([hiss(0.3, -45), murmur]), 0, knows_before=False)
    assert len(looked) == 1
    assert looked[0] < 2.2
