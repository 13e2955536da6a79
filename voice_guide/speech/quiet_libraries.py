"""Bringing in libraries that would use the network, so that they do not."""

import importlib
import os
import socket
from typing import Any


def import_vosk() -> Any:
    """Return the ``vosk`` module.

    It imports ``requests`` to download models, which is never used here; and that opens a network
    socket to try whether there is IPv6. Being told that there is none, it does not.

    Raises:
        ImportError: the package or its library is missing.
        OSError: its library cannot be loaded.
    """
    has_ipv6, socket.has_ipv6 = socket.has_ipv6, False
    try:
        return importlib.import_module("vosk")
    finally:
        socket.has_ipv6 = has_ipv6


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
