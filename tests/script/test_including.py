"""Parts that scripts include: what comes of them, what is refused, and where errors are shown."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voice_guide.script import ScriptError, check, load_script
from voice_guide.script.loader import is_as_kept, parse_kept

HEAD = "format: 1\ntitle: Test\n"
PART = "format: 1\npart: warm up\n"
SIT = "  - {name: Sit, say: Sit down.}\n"
WARM = PART + "steps:\n  - {name: Shake, say: Shake both hands.}\n  - {name: Rub, say: Rub them.}\n"
SIGNS = PART + (
    "before: [{ask: Any fever?, yes: {end: Not today.}, no: }]\n"
    "replies: [{hear: my arm is numb, stop: Stopped.}]\n"
    "areas: [neck]\n"
    "scales: {pressure: {levels: [light, firm], start: light}}\n"
)


@pytest.fixture
def load(tmp_path):
    """Return a function that writes files, given as name=text, and loads the script."""

    def load(script: str, **files: str):
        for name, text in files.items():
            path = tmp_path / f"{name.replace('__', '/')}.yaml"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        (tmp_path / "script.yaml").write_text(HEAD + script)
        return load_script(tmp_path / "script.yaml")

    return load


@pytest.fixture
def refused(load):
    """Return a function that loads a script and returns its only error and where it is."""

    def refused(script: str, **files: str):
        with pytest.raises(ScriptError) as caught:
            load(script, **files)
        assert len(caught.value.findings) == 1, caught.value
        found = caught.value.findings[0]
        return found.message, (found.position.part, found.position.line, found.position.column)

    return refused


def names(loaded) -> list[str]:
    return [step.name for step in loaded.script.steps]


def test_the_steps_of_a_part_come_where_it_is_included(load):
    loaded = load(f"steps:\n{SIT}  - include: warm.yaml\n{SIT.replace('Sit', 'End')}", warm=WARM)
    assert names(loaded) == ["Sit", "Shake", "Rub", "End"]


def test_a_part_in_a_folder_of_the_folder(load):
    assert names(load("steps:\n  - include: parts/warm.yaml\n", parts__warm=WARM)) == [
        "Shake",
        "Rub",
    ]


def test_what_else_a_part_has_belongs_to_the_script(load):
    own = "before: [{ask: Is it warm?, yes: }]\nreplies: [{hear: more oil, say: Take some.}]\n"
    script = load(f"include: signs.yaml\n{own}steps:\n{SIT}", signs=SIGNS).script
    assert [question.ask for question in script.before] == ["Any fever?", "Is it warm?"]
    assert [reply.hear[0] for reply in script.replies] == ["more oil", "my arm is numb"]
    assert list(script.areas) == ["neck"] and list(script.scales) == ["pressure"]


def test_what_the_script_has_of_the_same_name_counts(load):
    own = "scales: {pressure: {levels: [soft, hard, harder], start: soft}}\nareas: {neck: nape}\n"
    script = load(f"include: [signs.yaml]\n{own}steps:\n{SIT}", signs=SIGNS).script
    assert script.scales["pressure"].levels == ("soft", "hard", "harder")
    assert script.areas == {"neck": ("nape",)}


def test_areas_of_a_list_and_of_a_mapping_go_together(load):
    script = load(f"include: signs.yaml\nareas: {{back: waist}}\nsteps:\n{SIT}", signs=SIGNS).script
    assert script.areas == {"back": ("waist",), "neck": ()}
    script = load(f"include: signs.yaml\nareas: [back]\nsteps:\n{SIT}", signs=SIGNS).script
    assert script.areas == {"back": (), "neck": ()}


def test_a_part_may_come_twice_but_its_replies_only_once(load):
    both = WARM + "replies: [{hear: more oil, say: Take some.}]\n"
    loaded = load("steps:\n  - include: a.yaml\n  - include: a.yaml\n", a=both)
    assert names(loaded) == ["Shake", "Rub"] * 2
    assert len(loaded.script.replies) == 1


def test_parts_include_parts(load):
    outer = PART + "include: signs.yaml\nsteps:\n  - include: inner.yaml\n" + SIT
    loaded = load("steps:\n  - include: outer.yaml\n", outer=outer, inner=WARM, signs=SIGNS)
    assert names(loaded) == ["Shake", "Rub", "Sit"]
    assert loaded.script.before[0].ask == "Any fever?"


def test_steps_of_a_part_are_left_out_and_changed(load):
    loaded = load(
        "steps:\n  - include: warm.yaml\n    leave_out: [Rub]\n"
        "    change: {Shake: {for: 30 s, say: Shake gently.}}\n",
        warm=WARM,
    )
    (step,) = loaded.script.steps
    assert (step.name, step.for_, step.say) == ("Shake", 30.0, "Shake gently.")


def test_all_steps_of_a_part_depend_on_a_condition(load):
    warm = WARM.replace("say: Rub them.", "say: Rub them., unless: {time: yes}")
    ask = "before: [{ask: Cold?, yes: , no: , save: cold}, {ask: b?, yes: , save: time}]"

    script = load(f"{ask}\nsteps:\n  - {{include: a.yaml, when: {{cold: yes}}}}\n", a=warm).script
    assert [step.when for step in script.steps] == [{"cold": ("yes",)}] * 2
    assert script.steps[1].unless == {"time": ("yes",)}


OUT = "leads out of the folder"


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("../warm.yaml", OUT),
        ("parts/../../warm.yaml", OUT),
        ("/etc/passwd", OUT),
        ("~/warm.yaml", OUT),
        ('"C:\\\\warm.yaml"', "no plain name"),
        ('"parts\\\\warm.yaml"', "no plain name"),
        ("warm.txt", "no YAML file"),
        ("wram.yaml", "Did you mean warm.yaml"),
        ("folder.yaml", "This is a folder"),
        ("pipe.yaml", "not a file"),
        ("loop.yaml", "cannot be read"),
        ("link_out.yaml", OUT),
        ("folder_out/warm.yaml", OUT),
        (f"{'a' * 70}/{'b' * 300}.yaml", "'include' is too long"),
        ("empty.yaml", "empty"),
        ("latin.yaml", "UTF-8"),
        ("script.yaml", "whole session"),
    ],
)
def test_nothing_else_is_included(refused, tmp_path, name, part):
    (tmp_path / "folder.yaml").mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.yaml")
    elif name == "pipe.yaml":
        pytest.skip("this system has no named pipes")
    outside = tmp_path.parent / f"{tmp_path.name}_outside"
    outside.mkdir()
    (outside / "warm.yaml").write_text(WARM)
    (tmp_path / "link_out.yaml").symlink_to(outside / "warm.yaml")
    (tmp_path / "folder_out").symlink_to(outside)
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    (tmp_path / "empty.yaml").write_text("")
    (tmp_path / "latin.yaml").write_bytes(b"part: \xfc")
    message, place = refused(f"steps:\n{SIT}  - include: {name}\n", warm=WARM)
    assert part in message
    assert place == (("script.yaml", 2, 1) if name == "script.yaml" else ("", 5, 14))


def test_a_link_within_the_folder_is_fine(load, tmp_path):
    (tmp_path / "other.yaml").symlink_to(tmp_path / "warm.yaml")
    assert names(load("steps: [{include: other.yaml}]\n", warm=WARM)) == ["Shake", "Rub"]


def test_a_part_that_includes_itself_is_refused(refused):
    one = PART + "steps: [{include: two.yaml}]\n"
    two = PART + "steps: [{include: one.yaml}]\n"
    message, place = refused("steps: [{include: one.yaml}]\n", one=one, two=two)
    assert '"one.yaml" includes itself' in message
    assert place == ("two.yaml", 3, 19)


def test_parts_are_not_included_too_deep(refused):
    files = {f"p{n}": PART + f"steps: [{{include: p{n + 1}.yaml}}]\n" for n in range(6)}
    message, place = refused("steps: [{include: p0.yaml}]\n", **files, p6=WARM)
    assert "4 deep" in message and place[0] == "p3.yaml"


def test_a_few_small_files_cannot_blow_up(load):
    files = {f"p{n}": PART + "steps:\n" + f"  - include: p{n + 1}.yaml\n" * 900 for n in range(3)}
    with pytest.raises(ScriptError, match="More than 200 times"):
        load("steps: [{include: p0.yaml}]\n", **files, p3=WARM)


def test_more_than_1000_steps_are_too_many_also_in_parts(refused):
    part = PART + "steps:\n" + SIT * 600
    message, _ = refused("steps:\n  - include: a.yaml\n  - include: a.yaml\n", a=part)
    assert "1000 at most" in message


def test_all_parts_together_are_not_too_large(load):
    files = {f"p{n}": PART + SIT.replace("  - ", "steps:\n  - ") + "#" * 300_000 for n in range(4)}
    with pytest.raises(ScriptError, match="too large: the most is 1 MB"):
        load("steps:\n" + "".join(f"  - include: p{n}.yaml\n" for n in range(4)), **files)


@pytest.mark.parametrize(
    ("item", "column", "part"),
    [
        ("{include: warm.yaml, leave_out: [Rib]}", 38, "There is: Rub."),
        ("{include: warm.yaml, change: {Shaek: {for: 3 s}}}", 35, "There is: Shake."),
        ("{include: warm.yaml, name: Warm}", 26, "What can be here: include, leave_out"),
        ("{include: warm.yaml, wen: {}}", 26, "Did you mean 'when'?"),
        ("{include: [warm.yaml]}", 15, "'include' must be a text"),
        ("{include: warm.yaml, change: {Rub: {fro: 3 s}}}", 41, "Did you mean 'for'?"),
        ("{include: warm.yaml, change: {Rub: {for: 3}}}", 46, "not a duration"),
    ],
)
def test_what_an_include_cannot_have_is_told_with_its_place(refused, item, column, part):
    message, place = refused(f"steps:\n  - {item}\n", warm=WARM)
    assert part in message
    assert place == ("", 4, column)


def test_one_condition_from_two_places_is_refused(refused):
    warm = WARM.replace("say: Rub them.", "say: Rub them., when: {cold: no}")
    ask = "before: [{ask: Cold?, yes: , no: , save: cold}]"
    message, _ = refused(f"{ask}\nsteps: [{{include: a.yaml, when: {{cold: yes}}}}]\n", a=warm)
    assert "the step 'Rub' itself" in message


def test_a_part_with_steps_says_where_they_come(refused):
    message, place = refused(f"include: warm.yaml\nsteps:\n{SIT}", warm=WARM)
    assert '"- include: warm.yaml" among the steps' in message
    assert place == ("", 3, 10)


@pytest.mark.parametrize(
    ("text", "place", "part"),
    [
        ("part: a\n", (1, 1), "'format' is missing"),
        ("format: 2\npart: a\n", (1, 9), "What can be here: 1."),
        ("format: 1\n", (1, 1), "'part' is missing"),
        ("- a\n", (1, 1), "A part is a mapping"),
        (PART + "limits: {}\n", (3, 1), "'limits' is not known here"),
        (PART + "steps: [{name: a, sai: b}]\n", (3, 19), "Did you mean 'say'?"),
        (PART + "steps: [{name: a, say: '{pressur}'}]\n", (3, 24), "no value"),
        (PART + "steps: [a\n", (3, 8), "quotes"),
        (PART + "scales: &x {}\n", (3, 9), "anchor"),
    ],
)
def test_an_error_in_a_part_is_shown_there(load, tmp_path, text, place, part):
    with pytest.raises(ScriptError) as caught:
        load(f"steps:\n{SIT}  - include: parts/bad.yaml\n", parts__bad=text)
    found = caught.value.findings[0]
    assert part in found.message
    lines = str(caught.value).splitlines()
    line, column = place
    assert lines[0].startswith(f"{tmp_path / 'parts' / 'bad.yaml'}:{line}:{column}: ")
    assert lines[1].strip() == text.splitlines()[line - 1].strip()
    assert lines[2].index("^") == 4 + column - 1


def test_a_finding_in_a_part_is_switched_off_there(load):
    long = "word " * 31
    part = f"{PART}steps:\n  - name: a\n    say: {long} # check: off W41\n"
    loaded = load("steps: [{include: a.yaml}]\n", a=part)
    assert check(loaded) == []
    loaded = load("steps: [{include: a.yaml}]\n", a=part.replace("# check", "#"))
    assert [(f.position.part, f.position.line) for f in check(loaded)] == [("a.yaml", 5)]


def test_a_part_is_no_script(load, tmp_path):
    load("steps: [{include: warm.yaml}]\n", warm=WARM)
    with pytest.raises(ScriptError, match="This is a part of other scripts"):
        load_script(tmp_path / "warm.yaml")


def test_what_is_kept_needs_no_files(load, tmp_path):
    loaded = load("include: signs.yaml\nsteps: [{include: warm.yaml}]\n", warm=WARM, signs=SIGNS)
    assert is_as_kept(loaded.source, loaded.path)
    (tmp_path / "warm.yaml").write_text(WARM.replace("Shake", "Wave"))
    assert not is_as_kept(loaded.source, loaded.path)
    (tmp_path / "warm.yaml").unlink()
    assert not is_as_kept(loaded.source, loaded.path)
    kept = parse_kept(loaded.source, Path("/nowhere/script.yaml"))
    assert kept.script == loaded.script and kept.source == loaded.source


def test_what_was_kept_before_there_were_parts_is_read_as_ever():
    text = HEAD + "steps:\n" + SIT
    assert parse_kept(text, Path("/nowhere/script.yaml")).source == text


LINES = st.sampled_from(
    [
        *("include: b.yaml", "include: [b.yaml, c.yaml]", "include: {b: c}", "include:"),
        *("steps: [{include: b.yaml}]", "steps: [{include: }]", "steps:", "areas: [neck]"),
        *("steps: [{include: c.yaml, change: {a: {say: }}}]", "areas: {neck: nape}", "areas: a"),
        *("steps: [{name: a, say: b}]", "steps: [{name: a, say: b, when: a}]", "before: a"),
        *("steps: [{include: b.yaml, when: {a: b}}, x]", "replies: [{hear: a, say: b}]"),
        *("replies: [a]", "scales: a", "scales: {p: {levels: [a, b], start: a}}", "part: a"),
        *("steps: [{include: b.yaml, leave_out: [a], unless: {}}]", "title: a", "format: 1"),
    ]
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.lists(LINES, max_size=4, unique=True), min_size=3, max_size=3))
def test_whatever_the_parts_a_script_or_errors_come_of_it(tmp_path, files):
    heads = (HEAD, PART, PART)
    for name, head, lines in zip("abc", heads, files, strict=True):
        (tmp_path / f"{name}.yaml").write_text(head + "\n".join(lines))
    try:
        loaded = load_script(tmp_path / "a.yaml")
    except ScriptError as error:
        for finding in error.findings:
            assert finding.position.part in ("", "b.yaml", "c.yaml")
            assert finding.message and finding.position.line <= 9
        return
    assert parse_kept(loaded.source, Path("/nowhere.yaml")).script == loaded.script
