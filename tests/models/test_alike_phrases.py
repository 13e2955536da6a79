"""What sounds like a phrase and is none, which the phrase check learns to tell from it."""

from pathlib import Path
from random import Random

import numpy as np
import pytest

from models.builder.lexicon import Lexicon
from models.training import alike_phrases as module
from models.training.alike_ends import model_lexicon
from models.training.embedded import phrases
from models.training.sounding_alike import distance
from models.training.voices import Speaking
from tests.models.small_corpus import corpus
from tests.speech.listening import say
from voice_guide.language.pack import load_language


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    """All words of phrases, and one other word in six."""
    pytest.importorskip("pocketsphinx")
    every = model_lexicon()
    said = {word for phrase in load_language("en").phrases for word in phrase.text.split()}
    kept = {*said, *list(every)[::6]}
    return {word: forms for word, forms in every.items() if word in kept}


def test_nothing_that_may_be_meant_is_said(lexicon: Lexicon) -> None:
    said = module.texts(lexicon, Random(1))
    assert len(said) > 2000
    assert not set(said) & set(phrases())
    for word in ("stop", "stopped", "pause", "wait"):
        assert not [text for text in said if word in text.split()]


def test_they_sound_like_a_phrase_but_not_the_same(lexicon: Lexicon) -> None:
    alike = module.Alike(lexicon)
    found = alike.texts("stop it", 20, Random(2), anew=True)
    assert len(found) == 20
    whole = (*lexicon["stop"][0], *lexicon["it"][0])
    for text in found:
        phones = tuple(phone for word in text.split() for phone in lexicon[word][0])
        assert 0.5 <= distance(phones, whole) <= 0.3 * len(whole)
    assert {len(text.split()) for text in found} <= {1, 2}


def test_other_phrases_keep_their_number_of_words(lexicon: Lexicon) -> None:
    found = module.Alike(lexicon).texts("what did you say", 10, Random(3), anew=False)
    assert found
    assert {len(text.split()) for text in found} == {4}


def test_they_are_embedded_and_are_no_phrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "texts", lambda lexicon, random: ["star did", "shop it"])
    monkeypatch.setattr(module, "some_voice", lambda random: Speaking("espeak:en-us"))
    some = corpus(tmp_path / "corpus", [("", "noise", say("stop") * 0.01)])
    [group] = module._groups(some, tmp_path, {})
    embeddings, texts, sources, parts, _ = module._make(group)
    assert texts.tolist() == ["star did", "shop it"]
    assert set(sources.tolist()) == {"espeak"}
    assert set(parts.tolist()) == {-1}
    assert embeddings.shape[0] == 2
    assert np.isfinite(embeddings).all()
