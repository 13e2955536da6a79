"""From a file to a script that can be played."""

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from voice_guide.script.checker import check
from voice_guide.script.codes import form
from voice_guide.script.findings import Finding, ScriptError
from voice_guide.script.loaded import LoadedScript
from voice_guide.script.model import Script
from voice_guide.script.plain_words import findings_from
from voice_guide.script.positions import split_lines
from voice_guide.script.reading import read_script_text
from voice_guide.script.tree import TreeReader


def load_script(path: Path) -> LoadedScript:
    """Read, load and check a session script.

    What needs the speech model or the language pack is left to ``check`` and
    ``require_playable``.

    Raises:
        ScriptError: the script has errors; the message shows all of them, with their places.
    """
    text = read_script_text(path)
    loaded = parse_script(text, path)
    errors = [finding for finding in check(loaded) if finding.severity == "error"]
    if errors:
        raise ScriptError(path, errors, loaded.lines)
    return loaded


def parse_script(text: str, path: Path) -> LoadedScript:
    """Return the script in a text, checked for its form but not for its sense.

    Raises:
        ScriptError: the YAML or the form of the script is wrong.
    """
    lines = split_lines(text)
    tree = TreeReader(text)
    errors = list(tree.errors)
    if not tree.broken and not isinstance(tree.data, dict):
        errors.append(Finding(form.WRONG_VALUE, tree.root.position, _not_a_mapping(tree.data)))
    if tree.broken or not isinstance(tree.data, dict):
        raise ScriptError(path, errors, lines)
    script = _validate(tree, errors)
    if errors or script is None:
        raise ScriptError(path, errors, lines)
    return LoadedScript(script, path, tree.root, lines)


def _validate(tree: TreeReader, errors: list[Finding]) -> Script | None:
    """Return the script, or add what is wrong with it to ``errors``."""
    _name_areas(tree)
    told = {error.position for error in errors}
    try:
        return Script.model_validate(tree.data)
    except ValidationError as error:
        found = findings_from(error.errors(include_url=False), tree.root)
        errors.extend(finding for finding in found if finding.position not in told)
    return None


def _name_areas(tree: TreeReader) -> None:
    """Let areas in a list be found under their names, as those in a mapping are."""
    areas = tree.data.get("areas")
    if isinstance(areas, list):
        node = tree.root.items["areas"]
        for index, name in enumerate(areas):
            if isinstance(name, str):
                node.items.setdefault(name.strip(), node.items[index])
                node.keys.setdefault(name.strip(), node.items[index].position)


def _not_a_mapping(data: Any) -> str:
    if data is None:
        return 'There is nothing here but comments. A script begins with "format: 1" and a title.'
    shape = "a list" if isinstance(data, list) else "a text"
    return (
        f"This is {shape}, and a script is a mapping. Begin with lines such as "
        '"format: 1", "title: ..." and "steps:".'
    )
