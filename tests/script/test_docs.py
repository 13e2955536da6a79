"""Every script of the reference and of the tutorial is checked, and played to its end."""

import json
import re
from pathlib import Path

import pytest

from voice_guide.language.pack import load_language
from voice_guide.rehearsal.text import TextSession
from voice_guide.script import check, describe, parse_script
from voice_guide.script.codes import form
from voice_guide.script.model import Part, Script
from voice_guide.script.schema import schema_text
from voice_guide.session import actions, events
from voice_guide.session.engine import Engine

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("session-scripts", "tutorial")
PART_NAME = re.compile(r"# (parts/\w+\.yaml)\n")
TEXTS = {page: (DOCS / f"{page}.md").read_text("utf-8") for page in PAGES}
BLOCKS = [
    (page, block)
    for page, text in TEXTS.items()
    for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
]
SCRIPTS = [block for _, block in BLOCKS if not PART_NAME.match(block)]
ENGLISH = load_language("en")


@pytest.fixture
def beside(tmp_path):
    """Return the path of a script beside which the parts of the pages are."""
    (tmp_path / "parts").mkdir()
    for _, block in BLOCKS:
        if named := PART_NAME.match(block):
            (tmp_path / named[1]).write_text(block)
    return tmp_path / "example.yaml"


class Listener:
    """Follows a session, and knows what it is waiting for."""

    def __init__(self) -> None:
        self.ended: str | None = None
        self.waits = ""
        self.answers: list[str] = []

    def tell(self, at: float, what: events.Event | actions.Action) -> None:
        if isinstance(what, actions.Ended):
            self.ended = what.reason
        elif isinstance(what, actions.StartTimer) and what.timer in ("answer", "idle"):
            self.waits = what.timer
        elif isinstance(what, actions.Listen):
            self.answers = [p.text for p in what.phrases if p.scope == "question"]


@pytest.mark.parametrize("script", SCRIPTS)
def test_an_example_has_nothing_to_complain_about(script, beside, hearable):
    loaded = parse_script(script, beside)
    findings = check(loaded, hearable, ENGLISH.universals)
    assert not findings, describe(loaded.path, findings, loaded.lines)


@pytest.mark.parametrize("script", SCRIPTS)
def test_an_example_is_played_to_its_end_by_somebody_who_answers(script, beside):
    listener = Listener()
    session = TextSession(Engine(parse_script(script, beside).script, ENGLISH), [listener])
    session.begin()
    for _ in range(4000):
        session.run(1.0)
        if listener.waits:
            answer = next((a for a in ("no", "three") if a in listener.answers), None)
            words = answer or (listener.answers or ["ready"])[-1]
            session.hear("ready" if listener.waits == "idle" else words)
            listener.waits = ""
    assert listener.ended in ("finished", "script")


@pytest.mark.parametrize("script", SCRIPTS)
def test_an_example_left_alone_comes_to_an_end(script, beside):
    listener = Listener()
    session = TextSession(Engine(parse_script(script, beside).script, ENGLISH), [listener])
    session.begin()
    session.run(20_000)
    assert listener.ended in ("finished", "silence")


def test_both_pages_have_examples():
    for page, least in zip(PAGES, (12, 7), strict=True):
        assert sum(where == page for where, _ in BLOCKS) >= least


@pytest.mark.parametrize("model", [Script, Part])
def test_the_reference_names_every_key(model):
    schema = json.loads(schema_text(model))
    parts = [schema, *schema["$defs"].values()]
    keys = {key for part in parts for key in part.get("properties", {})}
    text = TEXTS["session-scripts"]
    assert [key for key in sorted(keys) if f"`{key}`" not in text and f"{key}:" not in text] == []


def test_the_reference_tells_the_limits_of_parts():
    assert "30 files" in TEXTS["session-scripts"] and "30 files" in form.INCLUDE.why
