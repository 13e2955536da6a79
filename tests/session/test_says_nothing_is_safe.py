"""The narrator never says that something is safe, heals, or is all right: it cannot know."""

import re
from importlib import resources

import pytest

from voice_guide.language.pack import load_language
from voice_guide.resources import scripts_folder
from voice_guide.script.loader import load_script
from voice_guide.script.walk import spoken

CLAIMS = {
    "en": r"\b(safe|harmless|cures?|heals?|healing|no (risk|danger|harm)|nothing to worry"
    r"|(is|are|will be) (fine|all right|okay)|perfectly|cannot hurt|does no harm)\b",
    "de": r"\b((ist|sind) sicher|harmlos|ungefährlich|unbedenklich|heilt|heilen|heilung"
    r"|keine? (gefahr|risiko)|keine sorge|(ist|sind) in ordnung|schadet nicht)\b",
}
"""What would be a promise, in each language that there is a pack for."""

SCRIPTS = sorted(
    path for path in scripts_folder().rglob("*.yaml") if "rehearsals" not in path.parts
)
PLAYED = [path for path in SCRIPTS if not path.name.endswith(".dialogue.yaml")]


def packs() -> list[str]:
    folders = resources.files("voice_guide.language").iterdir()
    return sorted(folder.name for folder in folders if (folder / "prompts.yaml").is_file())


def test_every_language_has_its_list():
    assert set(packs()) == set(CLAIMS)


@pytest.mark.parametrize("code", packs())
def test_no_prompt_promises_anything(code):
    for name, wordings in load_language(code).prompts.items():
        for wording in wordings:
            assert not re.search(CLAIMS[code], wording.lower()), (name, wording)


@pytest.mark.parametrize("path", PLAYED, ids=lambda path: path.stem)
def test_no_bundled_script_promises_anything(path):
    script = load_script(path).script
    for text in spoken(script):
        assert not re.search(CLAIMS[script.language], text.text.lower()), text.text


@pytest.mark.parametrize(
    "claim", ["It is safe to go on.", "That is fine.", "This heals.", "No danger."]
)
def test_a_promise_would_be_found(claim):
    assert re.search(CLAIMS["en"], claim.lower())


SIGNS = ("numb", "tingling", "dizzy", "breathless", "chest pain", "emergency", "skin", "it hurts")


@pytest.mark.parametrize("code", packs())
def test_every_sign_of_danger_has_an_answer_of_its_own(code):
    pack = load_language(code)
    answers = [pack.prompt(sign) for sign in SIGNS]
    assert len(set(answers)) == len(SIGNS)


def test_a_warning_names_whom_to_ask_or_to_call():
    english = load_language("en")
    for sign in ("numb", "tingling", "dizzy", "skin"):
        assert "doctor" in english.prompt(sign)
    for sign in ("breathless", "chest pain", "emergency"):
        assert "emergency services" in english.prompt(sign)
    assert "doctor" in english.prompt("strong pain")
