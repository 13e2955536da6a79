"""Ears in a process of their own: the real process, the real model, a real synthetic voice."""

import os
import signal
import time
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from voice_guide import ears_process
from voice_guide.audio.device import Exchange
from voice_guide.audio.format import BLOCK, RATE, Samples, silence
from voice_guide.ears import Deaf, HearsAgain
from voice_guide.ears_process import ProcessEars
from voice_guide.errors import MachineError
from voice_guide.language.phrases import Phrase
from voice_guide.opening import model_folder
from voice_guide.settings import Settings
from voice_guide.speech.grammar import Grammar
from voice_guide.speech.hearing import Heard
from voice_guide.speech.narrator import open_narrator
from voice_guide.speech.voices import VoiceSettings

GRAMMAR = Grammar(
    (
        Phrase("stop", "stop", "universal", urgent=True),
        Phrase("more lotion", "more lotion", "script"),
    )
)
PATIENCE = 30.0
"""Seconds in which the other process must have decided, on a busy machine."""


@cache
def person(words: str) -> Samples:
    """Return a second of quiet, somebody saying this, and quiet again, in whole blocks."""
    narrator = open_narrator(VoiceSettings(voice="en-us", rate=150))
    said = narrator.render(words).samples
    narrator.close()
    whole = silence(-len(said) % BLOCK)
    return np.concatenate([silence(RATE), 0.5 * said, whole, silence(RATE)])


class Microphone:
    """Hands sound to the ears, block after block, as a device with a silent loudspeaker does."""

    def __init__(self, ears: ProcessEars) -> None:
        self._ears = ears
        self.index = 0

    def hears(self, sound: Samples, *, hurry: bool = False) -> list:
        """Let the ears hear a sound, as fast as they take it, or faster."""
        told = []
        for block in sound.reshape(-1, BLOCK):
            while not hurry and len(self._ears._feeder._messages) > 20:
                time.sleep(0.005)
            told += self._ears.accept(Exchange(self.index, block, silence()))
            self.index += 1
        return told

    def waits_for_an_intent(self, told: list) -> Heard:
        """Let quiet follow until something was understood."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for one in told:
                if isinstance(one, Heard) and one.intent is not None:
                    return one
            time.sleep(0.02)
            told = self.hears(silence())
        raise AssertionError("nothing was understood")


@pytest.fixture(scope="module")
def ears():
    ears = ProcessEars(model_folder(Settings()))
    ears.set_grammar(GRAMMAR)  # before it is ready: the session may be quicker
    ears.wait_until_ready()
    yield ears
    ears.close()


@pytest.fixture(scope="module")
def microphone(ears):
    return Microphone(ears)


def test_a_spoken_stop_is_heard(microphone):
    heard = microphone.waits_for_an_intent(microphone.hears(person("stop")))
    assert heard.intent == "stop"
    assert RATE < heard.speech_end < 3 * RATE


def until_it_hears_again(microphone) -> list:
    """Let quiet pass, as the player does, until the ears are back. Return what was told."""
    told, end = [], time.monotonic() + PATIENCE
    while HearsAgain() not in told:
        assert time.monotonic() < end
        time.sleep(0.02)
        told += microphone.hears(silence())
    return told


def test_killed_it_says_so_and_comes_back_with_its_grammar_and_the_same_clock(ears, microphone):
    before = ears._process.pid
    os.kill(before, signal.SIGKILL)
    ears._process.join(10)
    assert until_it_hears_again(microphone) == [Deaf(), HearsAgain()]
    assert ears._process.pid != before
    began = microphone.index * BLOCK
    heard = microphone.waits_for_an_intent(microphone.hears(person("more lotion")))
    assert heard.intent == "more lotion"
    assert began + RATE < heard.speech_end < began + 3 * RATE, "counted since the session began"


def test_a_process_that_hangs_never_makes_the_player_wait_and_is_started_again(ears, microphone):
    before = ears._process.pid
    os.kill(before, signal.SIGSTOP)
    told = microphone.hears(silence(4 * RATE), hurry=True)
    assert told == [], "the player goes on: four seconds of sound, taken at once"
    told = microphone.hears(silence(4 * RATE), hurry=True)
    assert Deaf() in told
    assert HearsAgain() in told or HearsAgain() in until_it_hears_again(microphone)
    assert ears._process.pid != before
    heard = microphone.waits_for_an_intent(microphone.hears(person("more lotion")))
    assert heard.intent == "more lotion"


def test_sound_that_is_late_is_left_out_and_the_clock_stays_right(ears, microphone):
    os.kill(ears._process.pid, signal.SIGSTOP)
    for sound in (silence(RATE), person("stop"), silence(2 * RATE)):
        microphone.hears(sound, hurry=True)
    os.kill(ears._process.pid, signal.SIGCONT)
    assert ears._feeder.left_out > 0
    began = microphone.index * BLOCK
    heard = microphone.waits_for_an_intent(microphone.hears(person("more lotion")))
    assert heard.intent == "more lotion", "a stop of seconds ago would act on something else"
    assert began + RATE < heard.speech_end < began + 3 * RATE


def test_a_new_grammar_counts_from_the_next_utterance_on(ears, microphone):
    ears.set_grammar(Grammar((Phrase("ready", "ready", "universal"),)))
    heard = microphone.waits_for_an_intent(microphone.hears(person("ready")))
    assert heard.intent == "ready"


def test_on_a_key_it_hears_only_what_is_said_after_the_key(ears, microphone):
    ears.set_grammar(GRAMMAR)
    ears.set_mode("push")
    told = microphone.hears(person("stop"))
    ears.open()
    heard = microphone.waits_for_an_intent([*told, *microphone.hears(person("more lotion"))])
    assert heard.intent == "more lotion"
    ears.set_mode("room")
    assert microphone.waits_for_an_intent(microphone.hears(person("stop"))).intent == "stop"


def test_a_folder_that_is_no_model_is_an_error_in_words(tmp_path):
    ears = ProcessEars(tmp_path)
    with pytest.raises(MachineError, match="is not a Vosk speech model") as error:
        ears.wait_until_ready()
    assert error.value.exit_code == 3
    ears.close()
    ears.close()


def test_a_process_that_always_dies_is_an_error_in_words(monkeypatch):
    monkeypatch.setattr(ears_process, "_listen", _die)
    ears = ProcessEars(Path("model"))
    with pytest.raises(MachineError, match="ended while it was starting"):
        ears.wait_until_ready()
    ears.close()


def test_ears_that_die_again_and_again_are_given_up_and_the_session_is_told(monkeypatch):
    ears = ProcessEars(model_folder(Settings()))
    ears.wait_until_ready()
    monkeypatch.setattr(ears_process, "_listen", _die)
    os.kill(ears._process.pid, signal.SIGKILL)
    told, end = [], time.monotonic() + PATIENCE
    microphone = Microphone(ears)
    while Deaf(for_good=True) not in told:
        assert time.monotonic() < end
        time.sleep(0.02)
        told += microphone.hears(silence())
    assert told == [Deaf(), Deaf(for_good=True)]
    assert microphone.hears(silence(RATE)) == [], "and the session goes on"
    ears.close()


def _die(*_: object) -> None:
    os._exit(1)
