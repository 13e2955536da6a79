"""Fetching an archive. The only module that uses the network, and only when it is called."""

import shutil
from collections.abc import Callable
from pathlib import Path

from voice_guide.errors import InputError, MachineError, reason

MOST_BYTES = 3_000_000_000
"""Bytes that are fetched at most."""

_TIMEOUT = (20.0, 60.0)
"""Seconds until a server has to be reached, and that it may be silent."""

_TOLD_EVERY = 0.1
"""The part of the whole after which the progress is told again."""

Tell = Callable[[str], None]


class _Progress:
    """What pooch tells about the progress goes here: it is passed on, and limits are kept."""

    def __init__(self, folder: Path, tell: Tell) -> None:
        self._folder = folder
        self._tell = tell
        self._total = self._done = 0
        self._told = 0.0

    @property
    def total(self) -> int:
        """The bytes of the whole, as the server says; 0 when it does not."""
        return self._total

    @total.setter
    def total(self, total: int) -> None:
        self._total = total
        self._check(total)
        free = shutil.disk_usage(self._folder).free
        if free < 4 * total:  # the archive, and what it unpacks to
            raise MachineError(
                f"There is no room for the model in {self._folder}: it needs about "
                f"{4 * total // 10**6} MB, and {free // 10**6} MB are free."
            )

    def update(self, count: int) -> None:
        """Take note of so many more bytes."""
        self._done += count
        self._check(self._done)
        share = min(1.0, self._done / self._total) if self._total else 0.0
        if share - self._told >= _TOLD_EVERY:
            self._told = share
            self._tell(f"  {share:.0%} of {self._total / 1e6:.0f} MB")

    def reset(self) -> None:
        """Begin to count anew: pooch does so at the end, to count the whole."""
        self._done = 0

    def close(self) -> None:
        """Do nothing: there is nothing to close."""

    def _check(self, count: int) -> None:
        if count > MOST_BYTES:
            raise InputError(f"This is no model: it is larger than {MOST_BYTES // 10**9} GB.")


def fetch(address: str, sha256: str, folder: Path, tell: Tell) -> Path:
    """Fetch an archive into a folder and check it. What is broken off leaves nothing behind.

    Raises:
        InputError: what came is not what the checksum stands for.
        MachineError: there is no way to the server, it does not have it, or the disk is full.
    """
    import pooch  # noqa: PLC0415 -- the network, and only here
    import requests  # noqa: PLC0415

    pooch.get_logger().setLevel("ERROR")
    progress = _Progress(folder, tell)
    try:
        fetched = pooch.retrieve(
            address,
            known_hash=f"sha256:{sha256}",
            fname="model.zip",
            path=folder,
            downloader=pooch.HTTPDownloader(progressbar=progress, timeout=_TIMEOUT),
        )
    except requests.HTTPError as error:
        raise MachineError(f"{address} cannot be fetched: {error}.{_by_hand(address)}") from error
    except requests.RequestException as error:
        raise MachineError(
            f"{address} cannot be reached. Is this machine online?{_by_hand(address)}"
        ) from error
    except ValueError as error:
        raise InputError(
            f"{address}: what came is not what was expected: its checksum is another. It was "
            "thrown away. Try again; if that does not help, somebody has changed it."
        ) from error
    except OSError as error:
        raise MachineError(f"{folder} cannot be written: {reason(error)}.") from error
    return Path(fetched)


def _by_hand(address: str) -> str:
    return (
        f"\nOn a machine that is, fetch {address}, copy the file here, "
        "and type: voice-guide model install FILE"
    )
