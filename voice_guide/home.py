"""Paths that begin with "~"."""

from pathlib import Path


def from_home(path: Path) -> Path:
    """Return a path with the home folder for "~"; as it is where there is no such user."""
    try:
        return path.expanduser()
    except RuntimeError:
        return path
