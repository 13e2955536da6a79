"""The user's settings: voice, pace, volume, speech model and devices, kept in one file."""

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from voice_guide import folders, settings_file
from voice_guide.errors import InputError
from voice_guide.session.actions import Mode


class Settings(BaseModel):
    """What the user has chosen. Options on the command line win over it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    voice: str | None = Field(default=None, description="The narrator's voice.")
    rate: int | None = Field(default=None, description="The narrator's pace, words a minute.")
    volume: float | None = Field(default=None, description="The narrator's volume, 0 to 1.")
    model: Path | None = Field(default=None, description="The folder of a Vosk model.")
    input: str | None = Field(default=None, description="The name of the microphone.")
    output: str | None = Field(default=None, description="The name of the loudspeaker.")
    mode: Mode | None = Field(
        default=None, description="How to listen: headphones, room, or push (after a key)."
    )
    sentence_words: int | None = Field(
        default=None, ge=5, le=200, description="More words than this in a sentence are too many."
    )
    only_when_called: bool = Field(
        default=False, description="Whether commands are only taken after the narrator's name."
    )

    def over(self, **options: Any) -> "Settings":
        """Return these settings with the options that are not None in their place."""
        given = {name: value for name, value in options.items() if value is not None}
        return self.model_copy(update=given)


def settings_path() -> Path:
    """Return where the settings file is, whether it exists or not."""
    return folders.config_folder() / "settings.yaml"


def cache_folder() -> Path:
    """Return the folder for rendered speech. It may be deleted at any time."""
    return folders.cache_folder() / "speech"


def load_settings(path: Path | None = None) -> Settings:
    """Return the user's settings; the defaults when there is no file.

    The user's own file and its folder are made readable for the user alone.

    The model's folder may begin with ``~``; a relative one is sought beside the file.

    Raises:
        InputError: the file is not YAML, or has a key or a value that is not known.
    """
    if path is None:
        path = settings_path()
        settings_file.keep_private(path)
    given: dict[str, Any] = settings_file.read(path)
    try:
        settings = Settings.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        known = ", ".join(Settings.model_fields)
        wrong = (
            "there is no such setting"
            if name not in Settings.model_fields
            else f"{given[name]!r:.60} cannot be its value. {first['msg']}"
        )
        raise InputError(f"{path}: '{name}': {wrong}. The settings are: {known}.") from error
    if settings.model is None:
        return settings
    return settings.over(model=path.parent / settings.model.expanduser())
