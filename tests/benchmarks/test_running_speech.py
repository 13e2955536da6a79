"""Talk for nobody: what is read aloud."""

from itertools import islice
from pathlib import Path

import pytest

from benchmarks.running_speech import readings, sentences
from models.training.voices import KEPT_ASIDE
from voice_guide.errors import InputError


def test_sentences_are_plain_words_and_short_ones_are_left_out(tmp_path: Path) -> None:
    text = tmp_path / "text"
    text.write_text("<p>The Kettle is hot; mind it.</p>\nDon't you touch the handle!\n", "utf-8")
    assert sentences([text]) == ["the kettle is hot", "don't you touch the handle"]


def test_a_text_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere cannot be read"):
        sentences([tmp_path / "nowhere"])
    other = tmp_path / "latin"
    other.write_bytes(b"caf\xe9 is not there any more")
    with pytest.raises(InputError, match=r"latin cannot be read"):
        sentences([other])


def test_ours_are_read_by_the_kept_aside_voices_in_turn() -> None:
    first = list(islice(readings(60.0), 3))
    assert [voice for voice, _, _ in first] == list(KEPT_ASIDE[:3])
    assert [text for _, text, _ in first] == sentences()[:3]
    assert all(len(sound) > 8_000 for _, _, sound in first)


def test_reading_can_begin_at_another_sentence_and_goes_round(tmp_path: Path) -> None:
    text = tmp_path / "text"
    text.write_text("Wash both your hands.\nDry them with care.\nRest for a while.\n", "utf-8")
    read = list(islice(readings(60.0, [text], first=2), 2))
    assert [said for _, said, _ in read] == ["rest for a while", "wash both your hands"]
    assert [voice for voice, _, _ in read] == list(KEPT_ASIDE[:2])
