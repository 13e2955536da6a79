"""The device against a stand-in for PortAudio's library; tests/live drives the real one."""

import importlib
import threading
import time
from types import SimpleNamespace

import numpy as np
import pytest

from voice_guide.audio import portaudio, wire
from voice_guide.audio.device import DeviceLostError
from voice_guide.audio.fade import FADE
from voice_guide.audio.format import BLOCK, RATE, Samples, silence
from voice_guide.audio.plans import Sides
from voice_guide.audio.portaudio import PortAudioDevice
from voice_guide.errors import MachineError

FINE = SimpleNamespace(output_underflow=False, input_overflow=False)


class PortAudioError(Exception):
    pass


class Stream:
    def __init__(self, machine, settings, kind):
        self.machine, self.settings, self.kind = machine, settings, kind
        self.frames, self.callback = settings["blocksize"], settings["callback"]
        self.running, self.thread = False, None
        machine.open.append(self)

    def start(self):
        self.running = self.machine.alive
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self):
        outdata = np.zeros((self.frames, 2), np.float32)
        while self.running:
            played = self.machine.played
            last = played[-1] if played else np.zeros(self.frames, np.float32)
            if self.kind == "output":
                self.callback(outdata, self.frames, None, FINE)
                played.append(outdata[:, 0].copy())
            elif self.kind == "input":
                indata = np.resize(last, (self.frames, 1)) / 2
                self.callback(indata, self.frames, None, FINE)
            else:
                self.callback(last[:, None] / 2, outdata, self.frames, None, FINE)
                played.append(outdata[:, 0].copy())
            time.sleep(self.machine.pause)

    def close(self, ignore_errors=True):
        self.running = False
        if self.thread is not None:
            self.thread.join()
        self.machine.open.remove(self)


class Machine:
    """A sound card whose microphone hears its loudspeaker at once, half as loud."""

    def __init__(
        self,
        *,
        rates=(RATE,),
        duplex=True,
        native=(48_000.0, 48_000.0),
        alive=True,
        channels_in=(1,),
        microphones=1,
    ):
        self.channels_in = channels_in
        self.rates, self.takes_duplex, self.alive = rates, duplex, alive
        self.played: list[Samples] = []
        self.open: list[object] = []
        self.PortAudioError = PortAudioError
        self.refreshed, self.pause = 0, 0.002
        self.default = SimpleNamespace(device=(0, 1))
        names = (("Mic", microphones, 0, native[0]), ("Speaker", 0, 2, native[1]))
        self.devices = [
            {
                "index": index,
                "name": name,
                "hostapi": 0,
                "max_input_channels": inputs,
                "max_output_channels": outputs,
                "default_samplerate": rate,
            }
            for index, (name, inputs, outputs, rate) in enumerate(names)
        ]

    def query_devices(self):
        return self.devices

    def query_hostapis(self):
        return ({"name": "ALSA"},)

    def _terminate(self):
        assert not self.open, "PortAudio must not be restarted under open streams"

    def _initialize(self):
        self.refreshed += 1

    def Stream(self, **settings):  # noqa: N802
        if not self.takes_duplex:
            message = "Illegal combination of I/O devices"
            raise PortAudioError(message)
        return self._stream(settings, "duplex")

    def OutputStream(self, **settings):  # noqa: N802
        return self._stream(settings, "output")

    def InputStream(self, **settings):  # noqa: N802
        return self._stream(settings, "input")

    def _stream(self, settings, kind):
        if settings["samplerate"] not in self.rates:
            message = "Invalid sample rate"
            raise PortAudioError(message)
        channels = settings["channels"]
        channels_in = channels if kind == "input" else channels[0] if kind == "duplex" else 1
        if kind != "output" and channels_in not in self.channels_in:
            message = "Invalid number of channels"
            raise PortAudioError(message)
        return Stream(self, settings, kind)


@pytest.fixture
def on(monkeypatch):
    opened = []

    def use(machine: Machine) -> PortAudioDevice:
        monkeypatch.setattr(importlib, "import_module", lambda name: machine)
        opened.append(PortAudioDevice())
        return opened[-1]

    yield use
    for device in opened:
        device.close()


