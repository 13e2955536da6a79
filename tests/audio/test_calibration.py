"""The room's measures against the simulated room, where they are known."""

from functools import cache

import numpy as np
import pytest

from voice_guide.audio.calibration import RoomMeter, RoomReport
from voice_guide.audio.format import BLOCK, Samples, silence
from voice_guide.audio.room import Noise, RoomSettings, SimulatedRoom
from voice_guide.speech.narrator import open_narrator
from voice_guide.speech.voices import VoiceSettings

WORDS = (
    "Rub your hands together until they feel warm, then let them glide slowly up the back, "
    "beside the spine, as far as the shoulders, and breathe out with every stroke. Keep your own "
    "shoulders low, and come back along the sides with almost no weight."
)


@cache
def said(voice: str) -> Samples:
    sound = open_narrator(VoiceSettings(voice=voice)).render(WORDS).samples
    return np.pad(sound, (0, -len(sound) % BLOCK))


def measure(settings: RoomSettings, *, person_db: float | None = None) -> list[RoomReport]:
    """Return what is reported while the narrator speaks in a room, after a second of quiet."""
    room, meter = SimulatedRoom(settings), RoomMeter()
    if person_db is not None:
        room.speak(said("en-us+f3"), level_db=person_db)
    blocks = [silence()] * 50 + list(said("en-gb").reshape(-1, BLOCK))
    told = []
    for block in blocks:
        exchange = room.exchange(block)
        told.append(meter.accept(exchange.microphone, exchange.reference))
    return [report for report in told if report is not None]


@pytest.mark.parametrize("delay", [0.02, 0.15, 0.3])
@pytest.mark.parametrize("echo", [-6.0, -20.0])
def test_delay_and_level_of_the_echo(echo, delay):
    settings = RoomSettings(echo_db=echo, delay_s=delay, noise=Noise.FAN, noise_db=-60.0)
    for report in measure(settings):
        assert report.echo
        assert report.delay_s == pytest.approx(delay, abs=0.001)
        assert report.attenuation_db == pytest.approx(echo, abs=1.5)


@pytest.mark.parametrize("seed", range(1, 6))
def test_without_an_echo_there_is_none(seed):
    reports = measure(RoomSettings(echo_db=-200.0, noise=Noise.FAN, noise_db=-50.0, seed=seed))
    assert len(reports) >= 2
    assert not any(report.echo for report in reports)
    assert {report.delay_s for report in reports} == {None}


def test_somebody_who_speaks_all_the_while_does_not_hide_the_echo():
    for report in measure(RoomSettings(echo_db=-10.0), person_db=-26.0):
        assert report.echo
        assert report.attenuation_db == pytest.approx(-10.0, abs=1.5)


@pytest.mark.parametrize("noise", [-65.0, -40.0])
def test_the_noise_is_that_of_the_quiet(noise):
    last = measure(RoomSettings(echo_db=-10.0, noise=Noise.FAN, noise_db=noise))[-1]
    assert last.noise_db == pytest.approx(noise, abs=4.0)


def test_an_overdriven_microphone_is_told():
    assert measure(RoomSettings(echo_db=20.0))[-1].clipped
    assert not measure(RoomSettings(echo_db=-10.0))[-1].clipped


def test_a_dead_microphone_is_not_measured():
    meter = RoomMeter()
    blocks = said("en-gb").reshape(-1, BLOCK)
    assert not any(meter.accept(silence(), block) for block in blocks)


def test_a_microphone_that_was_muted_is_not_taken_for_one_without_an_echo():
    room, meter = (
        SimulatedRoom(RoomSettings(echo_db=-6.0, noise=Noise.FAN, noise_db=-60.0)),
        RoomMeter(),
    )
    told = []
    for number, block in enumerate(np.tile(said("en-gb"), 2).reshape(-1, BLOCK)):
        exchange = room.exchange(block)
        muted = 100 <= number < 400
        told.append(meter.accept(silence() if muted else exchange.microphone, exchange.reference))
    reports = [report for report in told if report is not None]
    assert not any(told[100:500])
    assert reports
    assert all(report.echo for report in reports)
    assert all(report.attenuation_db == pytest.approx(-6.0, abs=1.5) for report in reports)
