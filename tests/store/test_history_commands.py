"""history, export and forget, as they are typed."""

import csv
import io
import json
import os
import signal
from pathlib import Path

import pytest
from click.testing import CliRunner
from journalled import SCRIPT, begin, engine_of

from voice_guide.cli import history, main, report
from voice_guide.settings import cache_folder
from voice_guide.speech.voices import VoiceSettings
from voice_guide.store import clock, erasing, place, reading
from voice_guide.store.kept import KeptScript
from voice_guide.store.store import Store


@pytest.fixture
def home(journal, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for module in (place, reading, erasing, history, report):
        monkeypatch.setattr(module, "journal_path", lambda: journal)
    return journal


@pytest.fixture
def played(home, monkeypatch):
    """Two sessions of one script on two days, and one of another."""
    store = Store(home)
    other = KeptScript(
        "=other", SCRIPT.path, "Other", SCRIPT.text.replace("Back", "Other"), "=other"
    )
    for day, kept in (("2031-05-06", SCRIPT), ("2031-05-07", SCRIPT), ("2031-05-07", other)):
        moment = clock.Moment(1e9, f"{day}T10:00:00+02:00")
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        session = begin(store, kept)
        session.hear("ready")
        session.hear("tell nobody")
        session.run(30)
        session.hear("no")
        session.run(5)
        session.hear("ready")
        session.run(100)
        session.hear("softer")
        if kept is SCRIPT:
            session.hear("end")
            session.hear("yes")
            session.run(60)
    store.close()
    return home


def run(*arguments: str):
    return CliRunner().invoke(main, list(arguments))


def test_history_of_nothing(home):
    result = run("history")
    assert result.exit_code == 0 and result.output == "Nothing was played yet.\n"
    assert not home.exists()


def test_history_as_a_table(played):
    lines = run("history").output.splitlines()
    assert lines[0].split() == ["no.", "began", "script", "minutes", "step", "end"]
    assert len(lines) == 4
    assert "2031-05-06 10:00" in lines[1] and lines[1].endswith("ended")
    assert "2/4 The upper back" in lines[3] and lines[3].endswith("broken off")


def test_history_as_json_and_of_one_script(played):
    rows = [json.loads(line) for line in run("history", "back", "--json").output.splitlines()]
    assert [row["script"] for row in rows] == ["back", "back"]
    assert rows[0]["ended"] == "asked" and 100 < rows[0]["seconds"] < 300
    assert 90 < rows[0]["practised_s"] < rows[0]["seconds"]


def ends(*arguments: str) -> list[str]:
    return [line.split("  ")[-1].strip() for line in run("history", *arguments).output.splitlines()]


def test_the_session_that_is_being_played_is_not_called_broken_off(played):
    store = Store(played)
    begin(store).run(30)
    assert ends() == ["end", "ended", "ended", "broken off", "playing"]
    rows = [json.loads(line) for line in run("history", "--json").output.splitlines()]
    assert [row["playing"] for row in rows] == [False, False, False, True]
    begin(store).run(30)  # it is started over
    assert ends() == ["end", "ended", "ended", "broken off", "broken off", "playing"]
    store.close()
    assert ends()[-1] == "broken off"


def test_an_older_session_that_is_gone_on_with_is_the_one_that_plays(played):
    store = Store(played)
    begin(store, KeptScript("x", Path("/x.yaml"), "X", SCRIPT.text, "x")).hear("ready")
    third = store.unfinished(name="=other")
    store.reopen(third, engine_of(SCRIPT))
    assert ends() == ["end", "ended", "ended", "playing", "broken off"]
    store.close()


def test_a_player_that_was_killed_does_not_play_any_more(home):
    """Its number may by now be that of another process, or of none."""
    child = os.fork()
    if child == 0:
        begin(Store(home)).run(30)
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert ends() == ["end", "broken off"]
    for numbers in (f"{os.getpid()} 1", "nonsense", f"{'9' * 30} 1"):
        home.with_name("player.lock").write_text(numbers)
        assert ends() == ["end", "broken off"]


def test_the_report_says_what_is_being_played(played, tmp_path):
    out = str(tmp_path / "report.html")
    store = Store(played)
    begin(store).run(30)
    for number in (("4",), ()):
        assert run("report", *number, "--out", out).exit_code == 0
        assert ">playing<" in Path(out).read_text()
    store.close()


def test_history_as_csv_is_no_formula(played):
    rows = list(csv.DictReader(io.StringIO(run("history", "--csv").output)))
    assert [row["script"] for row in rows] == ["back", "back", "'=other"]


def test_totals_of_each_day(played):
    rows = [json.loads(line) for line in run("history", "--totals", "--json").output.splitlines()]
    assert [(row["day"], row["script"]) for row in rows] == [
        ("2031-05-06", "back"),
        ("2031-05-07", "=other"),
        ("2031-05-07", "back"),
    ]
    assert len(run("history", "--totals", "--last", "1").output.splitlines()) == 2


def test_export_is_everything_as_json(played, tmp_path):
    told = json.loads(run("export").output)
    assert len(told["sessions"]) == 3
    first = told["sessions"][0]
    assert first["script_text"] == SCRIPT.text
    began = {"event": "Began", "at": 0.0, "used_today": 0.0, "days_since": None}
    assert first["events"][0] == began
    assert "tell nobody" in {event.get("text") for event in first["events"]}
    out = tmp_path / "all.json"
    out.write_text("an older one")
    out.chmod(0o644)
    assert run("export", "2", "--out", str(out)).exit_code == 0
    assert [one["session"] for one in json.loads(out.read_text())["sessions"]] == [2]
    assert out.stat().st_mode & 0o077 == 0


def test_export_and_forget_of_a_session_that_is_not_there(played, tmp_path):
    for command in (("export", "9"), ("forget", "9", "--yes")):
        result = run(*command)
        assert result.exit_code == 1 and "There is no session 9" in result.output


def test_forget_takes_every_trace_of_a_session_from_the_files(played):
    def everywhere() -> bytes:
        return b"".join(file.read_bytes() for file in played.parent.iterdir())

    secret = b"Other massage"
    assert secret in everywhere()
    assert run("forget", "3", "--yes").exit_code == 0
    assert secret not in everywhere()
    assert len(run("history").output.splitlines()) == 3
    assert b"tell nobody" in everywhere()
    assert run("forget", "1", "--yes").exit_code == 0
    assert run("forget", "2", "--yes").exit_code == 0
    assert b"tell nobody" not in everywhere() and b"Warm the oil" not in everywhere()


def test_forget_all_leaves_nothing(played):
    (played.parent / "journal-damaged-2031.db").write_bytes(b"old")
    assert run("forget", "--all", "--yes").exit_code == 0
    assert [file.name for file in played.parent.iterdir()] == ["player.lock"]
    assert run("history").output == "Nothing was played yet.\n"


def test_forget_all_takes_the_rendered_lines_too(played):
    from voice_guide.speech.narrator import open_narrator

    narrator = open_narrator(VoiceSettings(voice="en-gb"), cache_folder())
    narrator.render("Your neck hurts, so we leave it out.")
    narrator.close()
    assert list(cache_folder().iterdir())
    assert run("forget", "--all", "--yes").exit_code == 0
    assert not cache_folder().exists()


def test_forget_asks_first_and_wants_to_know_what(played):
    assert CliRunner().invoke(main, ["forget", "1"], input="n\n").exit_code == 1
    assert len(run("history").output.splitlines()) == 4
    assert run("forget").exit_code == 2
    assert run("forget", "1", "--all").exit_code == 2


def test_forget_while_somebody_plays_is_refused(played):
    store = Store(played)
    result = run("forget", "1", "--yes")
    assert result.exit_code == 3 and "Another voice-guide is playing" in result.output
    store.close()


def test_a_damaged_journal_is_a_sentence_for_history(played):
    played.write_bytes(b"this is no database")
    result = run("history")
    assert result.exit_code == 3 and "journal cannot be opened" in result.output
    assert "The next 'voice-guide play' keeps it aside" in result.output


def test_a_folder_in_the_place_of_the_journal_is_a_sentence(home):
    home.mkdir(parents=True)
    for command in (["history"], ["export"], ["forget", "--all", "--yes"]):
        result = run(*command)
        assert result.exit_code == 3 and "Is a directory" in result.output
        assert "Errno" not in result.output


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="has no disk that is always full")
def test_an_export_to_a_full_disk_is_a_sentence(played):
    result = run("export", "--out", "/dev/full")
    assert result.exit_code == 1 and "No space left on device." in result.output


def test_a_journal_with_nothing_in_it_has_nothing_to_report(home):
    Store(home).close()
    result = run("report")
    assert result.exit_code == 1 and "Nothing was played yet" in result.output
