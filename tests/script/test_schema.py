"""The JSON Schema that editors use."""

import json
import subprocess
import sys

import pytest

from voice_guide.script.model import Part
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
