"""A script that was sent by somebody else: what it includes is looked at from outside."""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

PART = "format: 1\npart: A part\nsteps: [{name: Shake, say: Shake your hands., for: 5 s}]\n"
SECRET = "the-secret"
"""Part of the name of everything that no script may read."""


@pytest.fixture
def short():
    """A folder with a short name, as what is included has at most 80 characters."""
    with tempfile.TemporaryDirectory(prefix="vg") as path:
        yield Path(path)


@pytest.fixture
def folder(short):
    """The folder of the scripts, with ways out of it, beside one that is none of their business."""
    folder, outside = short / "scripts", short / SECRET
    for place in (folder / "parts", outside / "deep"):
        place.mkdir(parents=True)
    for name in ("part.yaml", "deep/part.yaml"):
        (outside / name).write_text(PART)
    (folder / "part.yaml").write_text(PART)
    (folder / "link.yaml").symlink_to(outside / "part.yaml")
    (folder / "relative.yaml").symlink_to(f"../{SECRET}/part.yaml")
    (folder / "second.yaml").symlink_to("link.yaml")
    (folder / "linked").symlink_to(outside)
    (folder / "parts" / "up.yaml").write_text(
        f"format: 1\npart: Up\nsteps: [{{include: ../../{SECRET}/part.yaml}}]\n"
    )
    (folder / "parts" / "linked").symlink_to(outside / "deep")
    return folder


def ways_out(folder):
    outside = folder.parent / SECRET
    return [
        f"../{SECRET}/part.yaml",
        f"./../{SECRET}/part.yaml",
        f"parts/../../{SECRET}/part.yaml",
        f"parts/./../..//{SECRET}/part.yaml",
        f"{outside}/part.yaml",
        f"//{outside}/part.yaml",
        f"file://{outside}/part.yaml",
        f"..\\\\{SECRET}\\\\part.yaml",
        f"~/../{SECRET}/part.yaml",
        f"$HOME/{SECRET}/part.yaml",
        f"%2e%2e/{SECRET}/part.yaml",
        f"../{SECRET}/part.yaml\\0.yaml",
        "link.yaml",
        "relative.yaml",
        "second.yaml",
        "linked/part.yaml",
        "linked/deep/../part.yaml",
        "parts/linked/part.yaml",
        "parts/up.yaml",
        f"/proc/self/cwd/../{SECRET}/part.yaml",
    ]


@pytest.mark.skipif(shutil.which("strace") is None, reason="not installed: strace")
def test_no_file_outside_its_folder_is_opened(folder):
    """The system calls are watched: not one way out is even opened, and a part inside is."""
    lines = "".join(f'  - include: "{way}"\n' for way in ways_out(folder))
    script = folder / "script.yaml"
    script.write_text(f"format: 1\ntitle: A\nsteps:\n{lines}  - include: part.yaml\n")
    trace = folder.parent / "trace"
    strace = ("strace", "-f", "-e", "trace=open,openat,openat2", "-o", trace)
    done = subprocess.run(
        [*strace, sys.executable, "-m", "voice_guide", "check", "script.yaml"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 1 and "Traceback" not in done.stderr
    places = re.findall(r"^(script|parts/up)\.yaml:(\d+):\d+: .*\[E\d", done.stdout, re.MULTILINE)
    refused = {int(line) for file, line in places if file == "script"}
    up = 4 + ways_out(folder).index("parts/up.yaml")  # refused where it is written, in the part
    assert refused == set(range(4, 4 + len(ways_out(folder)))) - {up}, done.stdout
    assert any(file == "parts/up" for file, _ in places)
    opened = trace.read_text()
    assert "part.yaml" in opened, "nothing was included at all"
    outside = [line for line in opened.splitlines() if SECRET in line and "ENOENT" not in line]
    assert outside == []
    for link in ("link.yaml", "relative.yaml", "second.yaml", "linked/"):
        assert f'{link}"' not in opened and f"/{link}" not in opened


@pytest.mark.parametrize("number", range(20))
def test_each_way_out_alone_is_refused_too(folder, number):
    from voice_guide.script.findings import ScriptError
    from voice_guide.script.loader import load_script

    way = ways_out(folder)[number]
    script = folder / "script.yaml"
    script.write_text(f'format: 1\ntitle: A\nsteps:\n  - include: "{way}"\n')
    with pytest.raises(ScriptError):
        load_script(script)
