"""A home of the test's own, the built-in model as an archive, and a server that has it."""

import functools
import hashlib
import http.server
import threading
from pathlib import Path

import pytest
from packing import pack

from voice_guide import resources
from voice_guide.opening import BUILT_IN


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """No test sees the user's settings and models, or a proxy."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("no_proxy", "*")
    return tmp_path


@pytest.fixture(scope="session")
def built_in() -> Path:
    return resources.models_folder() / BUILT_IN


@pytest.fixture(scope="session")
def archive(built_in, tmp_path_factory) -> Path:
    """The built-in model, packed as Vosk packs its own."""
    path = tmp_path_factory.mktemp("published") / "vosk-model-own-en-1.0.zip"
    pack(built_in, path, "vosk-model-own-en-1.0")
    return path


@pytest.fixture(scope="session")
def checksum(archive) -> str:
    return hashlib.sha256(archive.read_bytes()).hexdigest()


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files; "cut/FILE" breaks off amid the file, "long/FILE" says that it never ends."""

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        for way in ("cut", "long"):
            if self.path.startswith(f"/{way}/"):
                self._odd(way, Path(self.directory, self.path.removeprefix(f"/{way}/")))
                return
        super().do_GET()

    def _odd(self, way: str, file: Path) -> None:
        self.send_response(200)
        size = file.stat().st_size if way == "cut" else 1 << 50
        self.send_header("Content-Length", str(size))
        self.end_headers()
        self.wfile.write(file.read_bytes()[: file.stat().st_size // 2])

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture(scope="session")
def server(archive):
    """A real server on this machine; ``asked`` has the paths that it was asked for."""
    handler = functools.partial(_Handler, directory=str(archive.parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.asked = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        server.address = f"http://127.0.0.1:{server.server_address[1]}"
        yield server
        server.shutdown()
