"""Bringing in libraries that use the network, or are loud when interrupted: here they are not."""

import importlib
import os
import socket
from collections.abc import Callable
from typing import Any


def import_vosk() -> Any:
    """Return the ``vosk`` module.

    It imports ``requests`` to download models, which is never used here; and that opens a network
    socket to try whether there is IPv6. Being told that there is none, it does not. A model that
    is interrupted while it is loaded (Ctrl-C) has nothing to free, and would complain about that.

    Raises:
        ImportError: the package or its library is missing.
        OSError: its library cannot be loaded.
    """
    has_ipv6, socket.has_ipv6 = socket.has_ipv6, False
    try:
        vosk: Any = importlib.import_module("vosk")
    finally:
        socket.has_ipv6 = has_ipv6
    for kind in (vosk.Model, vosk.KaldiRecognizer):
        if kind.__del__.__module__ != __name__:
            kind.__del__ = _only_what_was_made(kind.__del__)
    return vosk


def _only_what_was_made(free: Callable[[Any], None]) -> Callable[[Any], None]:
    """Return what frees an object of vosk's, if it has got so far as to have anything to free."""

    def freed(made: Any) -> None:
        if "_handle" in vars(made):
            free(made)

    return freed


def import_onnxruntime() -> Any:
    """Return the ``onnxruntime`` module.

    From 1.29 on it tells its maker about the models that it opens, unless this variable is set
    before it is imported; on Windows it has to be told so as well.

    Raises:
        ImportError: the package or its library is missing.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    module = importlib.import_module("onnxruntime")
    module.disable_telemetry_events()
    return module
