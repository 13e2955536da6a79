from pathlib import Path

import pytest

from models.builder.sphinx import SphinxModel, read_model


@pytest.fixture(scope="session")
def package() -> Path:
    """The English model that the package pocketsphinx carries."""
    pocketsphinx = pytest.importorskip(
        "pocketsphinx", reason="pocketsphinx, which the model is built from, is missing"
    )
    return Path(pocketsphinx.get_model_path()) / "en-us"


@pytest.fixture(scope="session")
def sphinx(package: Path) -> SphinxModel:
    return read_model(package / "en-us")
