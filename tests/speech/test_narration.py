import numpy as np
import pytest

from voice_guide.speech.narration import Narration, join, on_grid, place_words


def narration(text: str, marks: list[tuple[int, int]], length: int) -> Narration:
    return Narration(text, np.zeros(length, np.float32), place_words(text, marks, length))


TEXT = "Rest a hand. Glide up."
MARKS = [(0, 100), (5, 400), (7, 600), (13, 2000), (19, 2500)]


def test_each_word_is_where_the_engine_told() -> None:
    words = narration(TEXT, MARKS, 3000).words
    assert [(word.text, word.at) for word in words] == [
        ("Rest", 100),
        ("a", 400),
        ("hand", 600),
        ("Glide", 2000),
        ("up", 2500),
    ]
    assert [TEXT[word.start : word.end] for word in words] == [word.text for word in words]


def test_a_word_that_the_engine_did_not_tell_is_placed_between_its_neighbours() -> None:
    words = narration(TEXT, [MARKS[0], MARKS[2], *MARKS[3:]], 3000).words
    assert words[1].text == "a"
    assert 100 < words[1].at < 600


def test_without_an_engine_s_word_positions_words_are_spread_over_the_sound() -> None:
    words = narration(TEXT, [], 3000).words
    at = [word.at for word in words]
    assert at[0] == 0
    assert at == sorted(set(at))
    assert at[3] - at[2] > at[4] - at[3], "a full stop takes time"


@pytest.mark.parametrize(
    ("sample", "start"), [(0, 0), (50, 0), (650, 0), (1999, 0), (2000, 2000), (2999, 2000)]
)
def test_cut_speech_goes_on_from_the_start_of_its_sentence(sample: int, start: int) -> None:
    assert narration(TEXT, MARKS, 3000).sentence_start(sample) == start


def test_words_that_sound_in_a_stretch_are_named() -> None:
    told = narration(TEXT, MARKS, 3000)
    assert told.words_between(450, 2001) == ("a", "hand", "Glide")
    assert told.words_between(2600, 3000) == ("up",)
    assert told.words_between(3000, 4000) == ()


def test_joined_narrations_keep_their_words_in_place() -> None:
    both = join(
        [(narration("Rest.", [(0, 10)], 1600), 1.0), (narration("Glide.", [(0, 30)], 800), 0)]
    )
    assert both.text == "Rest. Glide."
    assert both.seconds == pytest.approx(0.1 + 1.0 + 0.05)
    assert [(both.text[w.start : w.end], w.at) for w in both.words] == [
        ("Rest", 10),
        ("Glide", 1600 + 16000 + 30),
    ]


def test_samples_beyond_full_scale_are_limited() -> None:
    limited = on_grid(np.array([2.0, -2.0, 0.5], np.float32))
    assert limited.tolist() == [32767 / 32768, -1.0, 0.5]
    assert limited.dtype == np.float32


def test_a_narration_shared_by_the_cache_cannot_be_written_to() -> None:
    with pytest.raises(ValueError, match="read-only"):
        narration(TEXT, MARKS, 3000).samples[0] = 1.0
