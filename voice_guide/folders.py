"""The folders of the user in which the program keeps something."""

from collections.abc import Callable
from pathlib import Path

import platformdirs

from voice_guide.errors import MachineError

_APP = "voice-guide"


def data_folder() -> Path:
    """Return the folder of the journal and of installed models.

    Raises:
        MachineError: the user has no home. So in the others.
    """
    return _found(platformdirs.user_data_path)


def config_folder() -> Path:
    """Return the folder of the settings."""
    return _found(platformdirs.user_config_path)


def cache_folder() -> Path:
    """Return the folder of what can be made again."""
    return _found(platformdirs.user_cache_path)


def _found(find: Callable[[str], Path]) -> Path:
    """Refuse what would be another folder in each place where the program is started."""
    try:
        folder = find(_APP)
    except RuntimeError:  # newer platformdirs refuse it themselves
        folder = Path("~")
    if not folder.is_absolute():
        raise MachineError(
            "There is no place for your settings and your journal, as you have no home folder. "
            "Set HOME to a folder of yours."
        )
    return folder
