"""The models that were installed: where they lie, and which is in use."""

import hashlib
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from voice_guide import private, settings_file
from voice_guide.errors import InputError, MachineError, reason
from voice_guide.folders import data_folder
from voice_guide.language.pack import load_language
from voice_guide.settings import settings_path
from voice_guide.speech_models import catalog
from voice_guide.speech_models.archive import unpack
from voice_guide.speech_models.catalog import Published
from voice_guide.speech_models.download import Tell, fetch
from voice_guide.speech_models.trial import Tried, try_model
from voice_guide.store.lock import FileLock, LockedError

BUILT_IN = "built-in"
"""The name of the model that comes with voice_guide."""

_UNPACKED = ".new"
"""The name of the folder in which something is being unpacked."""

_SUM = re.compile(r"[0-9a-f]{64}")


def models_folder() -> Path:
    """Return the folder of the models that were installed, whether it exists or not."""
    return data_folder() / "models"


def installed() -> dict[str, Path]:
    """Return the models that were installed, by name."""
    folder = models_folder()
    if not folder.is_dir():
        return {}
    found = sorted(path for path in folder.iterdir() if path.is_dir())
    return {path.name: path for path in found if not path.name.startswith(".")}


def install_published(name: str, published: Published, tell: Tell) -> tuple[Path, Tried]:
    """Fetch, check, unpack and try a published model."""
    load_language(published.language)
    _require_new(name)
    tell(f"Fetching {published.address} ({published.megabytes} MB).")
    with _workplace() as work:
        archive = fetch(published.address, published.sha256, work, tell)
        return _install(archive, name, published.language, work, tell)


def install_address(
    address: str, sha256: str | None, language: str, tell: Tell
) -> tuple[Path, Tried]:
    """Fetch, check, unpack and try a model from any server.

    Args:
        address: of a ZIP archive.
        sha256: its checksum.
        language: the language that the model hears.
        tell: shows lines about the progress.

    Raises:
        InputError: without a checksum, nobody would know what came.
    """
    load_language(language)
    name = _name_of(address)
    _require_new(name)
    if sha256 is None or not _SUM.fullmatch(sha256.lower()):
        raise InputError(
            f"{address}: say what is to come with --sha256 and its 64 hexadecimal digits. Whoever "
            "publishes the model tells them; a file that you trust has them from: sha256sum FILE"
        )
    tell(f"Fetching {address}.")
    with _workplace() as work:
        archive = fetch(address, sha256.lower(), work, tell)
        return _install(archive, name, language, work, tell)


def install_archive(
    archive: Path, sha256: str | None, language: str, tell: Tell
) -> tuple[Path, Tried]:
    """Unpack and try a model from an archive on this machine."""
    if sha256 is not None and not _SUM.fullmatch(sha256.lower()):
        raise InputError(
            f'--sha256 "{sha256}" is no checksum. It has 64 hexadecimal digits: sha256sum FILE.'
        )
    known = catalog.find(archive.name)
    name = known[0] if known is not None else _name_of(archive.name)
    _require_new(name)
    found = _sum_of(archive)
    published = None if known is None else known[1].sha256
    expected = published if sha256 is None else sha256.lower()
    if expected is not None and found != expected:
        raise InputError(
            f"{archive}: its checksum is {found}, and not {expected}, as "
            + ("you said." if sha256 else "that of Vosk's file of this name. Fetch it again.")
        )
    tell(f"{archive}: SHA-256 {found}" + (" as published." if known and not sha256 else "."))
    with _workplace() as work:
        return _install(archive, name, known[1].language if known else language, work, tell)


def use(folder: Path | None) -> None:
    """Write into the settings which model is to be used. Without a folder: the built-in one."""
    value = None if folder is None else str(folder.resolve())
    settings_file.choose(settings_path(), "model", value)


def remove(name: str, in_use: Path | None) -> bool:
    """Remove a model. Return whether it was in use; the built-in one is then.

    Raises:
        InputError: there is no such model.
        MachineError: it cannot be removed.
    """
    folder = installed().get(name)
    if folder is None:
        raise InputError(
            f'There is no model "{name}" to remove. Installed: {", ".join(installed()) or "none"}.'
        )
    used = in_use is not None and in_use.resolve() == folder.resolve()
    if used:
        use(None)
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise MachineError(f"{folder} cannot be removed: {reason(error)}.") from error
    return used


def _require_new(name: str) -> None:
    if name in installed():
        raise InputError(f'The model "{name}" is here already. Type: voice-guide model use {name}')
    if name == BUILT_IN:
        raise InputError(f'"{BUILT_IN}" is the model that comes with voice-guide.')


@contextmanager
def _workplace() -> Iterator[Path]:
    """Give a new folder beside the models, and clear up whatever comes; what was killed too."""
    parent = models_folder()
    try:
        private.make_folder(parent)
        lock = FileLock(parent / ".installing")
    except LockedError as error:
        raise MachineError(
            f"Another voice-guide installs a model just now{error.process}. Wait for it."
        ) from error
    except OSError as error:
        raise MachineError(f"{parent} cannot be written: {reason(error)}.") from error
    work = parent / _UNPACKED
    try:
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(mode=private.FOLDER)
        yield work
    except OSError as error:
        raise MachineError(f"{parent} cannot be written: {reason(error)}.") from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
        lock.release()


def _install(archive: Path, name: str, language: str, work: Path, tell: Tell) -> tuple[Path, Tried]:
    unpacked = work / "unpacked"
    unpack(archive, unpacked)
    inside = [unpacked, *(path for path in sorted(unpacked.iterdir()) if path.is_dir())]
    model = next((path for path in inside if _is_model(path)), unpacked)
    tell("Trying it.")
    tried = try_model(model, language)
    folder = models_folder() / name
    try:
        model.rename(folder)
    except OSError as error:
        raise MachineError(f"{folder} cannot be made: {reason(error)}.") from error
    return folder, tried


def _is_model(folder: Path) -> bool:
    return (folder / "am" / "final.mdl").is_file() or (folder / "final.mdl").is_file()


def _name_of(address: str) -> str:
    """Return the name under which the archive at an address or path is installed."""
    last = re.split(r"[/\\?#]", address.rstrip("/"))[-1].removesuffix(".zip")
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", last).strip("-.")
    if not name:
        raise InputError(f"{address}: there is no name in this. Rename the file.")
    return name[:100]


def _sum_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            digest = hashlib.sha256()
            while chunk := file.read(1 << 20):
                digest.update(chunk)
    except OSError as error:
        raise InputError(f"{path}: the archive cannot be read: {error.strerror}.") from error
    return digest.hexdigest()
