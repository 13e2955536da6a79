"""The golden dialogues: one situation each, readable by a carer."""

import re
from pathlib import Path

import pytest

from voice_guide.dialogues.reading import SUFFIX, read_dialogue
from voice_guide.dialogues.testing import run
from voice_guide.dialogues.world import TextWorld
from voice_guide.script.find import bundled_scripts, find_script
from voice_guide.session.commands import COMMANDS
from voice_guide.session.events import Heard

FOLDER = Path(__file__).parent
DIALOGUES = sorted(FOLDER.glob(f"*{SUFFIX}"))
BUNDLED = sorted(find_script(bundled_scripts()[0]).parent.rglob(f"*{SUFFIX}"))


def names(paths: list[Path]) -> list[str]:
    return [path.name.removesuffix(SUFFIX) for path in paths]


@pytest.mark.parametrize("path", DIALOGUES, ids=names(DIALOGUES))
def test_a_session_does_what_is_written(path):
    assert run(read_dialogue(path)).shown() == ""


def test_the_bundled_scripts_do_what_their_dialogues_say():
    for path in BUNDLED:
        assert run(read_dialogue(path)).shown() == ""


def test_every_situation_has_a_title_of_its_own():
    titles = [re.search(r"^title: (.+)$", path.read_text("utf-8"), re.M)[1] for path in DIALOGUES]
    assert len(set(titles)) == len(titles) >= 60


class Ears:
    """Notes what is understood in dialogues."""

    def __init__(self) -> None:
        self.understood: set[str | None] = set()

    def world(self, engine, watcher, began) -> TextWorld:
        self.watcher = watcher
        return TextWorld(engine, self, began)

    def tell(self, at, what) -> None:
        if isinstance(what, Heard):
            self.understood.add(what.intent)
        self.watcher.tell(at, what)


def test_every_universal_is_said_in_some_dialogue():
    ears = Ears()
    for path in DIALOGUES:
        run(read_dialogue(path), ears.world)
    assert set(COMMANDS) <= ears.understood
