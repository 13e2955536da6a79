"""Imports point one way: the dialogue knows no sound, and the sound knows no dialogue."""

import ast
from pathlib import Path

import pytest

import voice_guide

PACKAGE = Path(voice_guide.__file__).parent
MAY_IMPORT = {
    "language": {"errors", "language"},
    "importing": {"errors", "language", "script", "importing"},
    "script": {"errors", "resources", "language", "script"},
    "session": {"language", "script", "session"},
    "audio": {"errors", "audio"},
    "speech": {"errors", "resources", "language", "audio", "speech"},
}


def imported(path: Path) -> set[str]:
    """Return the parts of voice_guide that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("voice_guide"):
            names = (node.module or "").split(".")[1:2] or [alias.name for alias in node.names]
            found.update(names)
        elif isinstance(node, ast.Import):
            ours = (a.name for a in node.names if a.name.startswith("voice_guide."))
            found.update(name.split(".")[1] for name in ours)
    return found


@pytest.mark.parametrize("part", MAY_IMPORT)
def test_imports_point_one_way(part):
    files = list((PACKAGE / part).rglob("*.py"))
    assert files
    wrong = {path.name: imported(path) - MAY_IMPORT[part] for path in files}
    assert {name: parts for name, parts in wrong.items() if parts} == {}
