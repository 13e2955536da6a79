"""A made-up machine to try the launchers on: a checkout and a PATH with only what it is given."""

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_TOOLS = (
    *("sh", "cat", "cksum", "cp", "dirname", "env", "id", "mkdir", "mv", "readlink", "rm"),
    *("sleep", "tail", "touch", "uname"),
)

# Answers what the launchers ask of python3: its version, PortAudio, a venv, pip, and the checks.
_PYTHON = """#!/bin/sh
case "$*" in
*version_info*) echo "${FAKE_PYTHON:-ok 3.11} ${FAKE_PYTHON_PATH:-$0}" ;;
*find_library*) [ -z "$FAKE_NO_PORTAUDIO" ] ;;
"-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
"-m pip install "*)
    echo "pip $*" >>"$FAKE_LOG"
    sleep "${FAKE_PIP_SECONDS:-0}"
    [ -z "$FAKE_KILLED" ] || { kill -9 "$(cat "${0%/.venv/*}/.venv-lock/pid")"; exit 1; }
    [ -z "$FAKE_PIP_FAILS" ] || { echo "no route to host"; exit 1; }
    echo "pip talks" && echo "pip warns" >&2
    cp "$FAKE_LOG.voice-guide" "${0%/*}/voice-guide" ;;
"-m "*)
    echo "$*" >>"$FAKE_LOG"
    case "$*" in *"${FAKE_CHECK_FAILS:-nothing}"*) exit "${FAKE_CHECK_CODE:-0}" ;; esac ;;
esac
"""
_VOICE_GUIDE = """#!/bin/sh
echo "in $(pwd -P)"
for argument in "$@"; do echo "[$argument]"; done
"""
_LOGS_ITSELF = """#!/bin/sh
echo "${0##*/} $*" >>"$FAKE_LOG"
"""


class Machine:
    """A checkout in `folder`/`name` and a PATH on which there is nothing but plain tools.

    Attributes:
        checkout: the folder with play and test in it.
        environment: more environment variables for what is run.
    """

    def __init__(self, folder: Path, name: str = "voice_guide") -> None:
        self.checkout = folder / name
        self._bin = folder / "bin"
        self._log = folder / "log"
        self.environment: dict[str, str] = {}
        self.checkout.mkdir()
        self._bin.mkdir()
        for file in ("play", "test", ".bootstrap.sh", "pyproject.toml"):
            shutil.copy(ROOT / file, self.checkout)
        for tool in _TOOLS:
            self._bin.joinpath(tool).symlink_to(shutil.which(tool) or f"/bin/{tool}")
        self.add("uname", "#!/bin/sh\necho Linux\n")
        voice_guide = self._log.with_name("log.voice-guide")
        voice_guide.write_text(_VOICE_GUIDE)
        voice_guide.chmod(0o755)

    def add(self, name: str, text: str = _LOGS_ITSELF) -> None:
        """Put a program on the PATH; without `text` it only logs how it was called."""
        self._bin.joinpath(name).unlink(missing_ok=True)
        self._bin.joinpath(name).write_text(text)
        self._bin.joinpath(name).chmod(0o755)

    def add_python(self, name: str = "python3") -> None:
        """Put a Python on the PATH, new enough and complete unless the environment says not."""
        self.add(name, _PYTHON)

    def become(self, user: int) -> None:
        """Run as this user id; 0 is root."""
        self.add("id", f"#!/bin/sh\necho {user}\n")

    def start(self, *command: str | Path, cwd: Path | None = None) -> subprocess.Popen[str]:
        """Start a command line on this machine, with no terminal and no input."""
        return subprocess.Popen(
            [str(part) for part in command],
            cwd=cwd or self.checkout,
            env={"PATH": str(self._bin), "HOME": "/nowhere", "FAKE_LOG": str(self._log)}
            | self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(
        self, *command: str | Path, cwd: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a command line on this machine to its end."""
        process = self.start(*command, cwd=cwd)
        output, messages = process.communicate(timeout=30)
        return subprocess.CompletedProcess(command, process.returncode, output, messages)

    def play(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run ./play in the checkout."""
        return self.run("./play", *arguments)

    def calls(self) -> list[str]:
        """Return how the logging programs were called since this was last asked, in order."""
        lines = self._log.read_text().splitlines() if self._log.exists() else []
        self._log.write_text("")
        return lines
