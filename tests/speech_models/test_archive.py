"""Archives that were made to do harm are not unpacked."""

import contextlib
import shutil
import stat
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voice_guide.errors import InputError, MachineError
from voice_guide.speech_models import archive as archives
from voice_guide.speech_models.archive import unpack


@pytest.fixture
def packed(tmp_path):
    """Make an archive of entries, given as (name, data) or (ZipInfo, data)."""

    def make(*entries, compression=zipfile.ZIP_DEFLATED) -> Path:
        path = tmp_path / "model.zip"
        with zipfile.ZipFile(path, "w", compression) as archive:
            for name, data in entries:
                archive.writestr(name, data)
        return path

    return make


def special(name: str, kind: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.external_attr = (kind | 0o777) << 16
    return entry


def refuses(path: Path, tmp_path: Path, why: str) -> None:
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(InputError, match=why):
        unpack(path, tmp_path / "out")
    assert sorted(tmp_path.rglob("*")) == before, "something was unpacked"


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "model/../../evil",
        "/etc/evil",
        "//evil",
        "model/..",
        "..",
    ],
)
def test_nothing_outside_its_folder(packed, tmp_path, name):
    refuses(packed(("model/fine", b"x"), (name, b"x")), tmp_path, "outside its folder")


@pytest.mark.parametrize(
    "name",
    ["model\\evil", "C:evil", "C:\\evil", "con", "model/aux.txt", "a/b. ", "a\x01b", "x" * 300],
)
def test_no_names_that_mean_something_else_on_another_system(packed, tmp_path, name):
    refuses(packed((name, b"x")), tmp_path, "not every system")


@pytest.mark.parametrize(
    "kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFIFO, stat.S_IFSOCK]
)
def test_no_links_and_no_devices(packed, tmp_path, kind):
    refuses(packed((special("model/link", kind), b"/etc/passwd")), tmp_path, "a link or a device")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_no_name_twice_also_in_other_letters(packed, tmp_path):
    refuses(packed(("a/B", b"1"), ("A/b", b"2")), tmp_path, "twice")
    refuses(packed(("a", b"1"), ("a", b"2")), tmp_path, "twice")
    refuses(packed(("a", b"1"), ("a/b", b"2")), tmp_path, "a folder too")
    refuses(packed(("a/b", b"1"), ("a", b"2")), tmp_path, "twice")


def test_no_more_files_than_a_model_has(packed, tmp_path):
    many = [(f"model/{number}", b"") for number in range(archives.MOST_FILES + 1)]
    refuses(packed(*many), tmp_path, "files in it")


def test_no_bomb(packed, tmp_path, monkeypatch):
    zeros = bytes(50_000_000)
    refuses(packed(("model/zeros", zeros)), tmp_path, "packed beyond belief")
    monkeypatch.setattr(archives, "MOST_BYTES", 1_000_000)
    refuses(packed(("model/zeros", zeros)), tmp_path, "unpacks to more")


def test_a_file_that_is_larger_than_it_says_is_not_unpacked_to_its_end(packed, tmp_path):
    path = packed(("model/file", bytes(range(256)) * 4000), compression=zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<L", data, at + 24, 1000)  # the uncompressed size
    path.write_bytes(data)
    with pytest.raises(InputError):
        unpack(path, tmp_path / "out")
    written = [file.stat().st_size for file in (tmp_path / "out").rglob("*") if file.is_file()]
    assert sum(written) <= 1000


def test_no_room_is_said_before_anything_is_unpacked(packed, tmp_path, monkeypatch):
    little = shutil.disk_usage("/")._replace(free=5)
    monkeypatch.setattr(archives.shutil, "disk_usage", lambda _: little)
    with pytest.raises(MachineError, match="There is no room"):
        unpack(packed(("model/file", b"more than five bytes")), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_rights_and_owners_of_an_archive_are_not_taken_over(packed, tmp_path):
    entry = zipfile.ZipInfo("model/run")
    entry.external_attr = (stat.S_IFREG | stat.S_ISUID | 0o777) << 16
    unpack(packed((entry, b"#!/bin/sh\n")), tmp_path / "out")
    assert stat.S_IMODE((tmp_path / "out/model/run").stat().st_mode) == 0o600


@pytest.mark.parametrize("data", [b"", b"no archive", b"PK\x03\x04" + bytes(100)])
def test_what_is_no_archive_is_a_sentence(tmp_path, data):
    path = tmp_path / "model.zip"
    path.write_bytes(data)
    refuses(path, tmp_path, "no ZIP archive")


def test_a_password_is_a_sentence(packed, tmp_path):
    path = packed(("model/file", b"secret"))
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.index(mark)
        data[at + offset] |= 1
    path.write_bytes(data)
    refuses(path, tmp_path, "password")


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_a_damaged_archive_is_unpacked_right_or_refused(tmp_path_factory, data):
    """Any bytes may be changed: no other error, and nothing outside the folder."""
    folder = tmp_path_factory.mktemp("damaged")
    path = folder / "model.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("model/am/final.mdl", bytes(range(256)) * 4)
        archive.writestr("model/conf/model.conf", b"--sample-frequency=16000\n" * 9)
    raw = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(raw)
    with contextlib.suppress(InputError, MachineError):
        unpack(path, folder / "out")
    assert {entry.name for entry in folder.iterdir()} <= {"model.zip", "out"}
