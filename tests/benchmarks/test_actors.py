"""The files of the games: made up here, as ScummVM describes them."""

import struct
from pathlib import Path

import numpy as np
import pytest

from benchmarks.actors import clips
from voice_guide.errors import InputError


def line(turn: int, text: bytes) -> bytes:
    return struct.pack(">HHB", 0, turn, len(text)) + text


def dialogue() -> bytes:
    """One question of ours and an answer in two parts; it is the dialogue number 2."""
    ours = line(6, b"Will you stop?*03")
    ours += bytes(-(20 + 32 + 96 + len(ours)) % 4)
    theirs = line(6, b"Not now.*01Later!*02")
    begin = bytearray(20 + 32 + 96)
    struct.pack_into(">5h", begin, 20, 1, 0, 2, 1, 1)
    struct.pack_into(">H", begin, 20 + 22, 32 + 96 + len(ours))
    return bytes(begin) + ours + theirs + bytes(4)


def games(folder: Path) -> Path:
    files = {"A.DOG": dialogue(), "020006J1.SB": b"", "020006P2.SB": b"", "JOE00011.SB": b""}
    place, entries = 15 + 21 * len(files), b""
    for name, data in files.items():
        entries += struct.pack(">12sBII", name.encode(), 1, place, len(data))
        place += len(data)
    home = folder / "usr" / "share" / "scummvm"
    for name in ("flight-of-the-amazon-queen", "beneath-a-steel-sky", "drascula/en"):
        (home / name).mkdir(parents=True)
    queen = b"QTBLCEM10\0\0\0\1" + struct.pack(">H", len(files)) + entries
    (home / "flight-of-the-amazon-queen" / "queen.1c").write_bytes(queen + b"".join(files.values()))
    (home / "beneath-a-steel-sky" / "sky.dnr").write_bytes(bytes(4))
    (home / "beneath-a-steel-sky" / "sky.dsk").write_bytes(b"")
    (home / "drascula" / "en" / "7.ALS").write_bytes(bytes([128] * 64 + [192] * 11_025))
    return folder


def test_what_is_said_is_known_where_the_game_has_it(tmp_path: Path) -> None:
    told = {clip.name: clip.text for clip in clips(games(tmp_path))}
    assert told == {"020006J1": "will you stop", "020006P2": "later", "JOE00011": "", "7": ""}


def test_a_clip_is_sound_at_16_khz(tmp_path: Path) -> None:
    [clip] = [clip for clip in clips(games(tmp_path)) if clip.game == "drascula"]
    sound = clip.sound()
    assert len(sound) == 16_000
    assert np.median(sound) == pytest.approx(0.5, abs=0.01)


def test_a_folder_without_the_games_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="are not in"):
        clips(tmp_path)
