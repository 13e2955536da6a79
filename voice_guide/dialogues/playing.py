"""The script that a dialogue test is about: named, written in it, or the one beside it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from voice_guide.errors import InputError
from voice_guide.language.pack import load_language
from voice_guide.script.checker import require_playable
from voice_guide.script.find import find_script
from voice_guide.script.findings import ScriptError
from voice_guide.script.loaded import LoadedScript
from voice_guide.script.loader import load_script
from voice_guide.script.model import Script
from voice_guide.script.plain_words import findings_from
from voice_guide.script.positions import Node


def script_beside(path: Path) -> Path:
    """Return where the script of a dialogue test is looked for: up to the first dot of its name.

    ``massage.dialogue.yaml`` and ``massage.pain.dialogue.yaml`` both belong to ``massage.yaml``.
    """
    return path.with_name(path.name.partition(".")[0] + ".yaml")


def playable(path: Path, script: Any, root: Node, lines: Sequence[str]) -> LoadedScript:
    """Return the script of the dialogue test at ``path``, checked.

    Args:
        path: the file of the dialogue test.
        script: what stands at its ``script``: a path, a name, a script, or None.
        root: the places of what is in the file.
        lines: the lines of the file.

    Raises:
        ScriptError: the script has errors.
        InputError: there is no such script.
    """
    if isinstance(script, dict):
        loaded = _written_in(path, script, root.items["script"], lines)
    else:
        loaded = load_script(_find(path, script))
    universals = load_language(loaded.script.language).universals
    require_playable(loaded, None, universals)
    return loaded


def _written_in(path: Path, script: Any, root: Node, lines: Sequence[str]) -> LoadedScript:
    try:
        model = Script.model_validate({"format": "1", "title": "Test"} | script)
    except ValidationError as error:
        found = findings_from(error.errors(include_url=False), root)
        raise ScriptError(path, found, lines) from error
    return LoadedScript(model, path, root, lines)


def _find(path: Path, script: Any) -> Path:
    if script is None:
        beside = script_beside(path)
        if not beside.is_file():
            raise InputError(
                f"{path}: there is no script {beside.name} beside it. Name the script that it is "
                'about, such as "script: back_massage" or "script: ../my_session.yaml".'
            )
        return beside
    near = path.parent / str(script)
    try:
        return near if near.is_file() else find_script(str(script))
    except InputError as error:
        raise InputError(f"{path}: {error}") from error
