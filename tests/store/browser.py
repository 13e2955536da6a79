"""A headless Chromium, driven through the WebDriver protocol."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any


def axe() -> str:
    """Return the JavaScript of axe-core, which finds what makes a page hard to use."""
    return (resources.files("axe_core_python") / "axe.min.js").read_text("utf-8")


def missing_parts() -> str | None:
    """Return what this machine lacks for a browser, in words, or None."""
    lacking = [name for name in ("chromium", "chromedriver") if not shutil.which(name)]
    if lacking:
        return f"not installed: {', '.join(lacking)} (apt-get install chromium chromium-driver)"
    return None


_ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",  # it refuses to run as root otherwise
    "--disable-dev-shm-usage",
    "--disable-gpu",
    # What a browser tells its maker by itself:
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)


class Browser:
    """A window of the browser."""

    def __init__(self, address: str, session: str) -> None:
        self._base = f"{address}/session/{session}"

    def ask(self, method: str, path: str, **body: Any) -> Any:
        return _ask(method, self._base + path, body if method == "POST" else None)

    def open(self, page: Path) -> None:
        self.ask("POST", "/url", url=page.as_uri())

    def run(self, script: str, *arguments: Any) -> Any:
        """Run JavaScript in the page and return what it returns."""
        return self.ask("POST", "/execute/sync", script=script, args=list(arguments))

    def wait_for(self, script: str, *arguments: Any) -> Any:
        """Run JavaScript that calls its last argument with the result."""
        return self.ask("POST", "/execute/async", script=script, args=list(arguments))

    def resize(self, width: int, height: int) -> None:
        """Show the page as on a screen of this many CSS pixels."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 2, "mobile": True}
        command = "Emulation.setDeviceMetricsOverride"
        self.ask("POST", "/goog/cdp/execute", cmd=command, params=metrics)

    def console(self) -> list[str]:
        """Return what the page has complained about since it was asked last."""
        return [entry["message"] for entry in self.ask("POST", "/se/log", type="browser")]


@contextlib.contextmanager
def browser(folder: Path) -> Iterator[Browser]:
    """Give a running browser whose files are in a folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    driver = subprocess.Popen(
        ["chromedriver", f"--port={port}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"HOME": str(folder)},
    )
    address = f"http://127.0.0.1:{port}"
    options = {
        "args": list(_ARGUMENTS),
        "binary": shutil.which("chromium"),
    }
    wanted = {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
    try:
        _wait_until_up(address)
        made = _ask("POST", f"{address}/session", {"capabilities": {"alwaysMatch": wanted}})
        window = Browser(address, made["sessionId"])
        yield window
        window.ask("DELETE", "")
    finally:
        driver.terminate()
        driver.wait()


def _wait_until_up(address: str) -> None:
    for _ in range(100):
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            if _ask("GET", f"{address}/status", None)["ready"]:
                return
        time.sleep(0.1)
    raise RuntimeError("chromedriver does not start")


def _ask(method: str, address: str, body: dict[str, Any] | None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, data, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]
    except urllib.error.HTTPError as error:
        raise RuntimeError(error.read().decode()[:500]) from error
