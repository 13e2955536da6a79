"""Finding espeak-ng and loading it under pyttsx3, without ever ending the process."""

import atexit
import ctypes
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from voice_guide.errors import MachineError

ENGINE_LOCK = threading.RLock()
"""Held by whoever speaks through pyttsx3: its engines are one per process, not one per thread."""

INSTALL = (
    "Type: pip install espeakng-loader. Or install espeak-ng from the system: "
    "sudo apt install espeak-ng (Debian, Ubuntu), brew install espeak-ng (macOS)."
)

_LONGEST_PATH = 159
"""Bytes of the data folder's path that espeak-ng can hold."""

_DONT_EXIT = 0x8000  # espeakINITIALIZE_DONT_EXIT of espeak-ng's speak_lib.h

_SYSTEM_LIBRARIES = {
    "linux": ("libespeak-ng.so.1", "/usr/local/lib/libespeak-ng.so.1"),
    "darwin": (
        "/opt/homebrew/lib/libespeak-ng.1.dylib",
        "/usr/local/lib/libespeak-ng.1.dylib",
    ),
    "win32": (
        r"C:\Program Files\eSpeak NG\libespeak-ng.dll",
        r"C:\Program Files (x86)\eSpeak NG\libespeak-ng.dll",
    ),
}
_SYSTEM_DATA = {
    "linux": ("/usr/lib/*-linux-*", "/usr/lib", "/usr/lib64", "/usr/share", "/usr/local/share"),
    "darwin": ("/opt/homebrew/share", "/usr/local/share"),
    "win32": (r"C:\Program Files\eSpeak NG", r"C:\Program Files (x86)\eSpeak NG"),
}


@dataclass(frozen=True)
class Espeak:
    """espeak-ng, loaded and initialised."""

    binding: Any
    """pyttsx3's own binding, ``pyttsx3.drivers._espeak``."""

    engine: Any
    """pyttsx3's engine. It must live as long as the binding is used."""

    data: Path
    """The folder of espeak-ng's data."""

    version: str
    """Such as ``1.52.0``."""

    rate: int
    """Samples per second of what it renders."""


@lru_cache(maxsize=1)
def load_espeak() -> Espeak:
    """Return espeak-ng, loaded once per process.

    The Python package espeakng-loader is taken where it is installed, else the system's library.

    Raises:
        MachineError: no espeak-ng can be loaded; the message says what to install.
    """
    with ENGINE_LOCK:
        library, data = _find_espeak()
        os.environ["ESPEAK_DATA_PATH"] = str(_short_path(data))
        try:
            with _loading(library):
                binding: Any = import_module("pyttsx3.drivers._espeak")
            with _initialising(binding):
                engine = import_module("pyttsx3").init("espeak")
            binding.Synth = _synth_of_its_length(binding)
            version = binding.Info(None).decode("ascii", "replace").split()[0]
            rate = int(binding.dll.espeak_ng_GetSampleRate())
        except (ImportError, RuntimeError, ValueError, OSError, AttributeError) as error:
            raise MachineError(
                f"espeak-ng cannot be started with its data in {data}: {error}. {INSTALL}"
            ) from error
        return Espeak(binding, engine, data, version, rate)


def _find_espeak() -> tuple[ctypes.CDLL, Path]:
    """Return the library, loaded, and the folder of its data."""
    problems = []
    for path, folders in _candidates():
        try:
            library = ctypes.CDLL(path, mode=ctypes.RTLD_GLOBAL)
        except OSError as error:
            problems.append(str(error))
            continue
        # Without its data espeak-ng ends the process, so the folder is looked at first.
        for folder in folders:
            if (folder / "phontab").is_file():
                return library, folder
        problems.append(f"{path} has no data folder")
    raise MachineError(
        f"No narrator's voice: espeak-ng is missing ({'; '.join(problems)}). {INSTALL}"
    )


def _candidates() -> Iterator[tuple[str, list[Path]]]:
    try:
        loader = import_module("espeakng_loader")
        yield loader.get_library_path(), [Path(loader.get_data_path())]
    except (ImportError, RuntimeError):
        pass
    platform = sys.platform if sys.platform in _SYSTEM_LIBRARIES else "linux"
    folders = []
    for place in _SYSTEM_DATA[platform]:
        root = Path(place).anchor
        folders += sorted(Path(root).glob(f"{Path(place).relative_to(root)}/espeak-ng-data"))
    for path in _SYSTEM_LIBRARIES[platform]:
        yield path, folders


def _short_path(folder: Path) -> Path:
    """Return a path to a folder that is short enough for espeak-ng, for as long as we run."""
    if len(os.fsencode(folder)) <= _LONGEST_PATH:
        return folder
    place = Path(tempfile.mkdtemp(prefix="voice-guide-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    link = place / "data"
    try:
        link.symlink_to(folder.absolute(), target_is_directory=True)
    except OSError:  # Windows, without the right to make links: espeak-ng will say that it fails
        return folder
    return link


@contextmanager
def _loading(library: ctypes.CDLL) -> Iterator[None]:
    """Let pyttsx3's binding load this library.

    The binding asks ``cdll.LoadLibrary`` for a list of fixed paths and takes the first that
    loads. While it is imported, every path that names espeak gives the library found here.
    """
    loader = ctypes.cdll
    original = loader.LoadLibrary

    def load(name: str) -> ctypes.CDLL:
        return library if "espeak" in str(name).lower() else original(name)

    loader.LoadLibrary = load  # type: ignore[method-assign]
    try:
        yield
    finally:
        del loader.LoadLibrary  # uncovers the class's own method again


def _synth_of_its_length(binding: Any) -> Callable[..., int]:
    """Return the binding's ``Synth``, which tells espeak-ng how long a text is.

    Its own tells ten times that, and espeak-ng copies so much: what lies behind the text, and where
    nothing lies there the process dies of a segmentation fault. (pyttsx3 2.99.)
    """

    def synth(text: str | bytes, *, flags: int = 0) -> int:
        told = text.encode() if isinstance(text, str) else text
        end = len(told) + 1  # with the zero byte that ends it
        return int(binding.cSynth(told, end, 0, binding.POS_CHARACTER, 0, flags, None, None))

    return synth


@contextmanager
def _initialising(binding: Any) -> Iterator[None]:
    """Let pyttsx3's driver initialise espeak-ng so that bad data is an error and not an exit.

    espeak-ng ends the process when its data do not fit, unless an option asks it not to. The
    driver does not pass the option, and initialising twice hangs: so it is added on the way.
    """
    original = binding.Initialize
    binding.Initialize = lambda output, length: original(output, length, None, _DONT_EXIT)
    try:
        yield
    finally:
        binding.Initialize = original
