"""The user's settings: voice, pace, volume, speech model and devices, kept in one file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from voice_guide import folders, settings_file
from voice_guide.errors import InputError, VoiceGuideError
from voice_guide.home import from_home
from voice_guide.session.actions import Mode
from voice_guide.speech.voice_settings import FASTEST, SLOWEST


class Settings(BaseModel):
    """What the user has chosen. Options on the command line win over it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    voice: str | None = Field(default=None, description="The narrator's voice.")
    rate: int | None = Field(
        default=None,
        ge=SLOWEST,
        le=FASTEST,
        description="The narrator's pace in words a minute, such as 150.",
    )
    volume: float | None = Field(
        default=None, ge=0, le=1, description="The narrator's volume, 0 to 1, such as 0.8."
    )
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

    @contextmanager
    def traced(self, name: str) -> Iterator[None]:
        """Add to an error of a setting's value where it is written, if that is the user's file."""
        try:
            yield
        except VoiceGuideError as error:
            written = getattr(load_settings(), name)
            if written is None or written != getattr(self, name):
                raise
            path = settings_path()
            at = settings_file.places(path)[1].where((name,), key=True)
            raise type(error)(f"{path}:{at.line}:{at.column}: {error}") from error


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
        raise InputError(_wrong(error, path)) from error
    if settings.model is None:
        return settings
    return settings.over(model=path.parent / from_home(settings.model))


def _wrong(error: ValidationError, path: Path) -> str:
    """Return what is wrong in the file: its place, the line, and what the setting is for."""
    from voice_guide.script.plain_words import findings_from  # noqa: PLC0415 -- only for errors
    from voice_guide.script.positions import excerpt  # noqa: PLC0415

    lines, root = settings_file.places(path)
    errors = error.errors(include_url=False)
    setting = Settings.model_fields.get(str(errors[0]["loc"][0]))
    about = "" if setting is None else f" ({setting.description})"
    finding = findings_from(errors, root, Settings)[0]
    at = finding.position
    return f"{path}:{at.line}:{at.column}: {finding.message}{about}\n{excerpt(lines, at)}"
