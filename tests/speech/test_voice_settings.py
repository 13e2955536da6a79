import pytest

from voice_guide.errors import InputError
from voice_guide.speech.voice_settings import Voice, VoiceSettings, find_voice

VOICES = (
    Voice("gmw/en", "English (Great Britain)", "en-gb"),
    Voice("gmw/en-US", "English (America)", "en-us"),
    Voice("com.example.Ana", "Ana", "es_ES"),
)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"rate": 20}, "rate cannot be 20.*80 to 450"),
        ({"rate": 451}, "words a minute"),
        ({"volume": 1.5}, "volume cannot be 1.5.*0 to 1"),
        ({"volume": float("nan")}, "volume"),
        ({"pitch": -1}, "pitch"),
        ({"voice": " "}, "name of the voice is empty"),
    ],
)
def test_a_value_out_of_range_is_said_in_words(wrong: dict[str, object], says: str) -> None:
    with pytest.raises(InputError, match=says):
        VoiceSettings(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "id_"),
    [
        ("en-gb", "gmw/en"),
        ("EN_us", "gmw/en-US"),
        ("gmw/en-us", "gmw/en-US"),
        ("English (America)", "gmw/en-US"),
        ("en", "gmw/en"),
        ("es-es", "com.example.Ana"),
        ("ana", "com.example.Ana"),
    ],
)
def test_a_voice_is_found_by_language_id_or_name(asked: str, id_: str) -> None:
    assert find_voice(asked, VOICES).id == id_


def test_a_wrong_name_is_answered_with_near_ones() -> None:
    with pytest.raises(InputError, match=r'no voice "en-gv"\. Near it: .*en-gb'):
        find_voice("en-gv", VOICES)
