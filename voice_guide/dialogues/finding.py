"""Which dialogue tests are meant: by file, by folder, or by the script that they are about."""

from collections.abc import Sequence
from pathlib import Path

from voice_guide.dialogues.playing import script_beside
from voice_guide.dialogues.reading import SUFFIX
from voice_guide.errors import InputError
from voice_guide.script.find import find_script


def find_dialogues(named: Sequence[str]) -> list[Path]:
    """Return the files of dialogue tests.

    Args:
        named: dialogue tests, folders that have some, and scripts, by path or by name. None of
            these: the folder where we are.

    Raises:
        InputError: there is none of them, or a file is missing.
    """
    found = [path for name in named or (".",) for path in _find(name)]
    return list(dict.fromkeys(found))


def _find(name: str) -> list[Path]:
    path = Path(name)
    if name.endswith(SUFFIX):
        if not path.is_file():
            raise InputError(f"{name}: there is no such file.")
        return [path]
    if path.is_dir():
        inside = sorted(path.glob(f"*{SUFFIX}") if name == "." else path.rglob(f"*{SUFFIX}"))
        where = "here" if name == "." else f"in {name}"
        return inside or _none(f"There are no dialogue tests {where}.")
    script = find_script(name)
    beside = sorted(script.parent.glob(f"*{SUFFIX}"))
    own = [one for one in beside if script_beside(one) == script.with_suffix(".yaml")]
    return own or _none(f"There is no dialogue test beside {script}.")


def _none(message: str) -> list[Path]:
    raise InputError(f"{message} Their names end in {SUFFIX}; see docs/testing-a-script.md.")
