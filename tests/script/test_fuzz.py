"""Whatever the file: a script, or errors with a place. Never another exception."""

import json
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voice_guide.language.pack import load_language
from voice_guide.script import (
    LoadedScript,
    ScriptError,
    check,
    estimate,
    find_script,
    load_script,
)
from voice_guide.script.checks.common import Measures
from voice_guide.script.kept import kept_answers
from voice_guide.script.walk import spoken
from voice_guide.speech.pronunciation import Pronunciation

GOOD = find_script("breathing").read_text("utf-8")
LARGE = find_script("back_massage").read_text("utf-8")
YAML_MARKS = st.sampled_from(
    [
        *"\n\t\r :-?[]{},&*!|>'\"%@`#~<=",
        *("- ", ": ", "\n  ", "---\n", "...\n", "!!", "<<: *a", "{side}", "\\x", "\ufeff"),
        *("yes", "format", "steps:", "say: ", "each: [a, b]", "number: 0-10", "for: 3 s"),
    ]
)
SETTINGS = settings(
    deadline=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def _load(path: Path, data: str | bytes, hearable) -> LoadedScript | ScriptError:
    path.write_bytes(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data)
    try:
        loaded = load_script(path)
    except ScriptError as error:
        assert error.findings
        lines = str(error).splitlines()
        for finding in error.findings[:20]:
            at = finding.position
            assert at.line >= 1
            assert at.column >= 1
            assert f"{path}:{at.line}:{at.column}: {finding.message} [{finding.code.id}]" in lines
        str(error).encode("utf-8")
        return error
    assert estimate(loaded.script) > 0
    measured = Measures(Pronunciation("en"))
    for finding in check(loaded, hearable, load_language("en").universals, measured):
        assert finding.message
    filled = (*loaded.script.scales, *kept_answers(loaded.script))
    values = {"side": "left", **dict.fromkeys(filled, "light")}
    for text in spoken(loaded.script):
        if text.path != ("about",):
            text.text.format(**values)  # as the session will
    return loaded


@SETTINGS
@given(data=st.binary(max_size=300))
def test_random_bytes(data, tmp_path, hearable):
    _load(tmp_path / "a.yaml", data, hearable)


@SETTINGS
@given(text=st.lists(st.one_of(YAML_MARKS, st.text(max_size=5)), max_size=40).map("".join))
def test_random_text_that_looks_like_yaml(text, tmp_path, hearable):
    _load(tmp_path / "a.yaml", text, hearable)


@SETTINGS
@given(edits=st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 12), st.one_of(YAML_MARKS, st.text(max_size=6))),
    min_size=1, max_size=4,
))  # fmt: skip
def test_random_edits_of_a_script(edits, tmp_path, hearable):
    text = GOOD
    for place, removed, added in edits:
        at = int(place * len(text))
        text = text[:at] + added + text[at + removed :]
    _load(tmp_path / "a.yaml", text, hearable)


@settings(SETTINGS, max_examples=60)
@given(data=st.data())
def test_random_lines_of_the_back_massage_moved_and_lost(data, tmp_path, hearable):
    lines = LARGE.splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        line = lines.pop(data.draw(st.integers(0, len(lines) - 1)))
        if data.draw(st.booleans()):
            indent = " " * data.draw(st.integers(0, 6))
            lines.insert(data.draw(st.integers(0, len(lines))), indent + line.strip())
    _load(tmp_path / "a.yaml", "\n".join(lines), hearable)


VALUES = st.recursive(
    st.one_of(st.text(max_size=8), YAML_MARKS, st.sampled_from(["3 s", "up", "ready", "0-10", ""])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                [
                    "say",
                    "ask",
                    "name",
                    "yes",
                    "answers",
                    "hear",
                    "turn",
                    "each",
                    "cues",
                    "at",
                    "for",
                    "when",
                    "set",
                    "save",
                    "go to",
                    "silence",
                ]
            ),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=12,
)


@SETTINGS
@given(
    script=st.fixed_dictionaries(
        {"format": st.just("1"), "title": st.text(max_size=5), "steps": VALUES},
        optional={
            key: VALUES for key in ("before", "after", "replies", "scales", "areas", "needs")
        },
    )
)
def test_random_values_in_the_right_places(script, tmp_path, hearable):
    _load(tmp_path / "a.yaml", json.dumps(script, ensure_ascii=False), hearable)


def test_the_unchanged_scripts_load(tmp_path, hearable):
    assert isinstance(_load(tmp_path / "a.yaml", GOOD, hearable), LoadedScript)
    assert isinstance(_load(tmp_path / "a.yaml", LARGE, hearable), LoadedScript)
