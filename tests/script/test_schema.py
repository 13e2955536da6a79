"""The JSON Schema that editors use."""

import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml

from voice_guide.script import bundled_scripts, find_script
from voice_guide.script.model import Part, Script
from voice_guide.script.schema import PART_SCHEMA_FILE, SCHEMA_FILE, schema_text


def test_the_committed_schema_is_current():
    assert SCHEMA_FILE.read_text("utf-8") == schema_text(), (
        "run: python -m voice_guide.script.schema > voice_guide/script/schema.json"
    )


def test_the_committed_schema_of_parts_is_current():
    assert PART_SCHEMA_FILE.read_text("utf-8") == schema_text(Part), (
        "run: python -m voice_guide.script.schema part > voice_guide/script/part.schema.json"
    )


def test_the_module_prints_it():
    done = subprocess.run(
        [sys.executable, "-m", "voice_guide.script.schema"], capture_output=True, check=True
    )
    assert json.loads(done.stdout) == json.loads(schema_text())
    assert done.stderr == b""


@pytest.mark.parametrize(
    ("definition", "key"),
    [("Step", "for"), ("Reply", "hear"), ("Question", "yes"), ("Cue", "at"), ("Include", "change")],
)
def test_every_key_is_explained_under_the_name_that_authors_write(definition, key):
    schema = json.loads(schema_text())
    part = schema["$defs"][definition]
    assert part["properties"][key]["description"]
    assert part["additionalProperties"] is False


def test_durations_are_written_as_texts():
    schema = json.loads(schema_text())
    kinds = schema["$defs"]["Cue"]["properties"]["at"]["anyOf"]
    assert {kind["type"] for kind in kinds} == {"string", "null"}


class AsEditorsRead(yaml.SafeLoader):
    """YAML as the language servers of editors read it: 1.2, where yes and on are texts."""


AsEditorsRead.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.endswith((":int", ":null"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
WRITTEN = [find_script(name) for name in bundled_scripts()]
WRITTEN.append(Path(__file__).with_name("whole") / "everything.yaml")
PARTS = sorted((Path(__file__).with_name("whole") / "parts").glob("*.yaml"))


def complaints(text: str, model: type[Script | Part]) -> list[str]:
    """Return what an editor would underline."""
    schema = jsonschema.Draft202012Validator(json.loads(schema_text(model)))
    data = yaml.load(text, AsEditorsRead)
    return [f"{error.json_path}: {error.message}" for error in schema.iter_errors(data)]


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.stem)
def test_an_editor_has_nothing_to_underline_in_a_good_script(path):
    assert complaints(path.read_text("utf-8"), Script) == []


@pytest.mark.parametrize("path", PARTS, ids=lambda path: path.stem)
def test_an_editor_has_nothing_to_underline_in_a_good_part(path):
    assert complaints(path.read_text("utf-8"), Part) == []


@pytest.mark.parametrize("page", ["session-scripts", "tutorial"])
def test_an_editor_has_nothing_to_underline_in_the_examples(page):
    text = (Path(__file__).parents[2] / "docs" / f"{page}.md").read_text("utf-8")
    for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL):
        assert complaints(block, Part if block.startswith("# parts/") else Script) == []


def test_an_editor_underlines_what_is_wrong():
    head = "format: 1\ntitle: a\nsteps:\n"
    for step in ("{name: a, sai: b}", "{name: a, reps: many}", "{name: a, until: redy}"):
        assert complaints(f"{head}  - {step}\n", Script)
