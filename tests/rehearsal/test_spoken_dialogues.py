"""The most important golden dialogues with sound: a synthetic person, the canceller and Vosk."""

from pathlib import Path

import pytest

from voice_guide.cli.rehearsing import voice_of_person
from voice_guide.dialogues.reading import SUFFIX, read_dialogue
from voice_guide.dialogues.room_world import RoomMaker
from voice_guide.dialogues.testing import only_in_text, run
from voice_guide.opening import narrator
from voice_guide.settings import Settings
from voice_guide.speech.model import open_model

FOLDER = Path(__file__).parents[1] / "dialogues"
SPOKEN = (
    "stop_over_the_narrator",
    "stop_in_a_hold",
    "stop_while_asleep",
    "too_hard_while_the_pressure_is_named",
    "it_hurts_here_leaves_the_step",
    "tingling",
    "screening_ends",
    "chat_over_the_narrator",
    "repeat_after_chatter",
    "next_and_back",
)


@pytest.fixture(scope="module")
def rooms() -> RoomMaker:
    return RoomMaker(
        open_model(),
        lambda language: narrator(Settings(), language),
        lambda language: voice_of_person(language.person),
    )


@pytest.mark.parametrize("name", SPOKEN)
def test_said_aloud_it_goes_as_it_is_written(rooms, name):
    dialogue = read_dialogue(FOLDER / f"{name}{SUFFIX}")
    assert not only_in_text(dialogue)
    assert run(dialogue, rooms).shown() == ""


def test_what_is_not_as_written_is_noticed_with_sound_too(rooms, tmp_path):
    path = tmp_path / f"wrong{SUFFIX}"
    path.write_text(
        "title: A wrong one\n"
        "script: {title: A test of the sound, steps: [{name: Rest, say: Rest., for: 5 s}]}\n"
        "talk:\n  - step: Rest\n  - interrupts: stop\n  - paused\n"
    )
    shown = run(read_dialogue(path), rooms).shown()
    assert f"{path}:6:5: " in shown and "instead   stopped" in shown
