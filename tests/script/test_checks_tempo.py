"""Repetitions, tempo and cues that cannot be as they are written."""

import pytest

HEAD = "format: 1\ntitle: Test\nsteps:\n"


@pytest.mark.parametrize(
    ("line", "column", "part"),
    [
        ("  - {name: a, say: b, reps: 5, for: 30 s}", 32, "no room for 'for'"),
        ("  - {name: a, say: b, reps: 5, until: ready}", 32, "no room for 'until'"),
        ("  - {name: a, say: b, tempo: 'in, out'}", 23, "Add 'reps:'"),
        ("  - {name: a, say: b, for: 9 s, beat: 2 s}", 33, "Add 'reps:'"),
        ("  - {name: a, say: b, reps: many}", 29, "'reps' must be a whole number"),
        ("  - {name: a, say: b, reps: 0}", 29, "at least 1"),
        ("  - {name: a, say: b, reps: 999}", 29, "200 at most"),
        ("  - {name: a, say: b, reps: 5, beat: 0.1 s}", 38, "at least 0.3"),
        ("  - {name: a, say: b, reps: 5, tempo: []}", 39, "needs at least 1"),
        ("  - {name: a, say: '{round}'}", 20, "Add 'repeat:'"),
        ("  - {name: a, say: b, for: 9 s, cues: [{say: c}]}", 40, "either 'at' or 'every'"),
        ("  - {name: a, say: b, for: 9 s, cues: [{at: 3 s, every: 5 s, say: c}]}", 40, "either"),
        ("  - {name: a, say: b, for: 9 s, cues: [{every: 1 s, say: c}]}", 48, "at least 5"),
        ("  - {name: a, say: b, for: 9 s, cues: [{every: 9 s, say: c}]}", 48, "step is over"),
    ],
)
def test_it_is_an_error(error, line, column, part):
    found = error(f"{HEAD}{line}\n")
    assert part in found.message
    assert (found.line, found.column) == (4, column)


def test_a_beat_that_is_too_short_is_a_warning(findings):
    line = "  - {name: a, say: b, reps: 3, tempo: 'up we go, down', beat: 0.5 s}\n"
    found = findings(HEAD + line)
    assert [severity for _, severity, _ in found] == ["warning"]
    assert "takes about 1.1 s" in found[0][2]


def test_a_tempo_that_is_a_command_is_a_warning(findings):
    line = "  - {name: a, say: b, reps: 3, tempo: 'back, two'}\n"
    universals = {"back": ["back"]}
    assert any(
        'says "back"' in message for _, _, message in findings(HEAD + line, None, universals)
    )


@pytest.mark.parametrize(
    "line",
    [
        "  - {name: a, say: b, reps: 5}",
        "  - {name: a, say: b, reps: 5, tempo: 'in, two, three, out, two, three'}",
        "  - {name: a, say: b, reps: 5, tempo: [up, down], beat: 2 s, rest: 1 s}",
        "  - {name: 'a {round}', say: b, repeat: 2}",
        "  - {name: a, say: b, for: 1 min, cues: [{every: 20 s, say: c}]}",
    ],
)
def test_it_is_fine(findings, line):
    assert findings(HEAD + line + "\n") == []
