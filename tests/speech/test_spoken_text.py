import pytest

from voice_guide.speech.spoken_text import Piece, find_sentences, normalise, split_pauses


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Glide for 90 s.", "Glide for 90 seconds."),
        ("Hold 1 min", "Hold 1 minute"),
        ("5 min.", "5 minutes."),
        ("a 5-min hold", "a 5 minute hold"),
        ("0-10", "0 to 10"),
        ("for 30–60 s", "for 30 to 60 seconds"),  # noqa: RUF001
        ("2.5 cm", "2.5 centimetres"),
        ("37 °C", "37 degrees Celsius"),
        ("1/2", "a half"),
        ("2 ½ min", "2 and a half minutes"),
        ("1/2 h", "half an hour"),
        ("3 x 10", "3 times 10"),
        ("oil, e.g. almond oil", "oil, for example almond oil"),
        ("oil etc. Then rest", "oil et cetera. Then rest"),
        ("lotion/oil", "lotion or oil"),
        ("Slow hands — breathe", "Slow hands, breathe"),
        ("“Don’t”", '"Don\'t"'),  # noqa: RUF001
        ("  two\n\tlines ", "two lines"),
        ("*Slow* hands", "Slow hands"),
    ],
)
def test_units_and_signs_are_written_out(written: str, spoken: str) -> None:
    assert normalise(written) == spoken


@pytest.mark.parametrize(
    "text",
    ["I am well-known.", "Call 555-1234.", "2020-01-02", "step 3/8", "mm-hm", "Dial 112 at once."],
)
def test_what_is_no_unit_or_range_is_left_alone(text: str) -> None:
    assert normalise(text) == text


@pytest.mark.parametrize("text", ["", "...", " \n ", "— —", "😀", "👍🏽 ☺️"])
def test_without_a_word_there_is_nothing_to_say(text: str) -> None:
    assert split_pauses(text) == ()


def test_pauses_are_cut_out_with_their_length() -> None:
    assert split_pauses("[pause] Rest. [Pause 2.5s] Now glide. [pause 3 seconds]") == (
        Piece("", 0.7),
        Piece("Rest.", 2.5),
        Piece("Now glide.", 3.0),
    )


def test_no_pause_is_longer_than_a_minute() -> None:
    assert split_pauses("Wait. [pause 9999 s] Go.")[0].pause == 60.0


def test_sentences_end_at_full_stops_and_not_inside_numbers() -> None:
    text = 'Press 2.5 times. "Slow!" she said. Ready'
    assert [text[start:end] for start, end in find_sentences(text)] == [
        "Press 2.5 times.",
        '"Slow!"',
        "she said.",
        "Ready",
    ]


def test_nothing_english_is_written_into_another_language():
    german = "Dehne 5 cm weit, z. B. 10-15 s lang - langsam & ruhig."
    assert normalise(german, english=False) == (
        "Dehne 5 cm weit, z. B. 10-15 s lang, langsam & ruhig."
    )
    assert split_pauses("Ein. [pause 2 s] Aus.", english=False)[0] == Piece("Ein.", 2.0)


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Well done 👍🏽!", "Well done!"),
        ("At 40 °C ☀️ → rest 1️⃣.", "At 40 degrees Celsius → rest 1."),
        ("More than ≥ 5", "More than ≥ 5"),
        ("5 \u338f of oil", "5 \u338f of oil"),
    ],
)
def test_emoji_are_left_out_and_signs_stay(written: str, spoken: str) -> None:
    assert normalise(written) == spoken
