"""A script with every key of the language, broken in every place: errors, each with its place."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from voice_guide.script import ScriptError, load_script
from voice_guide.script.model import Part, Script
from voice_guide.script.positions import Node
from voice_guide.script.schema import schema_text
from voice_guide.script.tree import TreeReader

WHOLE = Path(__file__).with_name("whole")
FILES = {path.relative_to(WHOLE).as_posix(): path.read_text() for path in WHOLE.rglob("*.yaml")}
AUTHORS = ("scales", "areas", "pronounce", "answers", "turn", "set", "when", "unless", "with")
"""Mappings whose keys are the author's. Those in 'change' are names of steps."""


class Key(NamedTuple):
    """A key of the language, where it is written, and what is behind its colon."""

    file: str
    line: int
    column: int
    text: str
    value: object


def keys_in(file: str, data: object, node: Node, above: str = "") -> Iterator[Key]:
    if isinstance(data, list):
        for index, item in enumerate(data):
            yield from keys_in(file, item, node.items[index])
    elif isinstance(data, dict) and data.get("name") != "Left out":
        for name, value in data.items():
            if above not in (*AUTHORS, "change"):
                at = node.keys[name]
                yield Key(file, at.line, at.column, name, value)
            yield from keys_in(file, value, node.items[name], "" if above in AUTHORS else name)


def every_key() -> Iterator[Key]:
    for name, text in sorted(FILES.items()):
        tree = TreeReader(text)
        yield from keys_in(name, tree.data, tree.root)


KEYS = tuple(every_key())


@pytest.fixture
def broken(tmp_path):
    """Return a function that loads the script with a line of a file replaced."""

    def broken(file: str, number: int, line: str) -> ScriptError | None:
        for name, text in FILES.items():
            lines = text.splitlines()
            if name == file:
                lines[number - 1] = line
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text("\n".join(lines) + "\n")
        try:
            load_script(tmp_path / "everything.yaml")
        except ScriptError as error:
            return error
        return None

    return broken


def part_of(file: str) -> str:
    return "" if file == "everything.yaml" else file


def test_the_script_has_every_key_of_the_language():
    defined = set()
    for model in (Script, Part):
        schema = json.loads(schema_text(model))
        for part in (schema, *schema["$defs"].values()):
            defined |= set(part.get("properties", {}))
    assert defined - {key.text for key in KEYS} == set()
    assert load_script(WHOLE / "everything.yaml").script.title == "Everything"


def test_a_misspelt_key_is_told_in_its_place_with_the_right_one(broken):
    for key in KEYS:
        line = FILES[key.file].splitlines()[key.line - 1]
        before, after = line[: key.column - 1], line[key.column - 1 + len(key.text) :]
        error = broken(key.file, key.line, f"{before}{key.text}q{after}")
        assert error is not None, key
        place = (part_of(key.file), key.line, key.column)
        told = [f.message for f in error.findings if _place(f) == place]
        assert f"'{key.text}q' is not known here. Did you mean '{key.text}'?" in told, (key, told)
        assert f"{key.file}:{key.line}:{key.column}: " in str(error)


def _place(finding) -> tuple[str, int, int]:
    at = finding.position
    return at.part, at.line, at.column


def test_a_value_of_another_shape_is_told_in_its_line(broken):
    alone = [key for key in KEYS if isinstance(key.value, str) and key.value]
    for key in alone:
        line = FILES[key.file].splitlines()[key.line - 1]
        value = line.index(key.value.split()[0], key.column + len(key.text))
        for wrong in ("[[x]]", "{x: {y: z}}"):
            rest = "}" * (line.count("{") - line.count("{", value) > 0 and line.endswith("}"))
            error = broken(key.file, key.line, line[:value].rstrip('"') + wrong + rest)
            assert error is not None, (key, wrong)
            places = {_place(finding)[:2] for finding in error.findings}
            assert (part_of(key.file), key.line) in places, (key, error)


@pytest.mark.parametrize("change", ["lost", "doubled", "indented", "outdented"])
def test_a_line_that_is_lost_or_moved_is_never_worse_than_errors_in_words(broken, change):
    for name, text in sorted(FILES.items()):
        for number, line in enumerate(text.splitlines(), 1):
            error = broken(name, number, _changed(line, change))
            for finding in error.findings if error is not None else ():
                at = finding.position
                assert at.line >= 1 and at.column >= 1 and finding.message
                assert at.part in ("", *FILES)


def _changed(line: str, change: str) -> str:
    return {
        "lost": "",
        "doubled": f"{line}\n{line}",
        "indented": f"  {line}",
        "outdented": line.removeprefix("  "),
    }[change]


def test_there_are_enough_broken_files():
    values = sum(isinstance(key.value, str) and bool(key.value) for key in KEYS)
    lines = sum(text.count("\n") for text in FILES.values())
    assert len(KEYS) + 2 * values + 4 * lines >= 600