def tone(number: int) -> Samples:
    time_s = (number * BLOCK + np.arange(BLOCK)) / RATE
    return (0.5 * np.sin(2 * np.pi * 440 * time_s)).astype(np.float32)


@pytest.mark.parametrize(
    ("machine", "rates"),
    [
        (Machine(), (16_000, 16_000)),
        (Machine(rates=(48_000,)), (48_000, 48_000)),
        (Machine(rates=(44_100,), native=(44_100.0, 44_100.0)), (44_100, 44_100)),
        (Machine(duplex=False), (16_000, 16_000)),
        (
            Machine(rates=(48_000, 44_100), native=(44_100.0, 48_000.0), duplex=False),
            (44_100, 48_000),
        ),
    ],
    ids=["16 kHz", "48 kHz", "44.1 kHz", "two streams", "two streams, two rates"],
)
def test_sound_goes_out_and_comes_back_at_16_khz(on, machine, rates):
    device = on(machine)
    device.start()
    assert device.rates == rates
    exchanges = [device.exchange(tone(number)) for number in range(100)]
    assert [exchange.index for exchange in exchanges] == list(range(100))
    for side in ("microphone", "reference"):
        assert {getattr(exchange, side).shape for exchange in exchanges} == {(BLOCK,)}
    reference = np.concatenate([exchange.reference for exchange in exchanges])
    assert np.abs(reference).max() == pytest.approx(0.5, abs=0.2)
    device.close()
    device.close()
    assert not machine.open


def test_the_reference_is_what_the_loudspeaker_got(on):
    machine = Machine()
    device = on(machine)
    device.start()
    exchanges = [device.exchange(tone(number)) for number in range(50)]
    device.close()
    reference = np.concatenate([exchange.reference for exchange in exchanges])
    microphone = np.concatenate([exchange.microphone for exchange in exchanges])
    assert np.allclose(microphone[BLOCK:], reference[:-BLOCK] / 2, atol=1e-6)


@pytest.mark.parametrize("rate", [16_000, 48_000])
def test_after_hush_nothing_that_was_queued_is_heard(on, rate):
    machine = Machine(rates=(rate,))
    device = on(machine)
    device.start()
    for number in range(50):
        device.exchange(tone(number))
    device.hush()
    at = len(machine.played)
    tail = tone(0).copy()
    tail[FADE:] = 0.0
    device.exchange(tail)
    for _ in range(20):
        device.exchange(silence())
    device.close()
    # One callback may be under way while hush is called, the next one fades.
    later = np.concatenate(machine.played[at + 2 :])
    assert np.abs(later).max() < 1e-4


@pytest.mark.parametrize(("rate", "reached"), [(16_000, True), (48_000, False)])
def test_what_is_queued_becomes_quieter_at_once_unless_the_rate_is_another(on, rate, reached):
    machine = Machine(rates=(rate,))
    device = on(machine)
    device.start()
    loud = np.full(BLOCK, 0.5, np.float32)
    for _ in range(50):
        device.exchange(loud)
    assert device.soften(0.2) is reached
    at = len(machine.played)
    for _ in range(10):
        device.exchange(loud)
    device.close()
    softer = [block for block in machine.played[at:] if np.allclose(block, 0.1, atol=0.01)]
    assert bool(softer) is reached


def test_what_is_said_after_hush_is_heard(on):
    machine = Machine()
    device = on(machine)
    device.start()
    for number in range(10):
        device.exchange(tone(number))
    device.hush()
    for _ in range(10):
        device.exchange(np.full(BLOCK, 0.25, np.float32))
    for _ in range(10):
        device.exchange(silence())
    device.close()
    played = np.concatenate(machine.played)
    assert np.count_nonzero(played == np.float32(0.25)) == 10 * BLOCK - 2 * FADE


def test_a_device_that_stops_is_told(on, monkeypatch):
    monkeypatch.setattr(portaudio, "LOST_S", 0.1)
    machine = Machine()
    device = on(machine)
    device.start()
    device.exchange(silence())
    machine.open[0].running = False
    with pytest.raises(DeviceLostError, match="stopped delivering"):
        for _ in range(1000):
            device.exchange(silence())


