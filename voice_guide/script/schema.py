"""The JSON Schema of session scripts, for editors.

``python -m voice_guide.script.schema`` prints it; ``schema.json`` beside this file is a copy,
and a test keeps it current.
"""

import json
import sys
from pathlib import Path

from voice_guide.script.model import Script

SCHEMA_FILE = Path(__file__).with_name("schema.json")


def schema_text() -> str:
    """Return the JSON Schema as text, made from the model."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Script.model_json_schema(mode="validation"),
        "title": "voice_guide session script, format 1",
    }
    return json.dumps(schema, indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema_text())
