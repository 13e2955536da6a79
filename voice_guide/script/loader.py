"""From a file to a script that can be played."""

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from voice_guide.script.areas import name_areas
from voice_guide.script.checker import check
from voice_guide.script.codes import form
from voice_guide.script.findings import Finding, ScriptError
from voice_guide.script.including import Includer
from voice_guide.script.loaded import LoadedScript
from voice_guide.script.model import Script
from voice_guide.script.parts import PartRefusedError, Parts, bundled, unbundled
from voice_guide.script.plain_words import findings_from
from voice_guide.script.positions import SourceLines, split_lines
from voice_guide.script.reading import read_script_text
from voice_guide.script.tree import TreeReader


def load_script(path: Path) -> LoadedScript:
    """Read, load and check a session script.

    What needs the speech model or the language pack is left to ``check`` and
    ``require_playable``.

    Raises:
        ScriptError: the script has errors; the message shows all of them, with their places.
    """
    loaded = parse_script(read_script_text(path), path)
    errors = [finding for finding in check(loaded) if finding.severity == "error"]
    if errors:
        raise ScriptError(path, errors, loaded.lines)
    return loaded


def parse_script(text: str, path: Path) -> LoadedScript:
    """Return the script in a text, checked for its form but not for its sense.

    What it includes is read from the folder of ``path``, or of the file that it links to.

    Raises:
        ScriptError: the YAML or the form of the script, or of a part, is wrong.
    """
    return _parse(text, path, Parts(_folder_of(path)))


def parse_kept(kept: str, path: Path) -> LoadedScript:
    """Return a script from the text that was kept of it (``LoadedScript.source``).

    No file is read.

    Raises:
        ScriptError: this version of the program cannot make sense of it.
    """
    text, parts = unbundled(kept)
    return _parse(text, path, Parts(path.parent, parts))


def is_as_kept(kept: str, path: Path) -> bool:
    """Return whether a script and all that it includes are still as they were kept.

    Raises:
        ScriptError: the script cannot be read.
    """
    text, parts = unbundled(kept)
    now = Parts(_folder_of(path))
    try:
        return read_script_text(path) == text and all(
            now.text(name) == part for name, part in parts.items()
        )
    except PartRefusedError:
        return False


def _folder_of(path: Path) -> Path:
    """Return the folder that a script is in; behind a link, that of the file itself."""
    try:
        return path.resolve().parent
    except (OSError, RuntimeError, ValueError):
        return path.parent


def _parse(text: str, path: Path, parts: Parts) -> LoadedScript:
    lines = SourceLines(split_lines(text))
    tree = TreeReader(text)
    errors = list(tree.errors)
    if not tree.broken and not isinstance(tree.data, dict):
        errors.append(Finding(form.WRONG_VALUE, tree.root.position, _not_a_mapping(tree.data)))
    if tree.broken or not isinstance(tree.data, dict):
        raise ScriptError(path, errors, lines)
    if "part" in tree.data and "title" not in tree.data:
        errors.append(Finding(form.INCLUDE, tree.root.keys["part"], _A_PART))
        raise ScriptError(path, errors, lines)
    name_areas(tree.data, tree.root)
    includer = Includer(parts)
    includer.include(tree.data, tree.root)
    errors += includer.errors
    lines.parts = includer.lines
    script = _validate(tree, errors)
    if errors or script is None:
        raise ScriptError(path, errors, lines)
    return LoadedScript(script, path, tree.root, lines, bundled(text, parts.texts))


_A_PART = "This is a part of other scripts, and none by itself. Check the scripts that include it."


def _validate(tree: TreeReader, errors: list[Finding]) -> Script | None:
    """Return the script, or add what is wrong with it to ``errors``."""
    told = {error.position for error in errors}
    if errors and not tree.data.get("steps", True):
        told.add(tree.root.items["steps"].position)  # those of parts that were refused are lacking
    try:
        return Script.model_validate(tree.data)
    except ValidationError as error:
        found = findings_from(error.errors(include_url=False), tree.root)
        errors.extend(finding for finding in found if finding.position not in told)
    return None


def _not_a_mapping(data: Any) -> str:
    if data is None:
        return 'There is nothing here but comments. A script begins with "format: 1" and a title.'
    shape = "a list" if isinstance(data, list) else "a text"
    return (
        f"This is {shape}, and a script is a mapping. Begin with lines such as "
        '"format: 1", "title: ..." and "steps:".'
    )
