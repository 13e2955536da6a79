"""The JSON Schemas of session scripts and of parts that they include, for editors.

``python -m voice_guide.script.schema`` prints that of scripts, with ``part`` behind it that of
parts. ``schema.json`` and ``part.schema.json`` beside this file are copies; a test keeps them
current.
"""

import json
import sys
from pathlib import Path

from voice_guide.script.model import Part, Script

SCHEMA_FILE = Path(__file__).with_name("schema.json")
PART_SCHEMA_FILE = Path(__file__).with_name("part.schema.json")


def schema_text(model: type[Script | Part] = Script) -> str:
    """Return the JSON Schema as text, made from the model."""
    what = "session script" if model is Script else "part of session scripts"
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **model.model_json_schema(mode="validation"),
        "title": f"voice_guide {what}, format 1",
    }
    return json.dumps(schema, indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema_text(Part if sys.argv[1:] == ["part"] else Script))
