"""The ears in a simulated room: how they listen with headphones, in the room, and on a key."""

from functools import cache

import numpy as np
import pytest

from voice_guide import ears
from voice_guide.audio.earcons import Earcon, earcon
from voice_guide.audio.format import BLOCK, RATE, Samples, gain, silence
from voice_guide.audio.own_voice import OwnVoice
from voice_guide.audio.room import RoomSettings, SimulatedRoom
from voice_guide.ears import InlineEars, Measured
from voice_guide.language.phrases import Phrase
from voice_guide.opening import model_folder
from voice_guide.push import OPEN_FOR
from voice_guide.settings import Settings
from voice_guide.speech.grammar import Grammar
from voice_guide.speech.hearing import Heard
from voice_guide.speech.model import open_model
from voice_guide.speech.narrator import Narrator, open_narrator
from voice_guide.speech.voices import VoiceSettings

GRAMMAR = Grammar(
    (
        Phrase("stop", "stop", "universal", urgent=True),
        Phrase("more lotion", "more lotion", "script"),
    )
)
NARRATION = (
    "Rub your hands together until they feel warm, then let them glide slowly up the back, "
    "beside the spine, as far as the shoulders, and breathe out with every stroke."
)
WELCOME = (
    "Stop. You can stop me, or talk to me, at any time, also while I speak. Ask me what you can "
    "say. Stop, and it hurts, are always heard."
)
LOUDSPEAKER = RoomSettings(echo_db=-10.0)
HEADPHONES = RoomSettings(echo_db=-200.0)


@cache
def voice(name: str) -> Narrator:
    return open_narrator(VoiceSettings(voice=name, rate=150))


@cache
def spoken(words: str) -> Samples:
    return voice("en-us").render(words).samples


@cache
def narration() -> Samples:
    sound = voice("en-gb").render(NARRATION).samples
    return np.pad(sound, (0, -len(sound) % BLOCK))


class Scene:
    """Somebody in a room with the ears."""

    def __init__(self, settings: RoomSettings, **how) -> None:
        self.room = SimulatedRoom(settings)
        self.ears = InlineEars(open_model(model_folder(Settings())), **how)
        self.ears.set_grammar(GRAMMAR)
        self.told: list = []
        self.now = 0  # samples so far

    def narrate(self, seconds: float) -> None:
        """Let the narrator speak."""
        blocks = narration().reshape(-1, BLOCK)
        for number in range(round(seconds * RATE / BLOCK)):
            self._exchange(blocks[number % len(blocks)])

    def play(self, sound: Samples) -> None:
        for block in np.pad(sound, (0, -len(sound) % BLOCK)).reshape(-1, BLOCK):
            self._exchange(block)

    def rest(self, seconds: float) -> None:
        for _ in range(round(seconds * RATE / BLOCK)):
            self._exchange(silence())

    def _exchange(self, block: Samples) -> None:
        self.told += self.ears.accept(self.room.exchange(block))
        self.now += BLOCK

    @property
    def understood(self) -> list[str]:
        return [one.intent for one in self.told if isinstance(one, Heard) and one.intent]

    @property
    def measured(self) -> list:
        return [one.room for one in self.told if isinstance(one, Measured)]


def test_the_room_is_measured_in_the_first_sentences():
    scene = Scene(LOUDSPEAKER, calibrating=True)
    scene.narrate(6.0)
    [room] = scene.measured
    assert room.echo
    assert room.delay_s == pytest.approx(LOUDSPEAKER.delay_s, abs=0.002)
    assert room.attenuation_db == pytest.approx(-10.0, abs=1.5)
    assert scene.understood == []


@pytest.mark.parametrize("calibrating", [False, True])
def test_with_headphones_everything_is_heard_over_the_narrator_once_that_is_known(calibrating):
    scene = Scene(HEADPHONES, calibrating=calibrating)
    scene.narrate(5.0)
    scene.room.speak(spoken("more lotion"))
    scene.narrate(3.0)
    assert scene.understood == (["more lotion"] if calibrating else [])
    assert [room.echo for room in scene.measured] == [False] * calibrating


@pytest.mark.parametrize(("drift_ppm", "learnt_s"), [(-100.0, 4.0), (-100.0, 6.0), (-60.0, 6.0)])
def test_a_narrator_who_says_stop_while_two_clocks_are_learnt_stops_nothing(drift_ppm, learnt_s):
    scene = Scene(RoomSettings(drift_ppm=drift_ppm, echo_db=0.0), calibrating=True)
    scene.play(earcon(Earcon.OPENING))
    scene.narrate(learnt_s)
    scene.play(voice("en-gb").render(WELCOME).samples)
    assert scene.understood == []


@pytest.mark.parametrize(
    ("drift_ppm", "learnt_s"),
    [(-100.0, 4.1), (-60.0, 3.5), (-100.0, 6.5), (100.0, 6.5)],
)
def test_stop_is_heard_at_once_behind_an_echo_that_was_taken_for_a_voice(drift_ppm, learnt_s):
    scene = Scene(RoomSettings(drift_ppm=drift_ppm, echo_db=0.0))
    scene.play(earcon(Earcon.OPENING))
    scene.narrate(learnt_s)
    said = scene.now + len(np.trim_zeros(spoken("stop")))
    scene.room.speak(spoken("stop"), level_db=-20.0)
    scene.narrate(2.5)
    [stop] = [one for one in scene.told if isinstance(one, Heard) and one.intent]
    assert stop.intent == "stop"
    assert stop.decided_at - said < 0.35 * RATE


