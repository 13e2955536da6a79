"""Texts to import, and the drafts that come of them."""

from functools import cache, lru_cache
from pathlib import Path

import pytest

from voice_guide.importing import draft_of, read_source, yaml_of
from voice_guide.language.pack import load_language
from voice_guide.opening import vocabulary
from voice_guide.script import check, parse_script
from voice_guide.settings import Settings

TEXTS = Path(__file__).parent / "texts"


@lru_cache(maxsize=1)
def _known():
    return vocabulary(Settings())


@cache
def _known_text(name: str) -> "Imported":
    return Imported(TEXTS / name)


class Imported:
    """A draft, loaded as the script that it is."""

    def __init__(self, path: Path) -> None:
        universals = load_language("en").universals
        known = _known()
        self.draft = draft_of(read_source(path), known, universals)
        self.text = yaml_of(self.draft)
        loaded = parse_script(self.text, path.with_suffix(".yaml"))
        self.script = loaded.script
        self.findings = check(loaded, known, universals)
        self.said = [" ".join((step.say or "").split()) for step in self.script.steps]

    @property
    def heard(self) -> str:
        """All the phrases of the replies."""
        return " ".join(phrase for reply in self.script.replies for phrase in reply.hear)

    @property
    def all_words(self) -> str:
        """The whole draft in lower case, without its comments."""
        lines = (line for line in self.text.splitlines() if not line.strip().startswith("#"))
        return " ".join(lines).lower()


@pytest.fixture
def imported(tmp_path):
    """Return a function that imports a text, or one of those in texts/ by its name."""

    def imported(text: str, name: str = "text.txt") -> Imported:
        if "\n" not in text and (TEXTS / text).is_file():
            return _known_text(text)
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return Imported(path)

    return imported
