"""The mean of networks."""

from pathlib import Path

import numpy as np
import pytest

from models.training.average import average
from voice_guide.errors import InputError


def network(path: Path, weight: float, width: int = 2) -> Path:
    np.savez(path, weight=np.full((3, width), weight, np.float16), blocks=np.array(7))
    return path


def test_every_number_is_the_mean_and_what_counts_layers_stays(tmp_path: Path) -> None:
    average(
        [network(tmp_path / "a.npz", 1.0), network(tmp_path / "b.npz", 4.0)], tmp_path / "c.npz"
    )
    mean = np.load(tmp_path / "c.npz")
    assert mean["weight"].tolist() == [[2.5, 2.5]] * 3
    assert mean["weight"].dtype == np.float16
    assert mean["blocks"] == 7


def test_networks_of_other_layers_are_refused(tmp_path: Path) -> None:
    several = [network(tmp_path / "a.npz", 1.0), network(tmp_path / "b.npz", 1.0, width=5)]
    with pytest.raises(InputError, match=r"b\.npz"):
        average(several, tmp_path / "c.npz")


def test_a_file_that_is_missing_or_no_network_is_told(tmp_path: Path) -> None:
    no_network, torn = tmp_path / "text.npz", tmp_path / "torn.npz"
    no_network.write_bytes(b"no network")
    torn.write_bytes(network(tmp_path / "a.npz", 1.0).read_bytes()[:200])
    for wrong in (tmp_path / "missing.npz", no_network, torn):
        with pytest.raises(InputError, match="cannot be read"):
            average([wrong], tmp_path / "c.npz")
