"""Opening a small ONNX network: one thread, no messages."""

from pathlib import Path
from typing import Any

from voice_guide.errors import MachineError
from voice_guide.speech.quiet_libraries import import_onnxruntime


def open_onnx(path: Path, name: str) -> Any:
    """Return an ``onnxruntime.InferenceSession``.

    Args:
        path: the network's file.
        name: what to call it in a message.

    Raises:
        MachineError: it is missing or cannot be loaded.
    """
    if not path.is_file():
        raise MachineError(f"The {name} is missing: {path}. Install voice_guide again.")
    try:
        onnxruntime = import_onnxruntime()  # slow
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        providers = ["CPUExecutionProvider"]
        return onnxruntime.InferenceSession(str(path), options, providers=providers)
    except Exception as error:
        raise MachineError(
            f"The {name} {path} cannot be loaded: {error}. "
            'Install voice_guide again with "pip install --force-reinstall onnxruntime".'
        ) from error
