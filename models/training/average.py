"""The mean of networks with one start: python -m models.training.average A B --save C."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from voice_guide.errors import InputError


def average(networks: Sequence[Path], save: Path) -> None:
    """Write the mean of all numbers of some networks.

    Args:
        networks: files that ``--save`` of ``models.training`` wrote, from runs with the same start.
        save: where to.

    Raises:
        InputError: one cannot be read, or they have not the same layers.
    """
    try:
        opened = [dict(np.load(network)) for network in networks]
    except (OSError, ValueError, BadZipFile) as error:
        raise InputError(f"A network cannot be read: {error}") from error
    shapes = [{name: array.shape for name, array in network.items()} for network in opened]
    if any(shape != shapes[0] for shape in shapes):
        names = ", ".join(map(str, networks))
        raise InputError(f"These networks have not the same layers: {names}.")
    mean = {}
    for name, first in opened[0].items():
        every = np.stack([network[name] for network in opened])
        floats = np.issubdtype(first.dtype, np.floating)
        mean[name] = every.mean(0, dtype=np.float64).astype(first.dtype) if floats else first
    np.savez_compressed(save, allow_pickle=False, **mean)


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("networks", nargs="+", type=Path, help="two or more, .npz")
    parser.add_argument("--save", type=Path, required=True, help="write the mean to this file")
    arguments = parser.parse_args()
    try:
        average(arguments.networks, arguments.save)
    except InputError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