@pytest.mark.parametrize(
    ("settings", "mode"), [(LOUDSPEAKER, "room"), (HEADPHONES, "room"), (HEADPHONES, "headphones")]
)
def test_stop_is_heard_over_the_narrator(settings, mode):
    scene = Scene(settings, calibrating=True)
    scene.ears.set_mode(mode)
    scene.narrate(5.0)
    scene.room.speak(spoken("stop"), level_db=-20.0)
    scene.narrate(2.5)
    assert scene.understood == ["stop"]


def test_stop_is_heard_right_behind_a_stop_of_the_narrators_own(monkeypatch):
    scene = Scene(LOUDSPEAKER, calibrating=True)
    scene.narrate(5.0)
    judged = []

    def explains(self, start, end, *how, **more):
        judged.append(end)
        return len(judged) == 1

    monkeypatch.setattr(OwnVoice, "explains", explains)
    monkeypatch.setattr(ears, "LOOKED_AT", 60.0)
    word = np.trim_zeros(spoken("stop"))
    twice = np.concatenate([word, silence(RATE // 20), word])
    scene.room.speak(twice, level_db=-14.0)
    scene.narrate(2.5)
    assert scene.understood == ["stop"]
    assert len(judged) > 1


class LeavesSome:
    """A canceller that leaves 14 dB less of everything: more than it should of the echo."""

    def cancel(self, microphone: Samples, reference: Samples) -> Samples:
        return microphone * np.float32(gain(-14.0))


@pytest.mark.parametrize(("said", "heard"), [("Stopped.", []), ("Breathe out.", ["stop"])])
def test_a_stop_that_the_narrator_says_himself_is_nobodys(monkeypatch, said, heard):
    """As the answer to a person's: then no fit of the echo path may tell."""
    monkeypatch.setattr(OwnVoice, "explains", lambda *what, **how: False)
    scene = Scene(RoomSettings(echo_db=-6.0), canceller=LeavesSome())
    scene.rest(1.0)
    if heard:
        scene.room.speak(spoken("stop"), level_db=-12.0)
    scene.play(voice("en-gb").render(said).samples)
    scene.rest(1.5)
    assert scene.understood == heard


def test_a_quiet_stop_is_heard_when_the_narrator_is_silent():
    scene = Scene(RoomSettings(noise_db=-75.0))
    scene.narrate(4.0)
    scene.rest(3.0)
    scene.room.speak(spoken("stop"), level_db=-58.0)
    scene.rest(1.0)
    assert scene.understood == ["stop"]


def test_once_the_room_is_known_a_quiet_stop_is_heard_soon_after_the_narrator():
    scene = Scene(RoomSettings(noise_db=-75.0), calibrating=True)
    scene.narrate(6.0)
    scene.rest(0.6)
    scene.room.speak(spoken("stop"), level_db=-58.0)
    scene.rest(1.5)
    assert scene.understood == ["stop"]


def test_what_headphones_leak_is_not_lifted_to_a_command():
    scene = Scene(RoomSettings(echo_db=-32.0, noise_db=-75.0))
    scene.ears.set_mode("headphones")
    scene.rest(2.0)
    scene.play(voice("en-gb").render(WELCOME).samples)
    scene.rest(1.0)
    assert scene.understood == []


def test_headphones_that_were_taken_off_are_noticed():
    scene = Scene(LOUDSPEAKER, calibrating=True)
    scene.ears.set_mode("headphones")
    scene.narrate(12.0)
    assert [room.echo for room in scene.measured] == [True]
    scene.room.speak(spoken("more lotion"), level_db=-18.0)
    scene.narrate(3.0)
    assert scene.understood[-1:] == ["more lotion"]


@pytest.mark.parametrize("said_so", [False, True])
def test_a_narrator_who_was_wrongly_told_of_headphones_obeys_himself_in_nothing(said_so):
    scene = Scene(RoomSettings(echo_db=0.0), calibrating=True)
    scene.play(earcon(Earcon.OPENING))
    if said_so:
        scene.narrate(8.0)
    scene.ears.set_mode("headphones")
    scene.narrate(5.0)
    assert [room.echo for room in scene.measured] == [True] * (1 + said_so)
    before = len(scene.understood)
    scene.play(voice("en-gb").render(WELCOME).samples)
    scene.rest(1.0)
    scene.play(voice("en-gb").render(WELCOME).samples)
    assert scene.understood[before:] == []
    scene.room.speak(spoken("stop"), level_db=-20.0)
    scene.narrate(2.5)
    assert scene.understood[before:] == ["stop"]


def test_on_a_key_only_one_utterance_after_it_is_heard():
    scene = Scene(LOUDSPEAKER)
    scene.ears.set_mode("push")
    scene.room.speak(spoken("stop"))
    scene.rest(3.0)
    assert scene.told == []
    scene.ears.open()
    scene.room.speak(spoken("more lotion"))
    scene.rest(3.0)
    scene.room.speak(spoken("stop"))
    scene.rest(3.0)
    assert scene.understood == ["more lotion"]


def test_a_key_opens_the_ears_for_some_seconds_only():
    scene = Scene(LOUDSPEAKER)
    scene.ears.set_mode("push")
    scene.ears.open()
    scene.rest(OPEN_FOR + 0.1)
    scene.room.speak(spoken("stop"))
    scene.rest(3.0)
    assert scene.told == []


def test_a_word_that_begins_just_before_the_end_is_heard_whole():
    scene = Scene(LOUDSPEAKER)
    scene.ears.set_mode("push")
    scene.ears.open()
    scene.rest(OPEN_FOR - 0.4)
    scene.room.speak(spoken("more lotion"))
    scene.rest(3.0)
    assert scene.understood == ["more lotion"]
