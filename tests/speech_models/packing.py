"""Packs a model as it is published."""

import zipfile
from pathlib import Path


def pack(folder: Path, archive: Path, top: str, leave_out: str = "") -> None:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as packed:
        for file in sorted(folder.rglob("*")):
            name = file.relative_to(folder).as_posix()
            if file.is_file() and name != leave_out:
                packed.write(file, f"{top}/{name}")
