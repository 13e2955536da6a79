"""What the synthetic voices are given to say."""

from dataclasses import replace
from random import Random

from models.training.texts import Amounts, texts
from voice_guide.speech.decoys import LIKE_URGENT

VOCABULARY = ["lantern", "go", "marvellously", *(f"word{letter}" for letter in "abcdefgh")]
FEW = Amounts(phrase=1, single=1, sentence=1, word=1, most=20)


def test_words_alone_and_calls_come_after_the_rest_which_stays_as_it_was() -> None:
    rest = texts(VOCABULARY, FEW, Random(3))
    assert len(rest) == 20
    more = texts(VOCABULARY, replace(FEW, alone=5, urgent=2), Random(3))
    assert more[:20] == rest
    added = more[20:]
    assert sum(text in VOCABULARY for text in added) >= 5
    assert "marvellously" not in added  # too long to be taken for a command
    assert all(added.count(word) >= 2 for word in (*LIKE_URGENT, "stop", "pause"))
    assert added.count("ow stop it") == added.count("hold on a moment") == 2
    assert texts(VOCABULARY, replace(FEW, alone=5, urgent=2), Random(3)) == more
