"""What is said about a room: from a simulated one, and in words."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from voice_guide.audio.calibration import RoomReport
from voice_guide.audio.format import BLOCK, RATE
from voice_guide.audio.room import Noise, RoomSettings, SimulatedRoom
from voice_guide.opening import model_folder
from voice_guide.room_check import ASK, TEXT, RoomSound, hear_room, judge
from voice_guide.settings import Settings
from voice_guide.speech.model import open_model
from voice_guide.speech.narrator import Narrator, open_narrator
from voice_guide.speech.voices import VoiceSettings

FINE = RoomReport(
    noise_db=-60.0,
    narrator_db=-30.0,
    echo=True,
    delay_s=0.08,
    attenuation_db=-10.0,
    cancelled_db=15.0,
    clipped=False,
)


def room(**changes) -> RoomReport:
    return RoomReport(**{**vars(FINE), **changes})


def wrong(sound: RoomSound) -> dict[str, str]:
    return {check.name: check.told for check in judge(sound) if not check.fine}


@cache
def voice(name: str) -> Narrator:
    return open_narrator(VoiceSettings(voice=name, rate=150))


class Answering(SimulatedRoom):
    """A room in which somebody says "stop" a second after the narrator has asked."""

    def __init__(self, settings: RoomSettings, after: int, level_db: float) -> None:
        super().__init__(settings)
        self._after, self._level_db = after, level_db

    def exchange(self, loudspeaker):
        self._after -= 1
        if self._after == 0:
            self.speak(voice("en-us").render("stop").samples, level_db=self._level_db)
        return super().exchange(loudspeaker)


@pytest.mark.parametrize(
    ("echo_db", "faults"), [(-12.0, set()), (0.0, {"loudness"}), (-200.0, set())]
)
def test_a_room_is_judged_by_what_is_heard_in_it(echo_db, faults):
    text, ask = (voice("en-gb").render(line).samples for line in (TEXT, ASK))
    asked = round(1.5 * 50) + (len(text) + len(ask)) // 320 + 50
    settings = RoomSettings(echo_db=echo_db, noise=Noise.FAN, noise_db=-55.0)
    sound = hear_room(
        Answering(settings, asked, -28.0), open_model(model_folder(Settings())), text, ask
    )
    assert sound.word == "stop" and not sound.early
    assert sound.voice_db == pytest.approx(-28.0, abs=2.5)
    assert sound.room.noise_db == pytest.approx(-58.0, abs=6.0)
    assert sound.room.echo is (echo_db > -100)
    assert set(wrong(sound)) == faults


class Early(Answering):
    """A room in which somebody also says it twice while the narrator still speaks."""

    count = 0

    def exchange(self, loudspeaker):
        self.count += 1
        if self.count in (435, 540):
            self.speak(voice("en-us").render("stop").samples, level_db=-20.0)
        return super().exchange(loudspeaker)


class Enhanced(SimulatedRoom):
    """A room whose system turns the microphone up and down all the while."""

    def exchange(self, loudspeaker):
        told = super().exchange(loudspeaker)
        gain = 0.55 + 0.45 * np.sin(2 * np.pi * 3.0 * told.index * BLOCK / RATE)
        return replace(told, microphone=(told.microphone * gain).astype(np.float32))


@pytest.mark.parametrize("answered", [True, False])
def test_who_speaks_too_early_is_told_so_and_the_system_is_not_blamed(answered):
    text, ask = (voice("en-gb").render(line).samples for line in (TEXT, ASK))
    asked = round(1.5 * 50) + (len(text) + len(ask)) // 320
    device = Early(RoomSettings(noise_db=-55.0), asked + 50 if answered else 0, -28.0)
    shown = []
    model = open_model(model_folder(Settings()))
    sound = hear_room(device, model, text, ask, lambda: shown.append(device.count))
    assert shown == [pytest.approx(asked, abs=3)], "it is shown when the question was played"
    assert sound.early
    assert (sound.word == "stop") is answered
    faults = wrong(RoomSound(room(cancelled_db=3.0), sound.word, sound.voice_db, sound.early))
    assert faults["echo canceller"].startswith("Somebody spoke while this was measured")
    assert ("your voice" in faults) is not answered
    assert all("silent until you are asked" in told for told in faults.values())


SPOILT = [
    Enhanced(RoomSettings(noise_db=-55.0)),
    SimulatedRoom(RoomSettings(echo_db=-5.0, jumps=((5.0, 0.02), (8.0, -0.03)), seed=3)),
]


@pytest.mark.parametrize("device", SPOILT, ids=["enhanced", "jumps"])
def test_an_echo_that_is_not_cancelled_is_not_taken_for_somebody_who_speaks(device):
    text, ask = (voice("en-gb").render(line).samples for line in (TEXT, ASK))
    sound = hear_room(device, open_model(model_folder(Settings())), text, ask)
    assert not sound.early
    if isinstance(device, Enhanced):
        assert "enhancements" in wrong(sound)["echo canceller"]


def test_a_room_that_will_do_has_nothing_wrong():
    assert wrong(RoomSound(FINE, "stop", -26.0)) == {}


def test_a_loudspeaker_that_is_too_loud_is_told_by_how_much():
    told = wrong(RoomSound(room(narrator_db=-14.0), "stop", -26.0))
    assert told["loudness"].startswith(
        "The loudspeaker is 12 dB louder than your voice at the microphone. "
        "Turn it down or move it away"
    )


@pytest.mark.parametrize(
    ("sound", "name", "advice"),
    [
        (RoomSound(None, None, None), "microphone", "muted"),
        (RoomSound(FINE, None, None), "your voice", "did not hear you"),
        (RoomSound(room(noise_db=-30.0), "stop", -26.0), "noise", "only 4 dB above"),
        (RoomSound(room(delay_s=0.4), "stop", -26.0), "echo", "not wireless"),
        (RoomSound(room(cancelled_db=2.0), "stop", -26.0), "echo canceller", "enhancements"),
        (RoomSound(room(clipped=True), "stop", -26.0), "microphone", "overdriven"),
    ],
)
def test_what_is_wrong_is_told_with_what_to_do(sound, name, advice):
    assert advice in wrong(sound)[name]


def test_headphones_are_told_with_their_option():
    silent = room(echo=False, delay_s=None, attenuation_db=None)
    checks = {check.name: check for check in judge(RoomSound(silent, "stop", -26.0))}
    assert checks["echo"].fine and "--mode headphones" in checks["echo"].told
    assert "loudness" not in checks
