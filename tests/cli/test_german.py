"""A script in another language, as a user types it."""

import json

import pytest

ATMEN = """
format: 1
language: de
title: Atmen
steps:
  - {name: Atmen, say: Atme langsam ein und aus., for: 20 s}
  - name: Frage
    ask: War es gut, oder seltsam?
    answers: {gut: {}, seltsam: {say: Dann anders.}}
"""
NAMED = "vosk-model-small-de-0.15"


@pytest.fixture
def german(user) -> str:
    (user.folder / "atmen.yaml").write_text(ATMEN)
    return "atmen.yaml"


def test_it_is_rehearsed_in_text_without_a_speech_model(here, german):
    done = here("rehearse", "--text", german, "--json", "--say", "after 'War es gut': seltsam")
    assert done.exit_code == 0, done.output
    told = [json.loads(line) for line in done.stdout.splitlines()]
    said = [one["text"] for one in told if one["event"] == "say"]
    assert said[0].startswith("Atmen. Du kannst mich") and "Dann anders." in said
    assert [one["intent"] for one in told if one["event"] == "heard"] == ["seltsam"]


@pytest.mark.parametrize("command", ["play", "rehearse", "check"])
def test_without_a_speech_model_for_it_the_one_to_get_is_named(here, german, command):
    done = here(command, german)
    assert done.exit_code == 3, done.output
    assert "German" in done.stderr and NAMED in done.stderr and "--model" in done.stderr


def test_check_finds_what_is_wrong_in_it_all_the_same(here, user, german):
    assert "atmen.yaml: fine" in here("check", german).stdout
    (user.folder / german).write_text(ATMEN.replace("title", "titel"))
    done = here("check", german)
    assert done.exit_code == 1 and "atmen.yaml:4:1" in done.stdout


def test_the_narrator_has_a_voice_for_it_whatever_voice_is_set():
    from voice_guide.language.pack import load_language
    from voice_guide.opening import narrator
    from voice_guide.settings import Settings

    german = load_language("de")
    text = "Atme langsam durch die Nase ein."
    plain = narrator(Settings(), german).render(text).samples
    assert (narrator(Settings(voice="en-us+f3"), german).render(text).samples == plain).all()
    english = narrator(Settings(voice="en-us+f3")).render(text).samples
    assert len(english) != len(plain) or (english != plain).any()
    low = narrator(Settings(voice="de+m3"), german).render(text).samples
    assert len(low) != len(plain) or (low != plain).any()


def test_a_german_narrator_says_no_english_units():
    from voice_guide.language.pack import load_language
    from voice_guide.opening import narrator
    from voice_guide.settings import Settings

    spoken = narrator(Settings(), load_language("de")).render("Warte 30 s & atme.").text
    assert spoken == "Warte 30 s & atme."
