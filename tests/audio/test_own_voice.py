"""The narrator's own voice is told from a person's by what the loudspeaker played."""

import numpy as np
import pytest

from voice_guide.audio.format import BLOCK, RATE, Samples, gain
from voice_guide.audio.own_voice import CANCELLED_DB, DOUBTFUL_DB, OwnVoice


def speech_like(seed: int, seconds: float = 4.0) -> Samples:
    """Noise with the slow ups and downs, and most of the power at the low end, as speech has."""
    noise = np.random.default_rng(seed)
    count = round(seconds * RATE)
    loudness = np.interp(
        np.arange(count), np.arange(0, count + 1600, 1600), noise.random(count // 1600 + 1)
    )
    white = noise.standard_normal(count + 7)
    return (0.05 * loudness * np.convolve(white, np.ones(8), "valid")).astype(np.float32)


def echo_of(sound: Samples, delay: int, level_db: float = -10.0) -> Samples:
    """What comes back through the room: late, quieter, with a tail of 0.1 s."""
    tail = np.random.default_rng(5).standard_normal(1600) * np.exp(-np.arange(1600) / 300)
    path = np.concatenate([np.zeros(delay), [1.0], 0.05 * tail])
    return (gain(level_db) * np.convolve(sound, path)[: len(sound)]).astype(np.float32)


NARRATOR = speech_like(1)
PERSON = speech_like(2)
PERSON[: 2 * RATE] = 0.0
PERSON[3 * RATE :] = 0.0
SAID = (2 * RATE, 3 * RATE)


def judged(
    microphone: Samples,
    clean: Samples,
    reference: Samples,
    *,
    said: tuple[int, int] = SAID,
    cancelled_db: float = CANCELLED_DB,
    phrase: bool = False,
) -> bool:
    own = OwnVoice()
    for start in range(0, len(reference) - BLOCK + 1, BLOCK):
        block = slice(start, start + BLOCK)
        own.accept(microphone[block], clean[block], reference[block])
    return own.explains(*said, cancelled_db, phrase=phrase)


@pytest.mark.parametrize("delay", [20, 2_000, 8_000])
def test_an_echo_that_was_not_cancelled_is_the_narrators(delay):
    echo = echo_of(NARRATOR, delay)
    assert judged(echo, echo, NARRATOR)


def test_an_echo_path_that_slips_in_the_middle_of_it_does_not_hide_it():
    echo = echo_of(NARRATOR, 2_000)
    slipped = np.concatenate(
        [echo[: 2 * RATE + 3_200], echo_of(NARRATOR, 2_040)[2 * RATE + 3_200 :]]
    )
    assert judged(slipped, slipped, NARRATOR)


def test_an_echo_path_that_slips_before_a_short_word_does_not_hide_it():
    slip = 2 * RATE - 1_700
    echo = np.concatenate([echo_of(NARRATOR, 2_000)[:slip], echo_of(NARRATOR, 2_031)[slip:]])
    left = gain(-8.0) * echo
    word = (2 * RATE, 2 * RATE + 4_800)
    assert judged(echo, left.astype(np.float32), NARRATOR, said=word)


def test_an_echo_path_that_slips_at_the_very_end_of_a_word_does_not_hide_it():
    word = (2 * RATE, 2 * RATE + 3_520)
    slip = word[1] - 250
    echo, later = echo_of(NARRATOR, 2_000), echo_of(NARRATOR, 1_930)
    left = gain(-20.0) * echo
    left[slip:] = later[slip:] - echo[slip:]
    slipped = np.concatenate([echo[:slip], later[slip:]])
    assert judged(slipped, left.astype(np.float32), NARRATOR, said=word, phrase=True)


def quiet_moment(sound: Samples) -> Samples:
    """The sound with one quiet moment, in which something is said."""
    level = np.ones(len(sound), np.float32)
    level[slice(*SAID)] = gain(-16.0)
    return sound * level


def test_what_is_far_below_the_usual_echo_is_the_narrators_though_little_was_cancelled():
    echo = quiet_moment(echo_of(NARRATOR, 2_000))
    faint = gain(-10.0) * np.std(echo[slice(*SAID)]) / np.std(PERSON[slice(*SAID)])
    rest = (faint * PERSON + 0.03 * echo).astype(np.float32)  # late echo: no fit explains it
    assert judged(echo + rest, rest, quiet_moment(NARRATOR), phrase=True)
    assert not judged(echo + rest, rest, quiet_moment(NARRATOR)), "it may come behind a person's"


def test_what_a_canceller_that_has_lost_the_path_adds_to_near_silence_is_no_person():
    level = np.ones(len(NARRATOR), np.float32)
    level[slice(*SAID)] = gain(-40.0)
    echo = echo_of(NARRATOR * level, 2_000)
    usual = np.std(echo[: 2 * RATE]) / np.std(PERSON[slice(*SAID)])
    added = (gain(-34.0) * usual * PERSON).astype(np.float32)
    assert judged(echo, 0.03 * echo + added, NARRATOR * level, phrase=True)


def test_a_person_in_a_quiet_moment_of_the_narrators_is_heard():
    echo = quiet_moment(echo_of(NARRATOR, 2_000))
    usual = np.std(echo[: 2 * RATE]) / np.std(PERSON[slice(*SAID)])
    person = (gain(-10.0) * usual * PERSON).astype(np.float32)
    left = (person + 0.03 * echo).astype(np.float32)
    assert not judged(echo + person, left, NARRATOR, phrase=True)


def test_a_faint_person_in_a_pause_of_the_narrators_is_heard():
    level = np.ones(len(NARRATOR), np.float32)
    level[round(1.9 * RATE) :] = 0.0
    echo = echo_of(NARRATOR * level, 2_000)
    usual = np.std(echo[:RATE]) / np.std(PERSON[slice(*SAID)])
    person = (gain(-26.0) * usual * PERSON).astype(np.float32)
    left = (person + 0.03 * echo).astype(np.float32)
    assert not judged(echo + person, left, NARRATOR * level, phrase=True)


def test_the_little_that_a_canceller_leaves_is_the_narrators_where_no_fit_tells():
    tail = np.random.default_rng(6).standard_normal(6400) * np.exp(-np.arange(6400) / 2_000)
    reverberant = np.convolve(NARRATOR, np.concatenate([[1.0], 0.05 * tail]))[: len(NARRATOR)]
    left = gain(-18.0) * reverberant[::-1]  # of another shape, as what is left is
    left *= np.std(reverberant[slice(*SAID)]) / np.std(reverberant[::-1][slice(*SAID)])
    assert judged(reverberant.astype(np.float32), left.astype(np.float32), NARRATOR)
    louder = gain(12.0) * left
    assert not judged(reverberant.astype(np.float32), louder.astype(np.float32), NARRATOR)
    a_bit = (gain(5.0) * left).astype(np.float32)
    assert not judged(reverberant.astype(np.float32), a_bit, NARRATOR), "a stop is not to be missed"
    assert judged(reverberant.astype(np.float32), a_bit, NARRATOR, cancelled_db=DOUBTFUL_DB)


def hiss(like: Samples) -> Samples:
    """An "s": noise above 4 kHz, as loud as a sound."""
    spectrum = np.fft.rfft(np.random.default_rng(7).standard_normal(len(like)))
    spectrum[: len(spectrum) // 2] = 0.0
    noise = np.fft.irfft(spectrum, len(like))
    part = slice(*SAID)
    return (noise * np.std(like[part]) / np.std(noise[part])).astype(np.float32)


def test_an_s_of_the_narrators_that_the_canceller_left_is_no_person():
    tail = np.random.default_rng(6).standard_normal(6400) * np.exp(-np.arange(6400) / 2_000)
    reverberant = np.convolve(NARRATOR, np.concatenate([[1.0], 0.05 * tail]))[: len(NARRATOR)]
    reverberant = reverberant.astype(np.float32)
    left = gain(-8.0) * hiss(reverberant)
    assert judged(reverberant + left, 0.05 * reverberant + left, NARRATOR)
    person = gain(-8.0) * np.std(reverberant[slice(*SAID)]) / np.std(PERSON[slice(*SAID)]) * PERSON
    assert not judged(
        reverberant + left + person, (0.05 * reverberant + left + person), NARRATOR
    ), "whoever speaks meanwhile is heard"


@pytest.mark.parametrize("person_db", [6.0, 0.0])
def test_a_person_over_an_echo_that_was_not_cancelled_is_a_person(person_db):
    echo = echo_of(NARRATOR, 2_000)
    louder = gain(person_db) * np.std(echo[slice(*SAID)]) / np.std(PERSON[slice(*SAID)])
    both = (echo + louder * PERSON).astype(np.float32)
    assert not judged(both, both, NARRATOR)


@pytest.mark.parametrize("person_db", [0.0, -5.0, -10.0, -15.0])
def test_a_person_over_an_echo_that_was_cancelled_is_a_person_even_if_quieter(person_db):
    echo = echo_of(NARRATOR, 2_000)
    louder = gain(person_db) * np.std(echo[slice(*SAID)]) / np.std(PERSON[slice(*SAID)])
    person = (louder * PERSON).astype(np.float32)
    assert not judged(echo + person, person + 0.03 * echo, NARRATOR)
    if person_db >= -10.0:
        assert not judged(echo + person, person + 0.03 * echo, NARRATOR, cancelled_db=DOUBTFUL_DB)


def test_what_the_canceller_left_of_an_echo_is_the_narrators():
    echo = echo_of(NARRATOR, 2_000)
    left = gain(-19.0) * np.std(echo[slice(*SAID)]) / np.std(PERSON[slice(*SAID)])
    rest = (left * PERSON).astype(np.float32)  # distorted by the loudspeaker: no fit explains it
    assert judged(echo + rest, rest, NARRATOR)


def test_what_is_heard_while_nothing_is_played_is_a_persons():
    assert not judged(PERSON, PERSON, np.zeros_like(PERSON))


def test_with_nothing_heard_yet_nothing_is_explained():
    assert not OwnVoice().explains(0, RATE)


def test_what_lies_further_back_than_is_kept_is_judged_by_what_is_left():
    own = OwnVoice()
    for _ in range(700):
        own.accept(*(np.zeros(BLOCK, np.float32) for _ in range(3)))
    assert not own.explains(0, 10 * RATE)


def test_what_the_loudspeaker_played_is_told_where_much_of_it_was_cancelled():
    echo = echo_of(NARRATOR, 2_000)
    own = OwnVoice()
    for start in range(0, len(NARRATOR) - BLOCK + 1, BLOCK):
        block = slice(start, start + BLOCK)
        own.accept(echo[block], gain(-14.0) * echo[block], NARRATOR[block])
    played = own.played_if_cancelled(*SAID, 11.0)
    assert played is not None
    assert np.array_equal(played[-RATE:], NARRATOR[slice(*SAID)])
    assert len(played) > RATE + 2_000  # an echo may be late
    assert own.played_if_cancelled(*SAID, 16.0) is None
