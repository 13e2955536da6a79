"""The scripts that come with voice_guide."""

import re

import pytest

from voice_guide.language.pack import load_language
from voice_guide.rehearsal.text_stage import TextStage
from voice_guide.script import (
    bundled_scripts,
    check,
    describe,
    estimate,
    find_script,
    load_script,
)
from voice_guide.script.walk import spoken
from voice_guide.session import actions
from voice_guide.session.engine import Engine


@pytest.mark.parametrize("name", bundled_scripts())
def test_a_bundled_script_has_nothing_to_complain_about(name, hearable):
    loaded = load_script(find_script(name))
    language = load_language(loaded.script.language)
    findings = check(loaded, hearable, language.universals)
    assert not findings, describe(loaded.path, findings, loaded.lines)


@pytest.mark.parametrize("name", bundled_scripts())
def test_a_bundled_script_names_its_schema_for_editors(name):
    first = find_script(name).read_text("utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../voice_guide/script/schema.json"


def test_the_back_massage_takes_20_minutes():
    assert 19.5 * 60 <= estimate(load_script(find_script("back_massage")).script) <= 20.5 * 60


def test_the_short_ones_are_short():
    assert 7 * 60 <= estimate(load_script(find_script("back_massage_short")).script) <= 9 * 60
    assert 4 * 60 <= estimate(load_script(find_script("breathing")).script) <= 6 * 60


@pytest.mark.parametrize("name", bundled_scripts())
def test_a_bundled_script_comes_to_its_end_with_all_answered_and_with_all_left_to_silence(name):
    script = load_script(find_script(name)).script
    engine = Engine(script, load_language(script.language))
    assert _ending(engine, helpful=True) == "finished"
    assert _ending(engine, helpful=False) == "silence", "a question of safety was passed"


def _ending(engine: Engine, *, helpful: bool) -> str:
    ended: list[str] = []

    class Watcher:
        def tell(self, at: float, what: object) -> None:
            if isinstance(what, actions.Ended):
                ended.append(what.reason)

    TextStage(engine, (), helpful=helpful, watchers=[Watcher()]).play()
    return ended[0]


@pytest.mark.parametrize("name", bundled_scripts())
def test_a_bundled_script_has_a_dialogue_test_and_names_its_sources(name):
    path = find_script(name)
    assert path.with_name(f"{name}.dialogue.yaml").is_file()
    assert load_script(path).script.sources


@pytest.mark.parametrize(
    "fact",
    [
        "lotion, cream, oil, cocoa butter or lanolin",
        "Rub your hands together until it is spread and warm",
        "Slow hands",
        "each side of the spine, never on it",
        "thumbs press a little harder",
        "Press less and less on the way down",
        "Too hard, too soft, or just right?",
        "Ask where it hurts",
        "Leave a painful spot alone, or touch it very gently",
        "Is any of it red",
        "Use no more of this lotion",
        "numbness, or tingling in the arms or legs",
        "Very strong pain is a reason to see a doctor",
    ],
)
def test_the_back_massage_says_what_the_articles_teach(fact):
    script = load_script(find_script("back_massage")).script
    assert any(fact in " ".join(text.text.split()) for text in spoken(script))


def test_nothing_in_a_bundled_script_is_called_safe_or_a_cure():
    for name in bundled_scripts():
        for text in spoken(load_script(find_script(name)).script):
            assert not re.search(r"\b(safe|safely|cures?|heals?)\b", text.text.lower())
