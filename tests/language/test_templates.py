import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice_guide.language.templates import expand, normalise


def test_optional_words_and_alternatives():
    assert set(expand("[a bit] more (lotion|oil)")) == {
        "a bit more lotion",
        "a bit more oil",
        "more lotion",
        "more oil",
    }


def test_phrases_are_written_as_the_recogniser_writes_them():
    assert expand("I\N{RIGHT SINGLE QUOTATION MARK}m Ready!") == ("i'm ready",)


@pytest.mark.parametrize("template", ["[a bit", "(a|b", "a)", "()", "", " . ", "{name}", "((((("])
def test_what_is_no_phrase_is_said_in_words(template):
    with pytest.raises(ValueError, match="phrase"):
        expand(template)


def test_a_template_for_too_many_phrases_is_refused():
    with pytest.raises(ValueError, match="more than 200"):
        expand("[a] [b] [c] [d] [e] [f] [g] [h] [i]")


@given(st.text(alphabet="ab [](|){}<>.'", max_size=20))
def test_any_text_is_phrases_or_an_error_in_words(template):
    try:
        phrases = expand(template)
    except ValueError:
        return
    assert all(phrase and phrase == normalise(phrase) for phrase in phrases)
