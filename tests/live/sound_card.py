"""A virtual sound card: a private PulseAudio with a loudspeaker and a microphone of its own.

Programs that it is handed to (see `SoundCard.environment`) find it as PortAudio's device "pulse",
which is also their default. The loudspeaker is a null sink that is recorded all the while; the
microphone hears the sink "room", into which a person's WAV is played. Another microphone, the
device "elsewhere", hears another room, where all is silent. Nothing reaches real sound
hardware or the user's own sound server.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import wave
from pathlib import Path
from typing import IO

import numpy as np
from recording import RATE, Recording

_START_SECONDS = 15.0
_SERVER_OPTIONS = (
    "-n",
    "--daemonize=no",
    "--use-pid-file=no",
    "--exit-idle-time=-1",
    "--disallow-exit",
    "--realtime=no",
    "--high-priority=no",
    "--log-target=stderr",
)
_RECORD_OPTIONS = (f"--rate={RATE}", "--channels=1", "--format=s16le", "--raw", "--latency-msec=20")
_SETTINGS = """\
load-module module-native-protocol-unix socket={socket} auth-anonymous=1
load-module module-null-sink sink_name=speaker rate=48000 channels=2 norewinds=1
load-module module-null-sink sink_name=room rate=48000 channels=1 channel_map=mono norewinds=1
load-module module-null-sink sink_name=elsewhere rate=48000 channels=1 norewinds=1
load-module module-remap-source source_name=mic master=room.monitor
set-default-sink speaker
set-default-source mic
"""
_ALSA = """\
pcm.!default {{ type pulse server {server} }}
ctl.!default {{ type pulse }}
pcm.elsewhere {{ type pulse server {server} device elsewhere.monitor }}
"""


def missing_parts() -> str | None:
    """Return what this machine lacks for a virtual sound card, in words, or None."""
    if sys.platform != "linux":
        return "a virtual sound card is made on Linux only"
    tools = [tool for tool in ("pulseaudio", "pactl", "pacat", "parec") if not shutil.which(tool)]
    if tools:
        return f"not installed: {', '.join(tools)} (apt-get install pulseaudio pulseaudio-utils)"
    folders = ("/usr/lib", "/usr/lib64")
    if not any(Path(f).glob("**/alsa-lib/libasound_module_pcm_pulse.so") for f in folders):
        return "not installed: ALSA's pulse plug-in (apt-get install libasound2-plugins)"
    return None


class SoundCard:
    """A private PulseAudio; use it as a context manager.

    Attributes:
        environment: environment variables for a program that is to use this card.
        loudspeaker: what programs play, recorded.
        microphone: what programs hear, recorded.
    """

    loudspeaker: Recording
    microphone: Recording

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="vg-", dir="/tmp"))  # sockets want short paths
        self._processes: list[subprocess.Popen[bytes]] = []
        self._recordings: list[Recording] = []
        self._began = time.monotonic()
        server = f"unix:{self._folder / 'native'}"
        self.environment = {
            name: value
            for name, value in os.environ.items()
            if name not in {"DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY"}
            and not name.startswith(("PULSE_", "XDG_", "ALSA_"))
        } | {
            "HOME": str(self._folder),
            "XDG_RUNTIME_DIR": str(self._folder),
            "PULSE_SERVER": server,
            "PULSE_COOKIE": str(self._folder / "cookie"),
            "PULSE_SINK": "speaker",
            "PULSE_SOURCE": "mic",
        }
        (self._folder / "rig.pa").write_text(_SETTINGS.format(socket=self._folder / "native"))
        (self._folder / ".asoundrc").write_text(_ALSA.format(server=server))

    def __enter__(self) -> SoundCard:
        try:
            self._start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _start(self) -> None:
        with (self._folder / "log").open("wb") as log:
            server = self._spawn(
                ["pulseaudio", *_SERVER_OPTIONS, "-F", str(self._folder / "rig.pa")],
                stderr=log,
            )
        deadline = time.monotonic() + _START_SECONDS
        while not self._answers():
            if server.poll() is not None or time.monotonic() > deadline:
                tail = (self._folder / "log").read_text(errors="replace")[-2000:]
                raise RuntimeError(f"pulseaudio did not start:\n{tail}")
            time.sleep(0.05)
        self._began = time.monotonic()
        self.loudspeaker = self._record("speaker.monitor")
        self.microphone = self._record("mic")
        self.loudspeaker.wait_until(0.2)
        self.microphone.wait_until(0.2)

    def _answers(self) -> bool:
        if not (self._folder / "native").exists():
            return False
        listing = self._pactl("list", "short", "sources", check=False)
        return "speaker.monitor" in listing and "\tmic\t" in listing

    def _spawn(
        self, command: list[str], *, stderr: IO[bytes] | int = subprocess.DEVNULL
    ) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if command[0] == "parec" else subprocess.DEVNULL,
            stderr=stderr,
        )
        self._processes.append(process)
        return process

    def _pactl(self, *arguments: str, check: bool = True) -> str:
        return subprocess.run(
            ["pactl", *arguments],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=check,
            timeout=10,
        ).stdout

    def _record(self, source: str) -> Recording:
        process = self._spawn(["parec", f"--device={source}", *_RECORD_OPTIONS])
        recording = Recording(process, self._began)
        self._recordings.append(recording)
        return recording

    def now(self) -> float:
        """Return the seconds since the card began to record."""
        return time.monotonic() - self._began

    def say(self, wav: Path) -> subprocess.Popen[bytes]:
        """Begin to play a WAV file into the room that the microphone hears.

        Returns:
            the playing process; `wait(timeout)` on it returns once the file is played.
        """
        return self._spawn(["pacat", "--file-format=wav", "--device=room", str(wav)])

    def let_the_room_hum(self, level_db: float = -70.0, seconds: float = 120.0) -> None:
        """Fill the room with faint noise, as every real room has; without it all is digital zero.

        Args:
            level_db: RMS, dB re full scale.
            seconds: how long.
        """
        noise = np.random.default_rng(1).standard_normal(round(seconds * RATE))
        path = self._folder / "hum.wav"
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes((noise * 32768 * 10 ** (level_db / 20)).astype("<i2").tobytes())
        self.say(path)

    def mute_microphone(self, muted: bool) -> None:
        """Mute the microphone, as a key on the keyboard does: it delivers digital zero."""
        self._pactl("set-source-mute", "mic", str(int(muted)))

    def stop_microphone(self, stopped: bool) -> None:
        """Let the microphone deliver nothing any more, as one that is unplugged."""
        self._pactl("suspend-source", "mic", str(int(stopped)))

    def stop_loudspeaker(self, stopped: bool) -> None:
        """Let the loudspeaker take nothing any more, as one that is unplugged."""
        self._pactl("suspend-sink", "speaker", str(int(stopped)))

    def hang(self, hanging: bool) -> None:
        """Let the sound server do nothing any more, or go on."""
        self._processes[0].send_signal(signal.SIGSTOP if hanging else signal.SIGCONT)

    def die(self) -> None:
        """Let the sound server die, for good."""
        self._processes[0].kill()

    def let_microphone_hear_loudspeaker(self, gain_db: float, delay: float = 0.05) -> None:
        """Open the acoustic path from the loudspeaker to the microphone.

        Args:
            gain_db: level of what arrives, dB relative to what is played; not above 0.
            delay: seconds on the way, approximately; at least 0.02.
        """
        module = self._pactl(
            "load-module",
            "module-loopback",
            "source=speaker.monitor",
            "sink=room",
            f"latency_msec={round(delay * 1000)}",
            # It would turn its sample rate by up to 1 % to come near that delay: 10,000 ppm, an
            # echo path that no room has.
            "adjust_time=0",
            "source_dont_move=true",
            "sink_dont_move=true",
        ).strip()
        for line in self._pactl("list", "sink-inputs").split("Sink Input #")[1:]:
            if f"Owner Module: {module}\n" in line:
                number = line.split(maxsplit=1)[0]
                self._pactl("set-sink-input-volume", number, f"{gain_db}dB")
                return
        raise RuntimeError("the loopback from the loudspeaker to the room did not come up")

    def close(self) -> None:
        """End the processes that were started here, and remove the folder."""
        for process in reversed(self._processes):
            process.terminate()
        for process in reversed(self._processes):
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for recording in self._recordings:
            recording.close()
        shutil.rmtree(self._folder, ignore_errors=True)
