"""People who talk, much of it: the actors of three old games that Debian packages.

    apt-get download flight-of-the-amazon-queen beneath-a-steel-sky drascula
    for each: dpkg -x PACKAGE FOLDER

They may be passed on for nothing, but not sold, so they are for measuring only: nothing is trained
on them. How the files are laid out is told by ScummVM (engines/queen, sky and drascula).
"""

import io
import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import soundfile
import soxr

from benchmarks.propack import unpacked
from voice_guide.audio.format import RATE, Samples
from voice_guide.errors import InputError

_OLD_RATE = 11_025

_QUEEN, _SKY, _DRASCULA = "flight-of-the-amazon-queen", "beneath-a-steel-sky", "drascula"

_SKY_SPEECH = range(50_000, 56_000)
_SKY_ENTRY, _SKY_HEADER = 8, 22
_DRASCULA_HEADER = 64

_DIALOGUE = ".DOG"
_QUEEN_ENTRY = struct.Struct(">12sBII")
_BEGINS, _LEVEL = 20, 96
"""Bytes before a dialogue's own, and those of each level of questions."""


@dataclass(frozen=True)
class Clip:
    """What somebody says, one to four sentences."""

    game: str
    name: str
    text: str
    """What is said, in lower case, where that could be found out; otherwise empty."""

    sound: Callable[[], Samples]
    """Mono at 16 kHz, shape (n,)."""


def clips(folder: Path) -> list[Clip]:
    """Return all that is said in the games, 7.3 hours.

    Args:
        folder: where the packages were unpacked.

    Raises:
        InputError: they are not there.
    """
    games = folder / "usr" / "share" / "scummvm"
    try:
        return [*_queen(games / _QUEEN), *_sky(games / _SKY), *_drascula(games / _DRASCULA / "en")]
    except (OSError, struct.error) as error:
        raise InputError(f"The games of Debian are not in {folder}: {error}") from error


def _queen(folder: Path) -> Iterator[Clip]:
    data = (folder / "queen.1c").read_bytes()
    (many,) = struct.unpack_from(">H", data, 13)
    files = {}
    for place in range(many):
        name, _, begin, size = _QUEEN_ENTRY.unpack_from(data, 15 + place * _QUEEN_ENTRY.size)
        files[name.split(b"\0")[0].decode("latin1")] = data[begin : begin + size]
    texts: dict[str, str] = {}
    for name, dialogue in files.items():
        if name.endswith(_DIALOGUE):
            texts |= _said(dialogue)
    for name, mp3 in files.items():
        if name.endswith(".SB"):
            stem = name.removesuffix(".SB")
            yield Clip(_QUEEN, stem, texts.get(stem, ""), partial(_of_mp3, mp3))


def _said(dialogue: bytes) -> Iterator[tuple[str, str]]:
    """Yield the name of each recording of a dialogue, and what is said there."""
    levels, _, number, ours, theirs = struct.unpack_from(">5h", dialogue, _BEGINS)
    (their_place,) = struct.unpack_from(">H", dialogue, _BEGINS + 22)
    for who, place, many in (
        ("J", 32 + _LEVEL * abs(levels), ours),
        ("P", their_place, theirs),
    ):
        for turn, text in _lines(dialogue, _BEGINS + place, many):
            parts = [part.strip() for part in re.split(r"\*(?:[0-9A-Z]{2})?", text)]
            for part, said in enumerate(filter(None, parts), start=1):
                yield f"{number:02d}{turn:04X}{who}{part:X}", " ".join(_words(said))


def _lines(dialogue: bytes, place: int, many: int) -> Iterator[tuple[int, str]]:
    """Yield the number and text of each line. Texts that are not empty fill up four bytes."""
    for _ in range(many):
        _, turn, length = struct.unpack_from(">HHB", dialogue, place)
        begin = place + 5
        place = begin + length
        yield turn, dialogue[begin:place].decode("latin1")
        if length:
            place += -place % 4


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z']+", text.lower())


def _sky(folder: Path) -> Iterator[Clip]:
    entries = (folder / "sky.dnr").read_bytes()[4:]
    disk = (folder / "sky.dsk").read_bytes()
    for place in range(0, len(entries) - _SKY_ENTRY + 1, _SKY_ENTRY):
        number, low, high = struct.unpack_from("<HHB", entries, place)
        (size,) = struct.unpack("<I", entries[place + 5 : place + 8] + b"\0")
        begin = low | high << 16
        if begin >> 23:
            begin = (begin & 0x7FFFFF) << 4
        if number in _SKY_SPEECH:
            packed = disk[begin + _SKY_HEADER : begin + (size & 0x3FFFFF)]
            yield Clip(_SKY, str(number), "", partial(_of_packed, packed))


def _drascula(folder: Path) -> Iterator[Clip]:
    for file in sorted(folder.glob("*.ALS")):
        yield Clip(_DRASCULA, file.stem, "", partial(_of_file, file))


def _of_mp3(data: bytes) -> Samples:
    sound, rate = soundfile.read(io.BytesIO(data), dtype="float32")
    return np.asarray(soxr.resample(sound, rate, RATE), np.float32)


def _of_packed(data: bytes) -> Samples:
    return _of_bytes(unpacked(data))


def _of_file(file: Path) -> Samples:
    return _of_bytes(file.read_bytes()[_DRASCULA_HEADER:])


def _of_bytes(data: bytes) -> Samples:
    """Return sound of eight bits without a sign."""
    sound = (np.frombuffer(data, np.uint8).astype(np.float32) - 128) / 128
    return np.asarray(soxr.resample(sound, _OLD_RATE, RATE), np.float32)
