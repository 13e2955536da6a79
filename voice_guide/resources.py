"""Where the session scripts and models that come with voice_guide are.

In a checkout they lie beside the package; an installed wheel carries a copy inside it.
"""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def _root() -> Path:
    packaged = _PACKAGE / "_data"
    return packaged if packaged.is_dir() else _PACKAGE.parent


def scripts_folder() -> Path:
    """Return the folder of the session scripts that come with voice_guide."""
    return _root() / "scripts"


def models_folder() -> Path:
    """Return the folder of the speech models that come with voice_guide."""
    return _root() / "models"
