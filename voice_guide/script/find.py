"""Finding a script by its path, or by its name among those that come with voice_guide."""

from pathlib import Path

from voice_guide.errors import InputError
from voice_guide.resources import scripts_folder
from voice_guide.script.reading import missing, near_names


def bundled_scripts() -> list[str]:
    """Return the names of the scripts that come with voice_guide, sorted."""
    return sorted(path.stem for path in _bundled_files())


def find_script(name_or_path: str) -> Path:
    """Return the path of a script, given its path or the name of a bundled one.

    The ending ".yaml" of a path can be left out.

    Raises:
        InputError: there is no such script; the message names the nearest ones, and all.
    """
    path = Path(name_or_path)
    if _exists(path) and path.is_file():
        return path
    if path.name == name_or_path and (bundled := _bundled(name_or_path)):
        return bundled
    if _exists(path):
        return path  # a folder, a device: loading it tells what is wrong
    if name_or_path and _exists(with_ending := Path(f"{name_or_path}.yaml")):
        return with_ending
    if path.name != name_or_path or path.suffix in (".yaml", ".yml"):
        raise missing(path)
    known = bundled_scripts()
    near = near_names(_plain(name_or_path), known)
    raise InputError(
        f'There is no script "{name_or_path}".{near} The scripts that come with voice_guide are: '
        f"{', '.join(known)}. A script of your own is given by its path."
    )


def _bundled(name: str) -> Path | None:
    plain = _plain(name)
    return next((path for path in _bundled_files() if path.stem == plain), None)


def _bundled_files() -> list[Path]:
    """Return the scripts in the folder, without the dialogue tests that lie beside them."""
    return [path for path in scripts_folder().glob("*.yaml") if "." not in path.stem]


def _plain(name: str) -> str:
    return name.removesuffix(".yaml").strip().lower().replace(" ", "_").replace("-", "_")


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name that is too long, or has a NUL in it
        return False