def test_a_stall_is_told_as_what_is_heard_then_comes_late(on, monkeypatch):
    monkeypatch.setattr(wire, "STALLED_S", 0.2)
    machine = Machine()
    device = on(machine)
    device.start()
    for _ in range(10):
        device.exchange(silence())
    machine.pause = 0.3
    with pytest.raises(DeviceLostError):
        for _ in range(3):
            device.exchange(silence())
    machine.pause = 0.002
    device.close()
    device.start()
    for _ in range(10):
        device.exchange(silence())


def test_it_can_be_started_again_after_it_was_lost(on):
    machine = Machine()
    device = on(machine)
    device.start()
    device.exchange(silence())
    device.close()
    device.start()
    assert machine.refreshed == 1, "a device that was plugged in again must be seen"
    assert device.exchange(silence()).index == 0


@pytest.mark.parametrize("duplex", [True, False])
def test_a_microphone_that_is_stereo_only_is_heard_on_both_channels(on, duplex):
    machine = Machine(channels_in=(2,), microphones=2, duplex=duplex)
    device = on(machine)
    device.start()
    exchanges = [device.exchange(tone(number)) for number in range(20)]
    device.close()
    heard = np.concatenate([exchange.microphone for exchange in exchanges])
    assert np.abs(heard).max() == pytest.approx(0.25, abs=0.03)


@pytest.mark.parametrize("rate", [RATE, 48_000])
def test_a_loudspeaker_alone_plays_and_hears_silence(on, rate):
    machine = Machine(rates=(rate,))
    device = on(machine)
    device.start(Sides.LOUDSPEAKER)
    exchanges = [device.exchange(tone(number)) for number in range(60)]
    device.close()
    assert not any(exchange.microphone.any() for exchange in exchanges)
    assert np.abs(np.concatenate(machine.played)).max() == pytest.approx(0.5, abs=0.2)


@pytest.mark.parametrize("rate", [RATE, 48_000])
def test_a_microphone_alone_hears_and_plays_nothing(on, rate):
    machine = Machine(rates=(rate,))
    machine.played = [np.full(rate // 50, 0.5, np.float32)]
    device = on(machine)
    device.start(Sides.MICROPHONE)
    exchanges = [device.exchange(tone(number)) for number in range(60)]
    device.close()
    assert not any(exchange.reference.any() for exchange in exchanges)
    assert exchanges[-1].microphone.mean() == pytest.approx(0.25, abs=0.01)
    assert len(machine.played) == 1


def test_a_loudspeaker_of_its_own_stream_that_stops_is_told(on, monkeypatch):
    monkeypatch.setattr(portaudio, "LOST_S", 0.1)
    device = on(machine := Machine(duplex=False))
    device.start()
    device.exchange(silence())
    machine.open[0].running = False
    with pytest.raises(DeviceLostError, match="stopped delivering"):
        for _ in range(1000):
            device.exchange(silence())


def test_a_device_that_is_not_there_is_an_error_or_the_default_takes_its_place(on):
    on(Machine())
    with pytest.raises(MachineError, match="no microphone called 'Headset'"):
        PortAudioDevice(input_device="Headset").start()
    device = PortAudioDevice(input_device="Headset", output_device="1")
    device.start(strict=False)
    device.close()
    assert device.missing == {"input": "Headset"}
    assert device.names == (None, "Speaker"), "a number is another device's the next time"


def test_a_device_that_cannot_be_opened_is_said_in_words(on):
    machine = Machine(rates=())
    with pytest.raises(MachineError, match=r"'Mic'.*'Speaker'.*Invalid sample rate.*Close other"):
        on(machine).start()
    assert not machine.open


def test_a_loudspeaker_that_cannot_be_opened_alone_is_the_only_one_named(on):
    with pytest.raises(MachineError, match=r"the loudspeaker 'Speaker': .*use it, or") as caught:
        on(Machine(rates=())).start(Sides.LOUDSPEAKER)
    assert "icrophone" not in str(caught.value)


def test_a_device_that_opens_but_is_dead_is_said_in_words(on, monkeypatch):
    monkeypatch.setattr(portaudio, "_FIRST_BLOCK_S", 0.05)
    machine = Machine(alive=False)
    with pytest.raises(MachineError, match="delivers no sound"):
        on(machine).start()
    assert not machine.open
