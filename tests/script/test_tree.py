"""YAML that is wrong, or dangerous, or a trap for authors."""

import pytest
import yaml

from voice_guide.script.tree import TreeReader

HEAD = "format: 1\ntitle: Test\n"
STEPS = "steps:\n  - {name: One, say: Sit down.}\n"

PARSERS = [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)]

SYNTAX = [  # a line, where the error is, and part of the message
    ("about: one: two", (3, 11), "quotes"),
    ("about: {a: b", (3, 8), "not closed"),
    ("about: [a, b", (3, 8), "not closed"),
    ("about: 'a", (3, 8), "never closed"),
    ('about: "a', (3, 8), "never closed"),
    ("about: {side} arm", (3, 15), "quotes"),
    ("about: @home", (3, 8), "quotes"),
    ("about: `a`", (3, 8), "quotes"),
    ("about: %a", (3, 8), "quotes"),
    ("about:\n\t- a", (4, 1), "tab"),
    ("about", (3, 1), "colon"),
    ('about: "a\\qb"', None, "escape"),
    ('about: "\\xZZ"', (3, 11), "escape"),
    ("  about: a", (3, 8), "quotes"),
    ("about: - a", (3, 8), "list"),
    ("about: !", (3, 8), "tag"),
    ("about: !!python/object/apply:os.system [ls]", (3, 8), "!!python/object/apply:os.system"),
    ("about: !x!y z", (3, 8), "tag"),
    ("about: *a", (3, 8), "references"),
    ("about: *stop*", (3, 8), "quotes"),
    ("about: &a b", (3, 8), "anchor"),
    ("? [a]\n: b", (3, 3), "cannot be a key"),
    ("? {a: b}\n: b", (3, 3), "cannot be a key"),
    ("---\nabout: a", (3, 1), "one script"),
    ("about: " + "[" * 50 + "]" * 50, None, "nested too deeply"),
    ('about: "\\0"', (3, 8), "U+0000"),
    ('about: "\\e[31mred"', (3, 8), "U+001B"),
]


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize(("line", "place", "part"), SYNTAX, ids=[line for line, *_ in SYNTAX])
def test_both_parsers_of_pyyaml_tell_the_same(line, place, part, parser):
    reader = TreeReader(f"{HEAD}{line}\n{STEPS}", parser)
    first = reader.errors[0]
    assert part in first.message
    if place is not None:
        assert (first.position.line, first.position.column) == place


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("escape", [r"\UFFFFFFFF", r"\uD800", r"\U00110000"])
def test_an_escape_beyond_unicode_is_an_error(parser, escape):
    reader = TreeReader(f'a: "{escape}"', parser)
    assert reader.errors
    assert reader.errors[0].position.line == 1


def test_a_billion_laughs_are_refused_at_the_first_anchor(errors):
    bomb = "a0: &a0 [lol, lol]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)
    )
    line, column, message = errors(HEAD + bomb + STEPS)[0]
    assert (line, column) == (3, 5)
    assert "anchor" in message


def test_an_anchor_that_contains_itself_is_refused(errors):
    found = errors(HEAD + "about: &a [*a]\n" + STEPS)
    assert any("anchor" in message for _, _, message in found)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "a:\n "])
def test_a_million_brackets_are_refused_without_a_traceback(errors, opening):
    text = opening * (900_000 // len(opening))
    assert errors(text)[0][2]


def test_deep_indentation_is_refused(error):
    text = "".join(" " * depth + "a:\n" for depth in range(300))
    assert "nested too deeply" in error(text).message


def test_a_key_that_is_there_twice_keeps_its_first_value():
    reader = TreeReader("a: 1\na: {b: c}\nd: 2\n")
    assert reader.data == {"a": "1", "d": "2"}
    assert len(reader.errors) == 1


@pytest.mark.parametrize("line", ["about: {say: Is it golden?}", "about: [is it golden?, no]"])
def test_where_a_question_mark_cannot_be_it_is_named_and_where_it_stands(line):
    told = TreeReader(f"{HEAD}{line}\n{STEPS}", yaml.SafeLoader).errors[0]
    assert "question mark in it needs quotes" in told.message
    assert (told.position.line, told.position.column) == (3, line.index("?") + 1)
    quoted = line.replace("s it golden?", 's it golden?"').replace("I", '"I').replace("[i", '["i')
    assert not TreeReader(f"{HEAD}{quoted}\n{STEPS}", yaml.SafeLoader).errors
