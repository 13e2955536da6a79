"""Groups of steps: rounds, sides, and what is wrong with them."""

import pytest

from voice_guide.language.pack import load_language
from voice_guide.rehearsal.text import TextSession
from voice_guide.script import ScriptError, estimate, load_script
from voice_guide.session.actions import Say
from voice_guide.session.engine import Engine

HEAD = "format: 1\ntitle: Test\n"
TWO = """    steps:
      - {name: "Lift {side} {round}", say: "Lift. {side} {round}", for: 10 s}
      - {name: "Shake {side} {round}", say: Shake., for: 20 s}
"""


@pytest.fixture
def load(write):
    """Return a function that loads a script with these steps."""

    def load(steps: str, more: str = ""):
        return load_script(write(HEAD + more + "steps:\n" + steps)).script

    return load


@pytest.fixture
def refused(load):
    """Return a function that loads such a script and returns its errors, with their lines."""

    def refused(steps: str, more: str = "") -> list[tuple[int, str]]:
        with pytest.raises(ScriptError) as caught:
            load(steps, more)
        return [(found.position.line, found.message) for found in caught.value.findings]

    return refused


def names(script) -> list[str]:
    return [step.name for step in script.steps]


def test_a_group_is_done_round_after_round(load):
    script = load("  - repeat: 2\n" + TWO.replace("{side} ", "") + "  - {name: End, say: Done.}\n")
    assert names(script) == ["Lift 1", "Shake 1", "Lift 2", "Shake 2", "End"]
    assert [step.say for step in script.steps][2] == "Lift. 2"
    steps = [m for m in Engine(script, load_language("en")).setting.program if m.section == "step"]
    assert [(m.number, m.name) for m in steps][-2:] == [(4, "Shake 2"), (5, "End")]


def test_one_side_has_all_its_rounds_before_the_next(load):
    script = load("  - repeat: 2\n    each: [left, right]\n" + TWO)
    left = ["Lift left 1", "Shake left 1", "Lift left 2", "Shake left 2"]
    assert names(script)[:5] == [*left, "Lift right 1"]
    assert len(script.steps) == 8


def test_the_time_of_all_rounds_is_counted(load):
    once = estimate(load("  - repeat: 1\n" + TWO.replace("{side} {round}", "it")))
    twice = estimate(load("  - repeat: 2\n" + TWO.replace("{side} {round}", "it")))
    assert twice - once > 30


def test_sides_are_filled_in_wherever_they_are(load):
    steps = (
        "  - each: [left, right]\n    steps:\n"
        '      - {name: "Rub it", say: "Rub the {side} arm.", area: "{side} arm", for: 40 s,\n'
        '         cues: [{at: 9 s, say: "Still the {side} one."}], when: {"{side} arm": sore}}\n'
    )
    one, other = load(steps, "areas: [left arm, right arm]\n").steps
    assert (one.area, other.area) == ("left arm", "right arm")
    assert other.cues[0].say == "Still the right one."
    assert dict(one.when) == {"left arm": ("sore",)}


def test_a_step_of_a_group_keeps_its_own_sides_and_rounds(load):
    steps = (
        "  - repeat: 3\n    steps:\n"
        '      - {name: "Turn {side}", each: [left, right], say: "Turn, {round}."}\n'
        '      - {name: "Nod {round}", repeat: 2, say: Nod.}\n'
    )
    script = load(steps)
    assert names(script) == ["Turn {side}", "Nod {round}"] * 3
    assert [step.say for step in script.steps][::2] == ["Turn, 1.", "Turn, 2.", "Turn, 3."]
    assert script.steps[0].each == ("left", "right")


def test_a_condition_holds_for_all_the_steps_of_a_group(load):
    more = 'before: [{ask: "Tired?", yes: , no: , save: tired}]\n'
    steps = "  - repeat: 2\n    unless: {tired: yes}\n" + TWO.replace("{side} ", "")
    script = load(steps, more)
    assert [dict(step.unless) for step in script.steps] == [{"tired": ("yes",)}] * 4


def test_a_part_can_be_included_in_a_group(load, write):
    write("format: 1\npart: warm\nsteps: [{name: Rub, say: Rub.}]\n", "warm.yaml")
    script = load(
        "  - repeat: 2\n    steps:\n      - {name: Sit, say: Sit.}\n      - include: warm.yaml\n"
    )
    assert names(script) == ["Sit", "Rub", "Sit", "Rub"]


def test_what_is_wrong_in_a_step_is_told_once_and_at_its_place(refused):
    steps = "  - repeat: 3\n    steps:\n      - {name: One, say: Go., fro: 3 s}\n"
    assert refused(steps) == [(6, "'fro' is not known here. Did you mean 'for'?")]


@pytest.mark.parametrize(
    ("group", "line", "part"),
    [
        ("  - repeat: 0\n" + TWO, 4, "'repeat' is too little"),
        ("  - repeat: 2\n    steps: []\n", 5, "'steps' needs at least 1"),
        ("  - repeat: 2\n    steps:\n", 5, "'steps' is empty"),
        ("  - repaet: 2\n" + TWO, 4, "Did you mean 'repeat'?"),
        ("  - name: Round\n" + TWO, 4, "'name' is not known here"),
        (
            "  - repeat: 2\n    steps:\n      - repeat: 2\n        steps: [{name: a, say: b}]\n",
            7,
            "inside another",
        ),
        ("  - repeat: 50\n    each: [a, b, c, d, e, f, g, h, i, j, k]\n" + TWO, 4, "1000 at most"),
    ],
)
def test_a_group_that_is_wrong_is_told_with_its_place(refused, group, line, part):
    (found,) = refused(group)
    assert found[0] == line and part in found[1], found


def test_a_round_can_be_skipped_to_by_its_number(load):
    script = load("  - repeat: 3\n" + TWO.replace("{side} ", "round "))
    session = TextSession(Engine(script, load_language("en")))
    session.begin()
    session.run(8)
    said = [one.text for one in session.hear("skip to lift round three") if isinstance(one, Say)]
    assert said == ["Lift. round 3"]
