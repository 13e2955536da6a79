import json
import subprocess
import sys
import threading
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from voice_guide.audio.format import RATE
from voice_guide.errors import InputError, MachineError
from voice_guide.resources import models_folder
from voice_guide.speech import espeak as espeak_module
from voice_guide.speech.espeak import EspeakRenderer
from voice_guide.speech.espeak_library import load_espeak
from voice_guide.speech.voice_settings import VoiceSettings
from voice_guide.speech.voices import list_voices

TEXT = "Rest a hand on each side of the spine, never on it. With light pressure glide up."


@pytest.fixture(scope="module")
def espeak() -> EspeakRenderer:
    return EspeakRenderer()


def loudness(samples: np.ndarray) -> float:
    return float(np.sqrt(np.mean(samples**2)))


def test_speech_is_16_khz_and_of_natural_length(espeak: EspeakRenderer) -> None:
    told = espeak.render(TEXT, VoiceSettings())
    assert told.samples.dtype == np.float32
    assert 3.5 < told.seconds < 8
    assert 0.05 < loudness(told.samples) < 0.3
    assert np.abs(told.samples).max() <= 1


def test_words_begin_where_they_are_said_to(espeak: EspeakRenderer) -> None:
    """Silence ends right at the marks of words behind a full stop or a comma."""
    told = espeak.render(TEXT, VoiceSettings())
    at = {word.text: word.at for word in told.words}
    for word in ("never", "With"):
        before = told.samples[at[word] - RATE // 20 : at[word] - RATE // 200]
        after = told.samples[at[word] : at[word] + RATE // 10]
        assert loudness(before) < 0.002
        assert loudness(after) > 0.03


def test_positions_count_characters_and_not_bytes(espeak: EspeakRenderer) -> None:
    told = espeak.render("Ça va, naïve crème. Stop.", VoiceSettings())
    words = [word.text for word in told.words]
    assert words == ["Ça", "va", "naïve", "crème", "Stop"]
    gap = told.samples[told.words[4].at - RATE // 20 : told.words[4].at - RATE // 200]
    assert loudness(gap) < 0.002


def test_the_same_text_gives_the_same_samples_whatever_was_said_before(
    espeak: EspeakRenderer,
) -> None:
    first = espeak.render(TEXT, VoiceSettings())
    breathy = espeak.render(TEXT, VoiceSettings(voice="en-us+f3"))
    for other in ("Stop.", "More lotion", "Now glide up to the shoulders, with slow hands."):
        espeak.render(other, VoiceSettings(voice="en-gb-scotland", rate=211))
        assert np.array_equal(espeak.render(TEXT, VoiceSettings()).samples, first.samples)
        again = espeak.render(TEXT, VoiceSettings(voice="en-us+f3"))
        assert np.array_equal(again.samples, breathy.samples)


def test_voices_differ_and_do_not_leak_into_each_other(espeak: EspeakRenderer) -> None:
    plain = espeak.render(TEXT, VoiceSettings(voice="en-gb")).samples
    sounds = [
        espeak.render(TEXT, settings).samples
        for settings in (
            VoiceSettings(voice="en-us"),
            VoiceSettings(voice="en-us+f3"),
            VoiceSettings(pitch=80),
        )
    ]
    assert len({sound.tobytes() for sound in (plain, *sounds)}) == 4
    assert np.array_equal(espeak.render(TEXT, VoiceSettings(voice="en-gb")).samples, plain)


def test_a_slower_rate_takes_longer(espeak: EspeakRenderer) -> None:
    lengths = [espeak.render(TEXT, VoiceSettings(rate=rate)).seconds for rate in (320, 160, 80)]
    assert lengths[0] < lengths[1] < lengths[2]
    assert lengths[1] / lengths[0] > 1.4


def test_volume_scales_the_sound(espeak: EspeakRenderer) -> None:
    full = espeak.render(TEXT, VoiceSettings()).samples
    half = espeak.render(TEXT, VoiceSettings(volume=0.5)).samples
    assert np.allclose(half, full / 2, atol=1e-6)


@pytest.mark.parametrize(
    ("voice", "says"),
    [
        ("en-gbb", r'no voice "en-gbb".*en-gb'),
        ("xx-nowhere", "no voice"),
        ("en-us+f33", r'no variant "f33".*f3'),
        ("en-us+", "no variant"),
        ("en-us+../../etc/passwd", "no variant"),
    ],
)
def test_a_wrong_voice_is_an_error_that_names_near_ones(
    espeak: EspeakRenderer, voice: str, says: str
) -> None:
    with pytest.raises(InputError, match=says):
        espeak.render("Hello", VoiceSettings(voice=voice))


def test_many_threads_get_what_they_asked_for(espeak: EspeakRenderer) -> None:
    asked = [(f"Number {count}.", voice) for count in range(4) for voice in ("en-gb", "en-us")]
    alone = {one: espeak.render(one[0], VoiceSettings(voice=one[1])).samples for one in asked}
    together: dict[tuple[str, str], np.ndarray] = {}

    def speak(one: tuple[str, str]) -> None:
        together[one] = espeak.render(one[0], VoiceSettings(voice=one[1])).samples

    threads = [threading.Thread(target=speak, args=(one,)) for one in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert together.keys() == alone.keys()
    assert all(np.array_equal(together[one], alone[one]) for one in asked)


def test_the_narrator_and_the_person_have_voices_to_choose_from() -> None:
    languages = {voice.language for voice in list_voices()}
    assert {"en-gb", "en-us"} <= languages


UNDERSTOOD = ("stop", "pause", "ready", "more lotion", "too hard", "it hurts")


@pytest.mark.parametrize("voice", ["en-us", "en-us+f3"])
def test_a_recogniser_understands_a_rehearsed_person(espeak: EspeakRenderer, voice: str) -> None:
    """American voices, as the model is: it misses the "hard" and "hurts" of en-gb now and then."""
    vosk = pytest.importorskip("vosk")
    vosk.SetLogLevel(-1)
    recogniser = vosk.KaldiRecognizer(
        recogniser_model(), RATE, json.dumps([*UNDERSTOOD, "next", "[unk]"])
    )
    room = np.random.default_rng(1)
    heard = []
    for phrase in UNDERSTOOD:
        said = espeak.render(phrase, VoiceSettings(voice=voice)).samples
        quiet = np.zeros(RATE // 2, np.float32)
        sound = np.concatenate([quiet, said * 0.5, quiet])
        sound = sound + 3e-4 * room.standard_normal(len(sound))  # no room is silent
        recogniser.AcceptWaveform((sound * 32767).astype(np.int16).tobytes())
        heard.append(json.loads(recogniser.FinalResult())["text"])
    assert heard == list(UNDERSTOOD)


@lru_cache
def recogniser_model() -> Any:
    import vosk

    return vosk.Model(str(models_folder() / "vosk-builtin-en"))


LONG_PATH = """
import espeakng_loader
espeakng_loader.get_data_path = lambda: {folder!r}
from voice_guide.speech.narrator import open_narrator
from voice_guide.speech.voices import VoiceSettings
print(open_narrator(VoiceSettings(voice="en-us+f3")).render("Stop.").seconds)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs the right to make links")
def test_it_speaks_when_it_is_installed_in_a_deep_folder(tmp_path: Path) -> None:
    """espeak-ng by itself cuts a path of more than 159 bytes, and ends the process."""
    folder = tmp_path / ("a" * 90) / ("b" * 90) / "espeak-ng-data"
    folder.parent.mkdir(parents=True)
    folder.symlink_to(load_espeak().data)
    done = run(LONG_PATH.format(folder=str(folder)))
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) > 0.2


def test_a_text_with_nothing_behind_it_does_not_end_the_process() -> None:
    """espeak-ng copies as much as it is told that there is; pyttsx3 tells it ten times that."""
    done = run(LONG_TEXT)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 0


def test_a_text_with_emoji_does_not_end_the_process_in_another_language() -> None:
    """espeak-ng 1.52 dies of a German emoji's name with something in another language behind it."""
    done = run(EMOJI)
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) > 0.5


def test_after_a_render_that_was_given_up_the_next_is_its_own(
    espeak: EspeakRenderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = espeak.render("Stop.", VoiceSettings()).samples
    monkeypatch.setattr(espeak_module, "PATIENCE", -1e6)
    monkeypatch.setattr(espeak._steady, "settle", lambda: True)
    with pytest.raises(MachineError, match="does not answer"):
        espeak.render("word " * 8000, VoiceSettings())
    monkeypatch.undo()
    assert np.array_equal(espeak.render("Stop.", VoiceSettings()).samples, whole)


def test_a_voice_that_hangs_is_an_error_and_not_waited_for(
    espeak: EspeakRenderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    binding, hung = load_espeak().binding, threading.Event()
    cancel, cancelled = binding.Cancel, []
    monkeypatch.setattr(binding, "Cancel", lambda: cancelled.append(hung.wait(20)))
    monkeypatch.setattr(espeak_module, "CANCELLED_IN", 0.1)
    monkeypatch.setattr(espeak_module, "PATIENCE", -1e6)
    try:
        with pytest.raises(MachineError, match="does not answer"):
            espeak.render("word " * 8000, VoiceSettings())
        assert cancelled == []
    finally:
        hung.set()
        cancel()


def run(code: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


LONG_TEXT = """
from voice_guide.speech.espeak_library import load_espeak
binding = load_espeak().binding
from pyttsx3.drivers import espeak as driver
assert driver._espeak is binding  # its own driver speaks through it, too
said = []
def enough(wave, count, events):
    said.append(count)
    return 1
binding.SetSynthCallback(enough)
binding.SetVoiceByName(b"en")
binding.Synth("word " * 400_000, flags=binding.CHARS_UTF8)
binding.Synchronize()
print(said[0])
"""

EMOJI = """
from voice_guide.speech.voice_settings import VoiceSettings
from voice_guide.speech.narrator import open_narrator
settings = VoiceSettings(voice="de")
print(open_narrator(settings).render("Setz dich \U0001f6bc\u4e04 hin.").seconds)
"""

BROKEN = """
import espeakng_loader
from voice_guide.errors import MachineError
espeakng_loader.get_data_path = lambda: {folder!r}
import voice_guide.speech.espeak_library as library
library._SYSTEM_LIBRARIES = {{"linux": ()}}
try:
    library.load_espeak()
except MachineError as error:
    print("told:", error)
"""


@pytest.mark.parametrize("broken", ["missing", "damaged"])
def test_without_usable_data_the_process_lives_and_says_what_to_install(
    tmp_path: Path, broken: str
) -> None:
    """espeak-ng by itself ends the process here."""
    if broken == "damaged":
        (tmp_path / "phontab").write_bytes(b"not a table of phonemes")
    done = run(BROKEN.format(folder=str(tmp_path)))
    assert done.returncode == 0, done.stderr
    assert "told: " in done.stdout
    assert "pip install espeakng-loader" in done.stdout
