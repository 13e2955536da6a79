from pathlib import Path

import pytest

from models.builder.letters import phones_of_ipa, pronounce
from models.builder.lexicon import make_lexicon, read_dictionary
from models.builder.vocabulary import (
    domain_words,
    frequent_words,
    project_phrases,
    project_words,
    words_of,
)
from voice_guide.resources import models_folder
from voice_guide.speech.grammar import as_one_word


def words_of_the_model() -> set[str]:
    listed = models_folder() / "vosk-builtin-en" / "graph" / "words.txt"
    return {line.split()[0] for line in listed.read_text(encoding="utf-8").splitlines()}


def test_the_model_knows_every_word_of_the_language_pack_and_the_scripts() -> None:
    missing = sorted(set(project_words()) - words_of_the_model())
    assert missing == [], "Make the model anew: python -m models.builder"


def test_the_model_has_every_phrase_whole() -> None:
    missing = sorted({as_one_word(text) for text in project_phrases()} - words_of_the_model())
    assert missing == [], "Make the model anew: python -m models.builder"


def test_phrases_of_a_new_script_are_found(tmp_path: Path) -> None:
    (tmp_path / "feet.yaml").write_text(
        "format: 1\ntitle: Feet\nlanguage: en\nsteps:\n"
        "- name: Feet\n  say: Rub the feet.\n"
        "  replies:\n  - hear: rub (them|) harder\n    say: Good.\n"
    )
    found = project_phrases(tmp_path)
    assert {"rub harder", "rub them harder", "go back"} <= set(found)
    assert all(" " in text for text in found)


def test_the_model_knows_what_a_session_may_need() -> None:
    assert sorted(set(domain_words()) - words_of_the_model()) == []
    assert sum("_" not in word for word in words_of_the_model()) > 8000


def test_words_of_a_new_script_are_found(tmp_path: Path) -> None:
    script = "title: Feet\nlanguage: en\nsteps: [{say: 'Rub the {area}: an unguent.'}]\n"
    (tmp_path / "feet.yaml").write_text(script)
    (tmp_path / "fuss.yaml").write_text(
        "title: Massage\nlanguage: de\nsteps: [{say: Bitte warten}]"
    )
    found = project_words(tmp_path)
    assert "unguent" in found
    assert "warten" not in found
    assert "area" in words_of("the area")


def test_words_are_lower_case_and_keep_their_apostrophes() -> None:
    assert words_of("I can\N{RIGHT SINGLE QUOTATION MARK}t - it's TOO hard, 5 times!") == [
        *("i", "can't", "it's", "too", "hard", "times"),
    ]


def test_a_word_that_no_dictionary_has_is_pronounced_by_rule() -> None:
    lexicon = make_lexicon(["trapezius", "unguent"], [], {})
    assert lexicon["trapezius"][0] == ("T", "R", "AH", "P", "IY", "Z", "IH", "AH", "S")
    assert len(lexicon["unguent"]) >= 1


@pytest.mark.parametrize(
    ("word", "american", "british"),
    [
        ("harder", "HH AA R D ER", "HH AA D AH"),
        ("can't", "K AE N T", "K AA N T"),
        ("more", "M AO R", "M AO"),
        ("massage", "M AH S AA ZH", "M AE S AA ZH"),
    ],
)
def test_command_words_have_british_and_american_forms(
    package: Path, word: str, american: str, british: str
) -> None:
    dictionary = read_dictionary(package / "cmudict-en-us.dict")
    forms = [" ".join(form) for form in make_lexicon([word], [word], dictionary)[word]]
    assert american in forms
    assert british in forms


def test_reduced_forms_of_commands_are_known() -> None:
    lexicon = make_lexicon(["more", "gimme", "that's"], ["tingling"], {})
    assert ("M", "AO") in lexicon["more"]
    assert ("G", "IH", "M", "IY") in lexicon["gimme"]
    assert ("AE", "S") in lexicon["that's"]
    assert ("T", "IH", "NG", "G", "AH", "L", "IH", "N") in lexicon["tingling"]


def test_every_phone_by_rule_is_one_of_the_model(package: Path) -> None:
    known = {
        phone
        for forms in read_dictionary(package / "cmudict-en-us.dict").values()
        for form in forms
        for phone in form
    }
    for word in ("sciatica", "moisturiser", "effleurage", "zhuzh", "thought", "hire", "loch"):
        assert set(pronounce(word, "en-gb")) <= known
        assert set(pronounce(word, "en-us")) <= known


def test_a_sound_that_is_not_english_is_an_error() -> None:
    with pytest.raises(ValueError, match="is no sound of English"):
        phones_of_ipa("bʁo")


def test_the_most_frequent_words_come_first(package: Path) -> None:
    words = ["reckless", "the", "of", "zebra"]
    assert frequent_words(words, package / "en-us.lm.bin", 2) == ["the", "of"]
