"""The report: one page with everything in it, right, and readable without its pictures."""

import random
import re
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner
from journalled import begin
from test_faults import live_on

from voice_guide.cli import main
from voice_guide.resources import scripts_folder
from voice_guide.script.loader import load_script
from voice_guide.session import events
from voice_guide.store import place, reading
from voice_guide.store.database import open_database
from voice_guide.store.history import history
from voice_guide.store.kept import KeptScript
from voice_guide.store.replay import replay
from voice_guide.store.snapshots import load_snapshot, save_snapshot
from voice_guide.store.store import Store

pytest.importorskip("matplotlib")

from voice_guide.store.report.collect import story_of
from voice_guide.store.report.write import overview_report, session_report


class Page(HTMLParser):
    """The cells of each table by its caption, and every tag with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tables: dict[str, list[list[str]]] = {}
        self.tags: list[tuple[str, dict]] = []
        self._rows: list[list[str]] = []
        self._caption, self._in = "", ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._in = tag
        if tag == "table":
            self._rows, self._caption = [], ""
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th"):
            self._rows[-1].append("")

    def handle_data(self, data):
        if self._in == "caption":
            self._caption += data
        elif self._in in ("td", "th"):
            self._rows[-1][-1] += data

    def handle_endtag(self, tag):
        self._in = ""
        if tag == "table":
            self.tables[self._caption] = self._rows


@pytest.fixture
def played(journal, monkeypatch):
    """Three sessions; the last with everything in it that a report tells."""
    for module in (place, reading):
        monkeypatch.setattr(module, "journal_path", lambda: journal)
    store = Store(journal)
    for soreness in ("seven", "five", "two"):
        session = begin(store)
        session.hear("ready")
        session.run(30)
        session.hear("no")
        session.run(8)
        session.hear("ready")
        session.run(100)
        session.hear("softer")
        session.feed(events.Heard(session.now, None, text="what <b>is</b> that"))
        session.run(700)
        session.run_until("The neck", 300) if session.state.position < 4 else None
        session.run_until("How sore is it", 900)
        session.hear(soreness)
        session.run(30)
        assert session.state.ended
    store.close()
    return journal


def report(tmp_path, *arguments: str) -> str:
    out = tmp_path / "report.html"
    result = CliRunner().invoke(main, ["report", *arguments, "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert out.stat().st_mode & 0o077 == 0
    return out.read_text()


def test_a_session_is_told(played, tmp_path):
    page = Page(report(tmp_path, "3"))
    steps = page.tables["The steps as planned and as done"]
    assert [row[0] for row in steps[1:]] == [
        "Warm the oil",
        "The upper back",
        "The neck",
        "Check",
    ]
    assert float(steps[2][2]) == pytest.approx(600, abs=10)
    assert float(steps[2][3]) == pytest.approx(600, abs=20)
    assert [row[1] for row in page.tables["Pressure, each time it was turned"][1:]] == [
        "medium",
        "light",
    ]
    assert "softer" in [row[1] for row in page.tables["Understood"]]
    assert [row[1] for row in page.tables["Not understood"][1:]] == ["what <b>is</b> that"]
    assert page.tables["Answers"][-1][1:] == ["How sore is it?", "2"]


def test_soreness_over_the_sessions(played, tmp_path):
    page = Page(report(tmp_path))
    rows = page.tables["Numbers that were answered"]
    assert rows[0] == ["Session", "soreness"]
    assert [row[1] for row in rows[1:]] == ["7", "5", "2"]


@pytest.mark.parametrize("which", [["3"], []])
def test_the_page_loads_nothing_and_has_a_table_for_each_picture(played, tmp_path, which):
    text = report(tmp_path, *which)
    page = Page(text)
    loads = [
        value for _, tag in page.tags for name, value in tag.items() if name in ("src", "href")
    ]
    assert all(value.startswith("#") for value in loads)
    assert "<script" not in text and "@import" not in text and "url(http" not in text
    pictures = [tag for name, tag in page.tags if name == "svg"]
    assert pictures and all(tag["role"] == "img" and tag["aria-label"] for tag in pictures)
    after = re.findall(r"</figure>\s*(<div|<)", text)
    assert after == ["<div"] * len(pictures)
    ids = [tag["id"] for _, tag in page.tags if "id" in tag]
    assert len(ids) == len(set(ids))


def test_a_report_of_nothing_is_a_sentence(journal, monkeypatch, tmp_path):
    monkeypatch.setattr(reading, "journal_path", lambda: journal)
    result = CliRunner().invoke(main, ["report"])
    assert result.exit_code == 1 and "Nothing was played yet" in result.output


def test_a_session_that_is_not_there_is_a_sentence(played):
    result = CliRunner().invoke(main, ["report", "9"])
    assert result.exit_code == 1 and "There is no session 9" in result.output


SCRIPTS = sorted(p for p in scripts_folder().glob("*.yaml") if ".dialogue" not in p.name)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_whatever_happens_in_a_session_of_the_library_can_be_told(path, journal):
    """Random commands, answers, waits and troubles: a report and a resume can take them all."""
    loaded = load_script(path)
    kept = KeptScript(path.stem, path, loaded.script.title, loaded.source, path.stem)
    store, chance = Store(journal), random.Random(path.stem)
    for _ in range(3):
        session = begin(store, kept)
        for _ in range(60):
            live_on(session, chance)
            if chance.random() < 0.1:
                part = chance.choice(("microphone", "loudspeaker", "ears"))
                session.feed(events.Lost(session.now, part))
                session.feed(events.Noticed(session.now, "woken", pause=True, lasted=600.0))
                session.feed(events.Back(session.now, part))
            number, count = session.journal.session, session.journal._events
            save_snapshot(store._connection, number, count, session.state)
            assert load_snapshot(store._connection, number) == (count, session.state)
        store._connection.execute("DELETE FROM snapshots")
        assert replay(store._connection, number, session.engine) == (count, session.state)
    store.close()
    with reading.reading(journal) as connection:
        sessions = history(connection)
        for one in sessions:
            story = story_of(connection, one)
            assert story.seconds > 0 and story.heard
        Page(session_report(story_of(connection, sessions[-1])))
        Page(overview_report(sessions))


def test_a_session_that_this_version_cannot_tell_is_a_sentence(played):
    connection = open_database(played)
    connection.execute("UPDATE events SET kind = 'Sneezed' WHERE session = 3 AND number = 5")
    connection.close()
    result = CliRunner().invoke(main, ["report", "3"])
    assert result.exit_code == 1 and 'there is no event "Sneezed"' in result.output
    assert "voice-guide export 3" in result.output
