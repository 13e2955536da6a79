"""The files that a script includes: found only in its own folder, and kept with it."""

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from voice_guide.script.findings import ScriptError
from voice_guide.script.reading import LARGEST, read_script_text

MOST_PARTS = 30
"""More files than this are not included in one script."""

_BUNDLE = "voice_guide_script_with_parts"


class PartRefusedError(Exception):
    """A file cannot be included. The message tells its author why."""


class Parts:
    """The texts of the files that one script includes.

    They come from the folder of the script, or from what was kept of them with a session.
    """

    def __init__(self, folder: Path, kept: Mapping[str, str] | None = None) -> None:
        """Take them from ``folder``, or only from ``kept``, by name."""
        self.texts: dict[str, str] = {}
        """Those that were asked for, by name."""
        self._folder = folder
        self._kept = kept

    def text(self, name: str) -> str:
        """Return the text of a file.

        Raises:
            PartRefusedError: it is not in the folder, is no such file, or is one too many.
        """
        if name not in self.texts:
            text = self._read(name) if self._kept is None else self._kept.get(name)
            if text is None:
                raise PartRefusedError(f'"{name}" was not kept with the script.')
            if len(self.texts) >= MOST_PARTS:
                raise PartRefusedError(f"A script can include {MOST_PARTS} files at most.")
            if sum(map(len, self.texts.values())) + len(text) > LARGEST:
                raise PartRefusedError("All that is included is too large: the most is 1 MB.")
            self.texts[name] = text
        return self.texts[name]

    def _read(self, name: str) -> str:
        refusal = _refusal(name)
        if refusal is not None:
            raise PartRefusedError(refusal)
        path = self._folder / name
        try:
            inside = path.resolve().is_relative_to(self._folder.resolve())
        except (OSError, RuntimeError, ValueError) as error:  # a loop of links; a name too long
            raise PartRefusedError(f'"{name[:60]}" cannot be read.') from error
        if not inside:
            raise PartRefusedError(
                f'"{name}" is a link that leads out of the folder of the script. Put it there.'
            )
        try:
            return read_script_text(path)
        except ScriptError as error:
            raise PartRefusedError(f'"{name}": {error.findings[0].message}') from error


def bundled(text: str, parts: Mapping[str, str]) -> str:
    """Return the text of a script and of what it includes as one text, to be kept."""
    if not parts:
        return text
    return json.dumps({_BUNDLE: 1, "script": text, "parts": dict(parts)}, ensure_ascii=False)


def unbundled(kept: str) -> tuple[str, dict[str, str]]:
    """Return the text of a script and those of what it includes, from ``bundled``."""
    if not kept.startswith(f'{{"{_BUNDLE}"'):
        return kept, {}
    both = json.loads(kept)
    return both["script"], both["parts"]


def _refusal(name: str) -> str | None:
    """Return why a name cannot be one of a file in the folder, or None."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or name.startswith("~"):
        return (
            f'"{name}" leads out of the folder of the script. Only what is in that folder, or in a '
            "folder in it, can be included."
        )
    if "\\" in name or ":" in name:
        return f'"{name}" is no plain name. Write it as in parts/warm_up.yaml.'
    if path.suffix not in (".yaml", ".yml"):
        return f'"{name}" is no YAML file. Its name has to end in .yaml.'
    return None
