"""What sounds alike, by pronunciations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.training.sounding_alike import distance, like_words

STOP = ("S", "T", "AA", "P")
LEXICON = {
    "stop": (STOP,),
    "stock": (("S", "T", "AA", "K"),),
    "top": (("T", "AA", "P"),),
    "laptop": (("L", "AE", "P", "T", "AA", "P"),),
    "poster": (("P", "OW", "S", "T", "ER"),),
    "lotion": (("L", "OW", "SH", "AH", "N"),),
}
PHONES = st.lists(st.sampled_from(("S", "Z", "T", "P", "AA", "AE", "L")), max_size=6).map(tuple)


def test_near_sounds_are_nearer_than_others() -> None:
    near = distance(("S", "T", "AA", "B"), STOP)
    same_manner = distance(("S", "T", "AA", "K"), STOP)
    other = distance(("S", "T", "AA", "L"), STOP)
    assert 0 < near < same_manner < other
    vowels = [distance(("S", "T", vowel, "P"), STOP) for vowel in ("AO", "EH", "IY")]
    assert vowels == sorted(vowels)


def test_words_that_sound_like_stop() -> None:
    assert set(like_words(LEXICON, [STOP], 1.2)) == {"stop", "stock", "top"}


def test_words_that_end_like_stop() -> None:
    found = like_words(LEXICON, [STOP], 1.5, ends_alike=True)
    assert set(found) == {"stop", "stock", "top", "laptop", "poster"}
    assert found["stop"] == 0
    assert found["laptop"] == pytest.approx(found["top"])


@given(PHONES, PHONES)
def test_it_is_the_same_both_ways_and_nothing_only_for_the_same(
    first: tuple[str, ...], second: tuple[str, ...]
) -> None:
    assert distance(first, second) == pytest.approx(distance(second, first))
    assert (distance(first, second) == 0) == (first == second)


@given(PHONES, PHONES)
def test_what_comes_before_an_end_does_not_count(
    before: tuple[str, ...], end: tuple[str, ...]
) -> None:
    assert distance((*before, *end), end, ends_alike=True) == 0
