import json
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from voice_guide.audio.format import RATE
from voice_guide.errors import InputError
from voice_guide.speech.narration import Narration
from voice_guide.speech.narrator import Narrator, open_narrator
from voice_guide.speech.voice_settings import Voice, VoiceSettings
from voice_guide.speech.voices import open_renderer


class Counting:
    """The real engine, and what was asked of it."""

    def __init__(self) -> None:
        self.real = open_renderer()
        self.asked: list[str] = []
        self.engine = self.real.engine

    def voices(self) -> tuple[Voice, ...]:
        return self.real.voices()

    def check(self, settings: VoiceSettings) -> None:
        self.real.check(settings)

    def render(self, text: str, settings: VoiceSettings) -> Narration:
        self.asked.append(text)
        return self.real.render(text, settings)


@pytest.fixture
def counting() -> Counting:
    return Counting()


@pytest.fixture
def narrator(counting: Counting) -> Iterator[Narrator]:
    made = Narrator(counting, VoiceSettings(voice="en-gb"))
    yield made
    made.close()


def test_units_are_spoken_as_words(narrator: Narrator) -> None:
    told = narrator.render("Glide for 90 s.")
    assert [word.text for word in told.words] == ["Glide", "for", "90", "seconds"]


def test_a_pause_is_silence_and_is_not_spoken(narrator: Narrator) -> None:
    told = narrator.render("Breathe in. [pause 2 s] Breathe out.")
    assert told.text == "Breathe in. Breathe out."
    second = told.words[2].at
    quiet = told.samples[second - 2 * RATE : second]
    assert not quiet.any()
    assert told.sentence_start(second + 100) == second
    assert told.sentence_start(second - RATE) == 0
    assert told.words_between(second, second + 10) == ("Breathe",)


def test_nothing_to_say_is_no_sound(narrator: Narrator) -> None:
    told = narrator.render("...")
    assert (told.seconds, told.words) == (0, ())


def test_a_text_is_rendered_once(narrator: Narrator, counting: Counting) -> None:
    assert narrator.render("Rest.") is narrator.render("Rest.")
    assert counting.asked == ["Rest."]


def test_texts_are_rendered_ahead_in_their_order(narrator: Narrator, counting: Counting) -> None:
    narrator.prepare(["One.", "Two.", "Three.", "One."])
    assert narrator.wait(30)
    assert counting.asked == ["One.", "Two.", "Three."]
    narrator.render("Two.")
    assert len(counting.asked) == 3


def test_memory_is_bounded_and_the_longest_unused_goes_first(counting: Counting) -> None:
    narrator = Narrator(counting, VoiceSettings(), most_seconds=2)
    for text in ("One is here.", "Two is here.", "One is here.", "Three is here.", "One is here."):
        narrator.render(text)
    assert counting.asked == ["One is here.", "Two is here.", "Three is here."]
    narrator.render("Two is here.")
    assert counting.asked[-1] == "Two is here."
    narrator.close()


def test_a_closed_narrator_prepares_nothing_and_still_speaks(
    narrator: Narrator, counting: Counting
) -> None:
    narrator.close()
    narrator.close()
    narrator.prepare(["One."])
    assert narrator.wait(30)
    assert counting.asked == []
    assert narrator.render("Stop.").seconds > 0.2


def test_a_known_session_starts_from_disk_with_the_same_sound(
    counting: Counting, tmp_path: Path
) -> None:
    first = Narrator(counting, VoiceSettings(), tmp_path).render("Rest. [pause] Glide up.")
    second = Narrator(counting, VoiceSettings(), tmp_path).render("Rest. [pause] Glide up.")
    assert counting.asked == ["Rest.", "Glide up."]
    assert first.samples.tobytes() == second.samples.tobytes()
    assert (first.text, first.words) == (second.text, second.words)


def test_another_voice_rate_or_volume_is_another_sound(counting: Counting, tmp_path: Path) -> None:
    every = (
        VoiceSettings(),
        VoiceSettings(voice="en-us"),
        VoiceSettings(rate=120),
        VoiceSettings(pitch=70),
        VoiceSettings(volume=0.5),
    )
    sounds = {
        Narrator(counting, settings, tmp_path).render("Rest.").samples.tobytes()
        for settings in every
    }
    assert len(sounds) == len(every)


@pytest.mark.parametrize(
    "damage",
    [
        lambda entry: b"",
        lambda entry: entry[: len(entry) // 2],
        lambda entry: b"no archive",
        lambda entry: entry[:2000] + bytes(200) + entry[2200:],
    ],
    ids=["empty", "half-written", "something else", "flipped bytes"],
)
def test_a_damaged_entry_is_rendered_again(
    counting: Counting, tmp_path: Path, damage: object
) -> None:
    whole = Narrator(counting, VoiceSettings(), tmp_path).render("Rest a while.")
    (entry,) = tmp_path.iterdir()
    entry.write_bytes(damage(entry.read_bytes()))  # type: ignore[operator]
    again = Narrator(counting, VoiceSettings(), tmp_path).render("Rest a while.")
    assert len(counting.asked) == 2
    assert np.array_equal(whole.samples, again.samples)
    Narrator(counting, VoiceSettings(), tmp_path).render("Rest a while.")
    assert len(counting.asked) == 2, "the mended entry is used"


def test_the_cache_is_for_its_owner_alone(counting: Counting, tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "speech"
    Narrator(counting, VoiceSettings(), folder).render("Rest.")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [stat.S_IMODE(entry.stat().st_mode) for entry in folder.iterdir()] == [0o600]


def test_a_cache_that_cannot_be_written_costs_nothing(counting: Counting, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    narrator = Narrator(counting, VoiceSettings(), blocked)
    assert narrator.render("Rest.").seconds > 0.2
    assert narrator.render("Rest.").seconds > 0.2


def test_two_voices_work_side_by_side(counting: Counting) -> None:
    guide = Narrator(counting, VoiceSettings(voice="en-gb"))
    person = Narrator(counting, VoiceSettings(voice="en-us+f3", rate=150))
    guide.prepare(f"Line {count}." for count in range(6))
    replies = [person.render(f"Reply {count}.") for count in range(6)]
    guide.wait(30)
    alone = Narrator(counting, VoiceSettings(voice="en-us+f3", rate=150))
    for count, reply in enumerate(replies):
        assert np.array_equal(alone.render(f"Reply {count}.").samples, reply.samples)
    for one in (guide, person, alone):
        one.close()


ORDERED = """
import hashlib, json, sys
from voice_guide.speech.narrator import open_narrator
from voice_guide.speech.voices import VoiceSettings
narrator = open_narrator(VoiceSettings(voice="en-us+f3"))
texts = json.loads(sys.argv[1])
print(json.dumps({t: hashlib.sha256(narrator.render(t).samples).hexdigest() for t in texts}))
"""


def test_another_process_renders_the_same_samples_in_another_order() -> None:
    texts = ["More lotion.", "Too hard", "Stop"]
    found = []
    for order in (texts, texts[::-1]):
        command = [sys.executable, "-c", ORDERED, json.dumps(order)]
        found.append(json.loads(subprocess.check_output(command, timeout=60)))
    assert found[0] == found[1]


def test_a_wrong_voice_is_an_error_at_once() -> None:
    with pytest.raises(InputError, match="no voice"):
        open_narrator(VoiceSettings(voice="xx-nowhere"))
