"""Scripts to load, and what is found in them."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from voice_guide.resources import models_folder
from voice_guide.script import ScriptError, check, load_script

HEAD = "format: 1\ntitle: Test\n"
STEPS = "steps:\n  - {name: One, say: Sit down.}\n"


@pytest.fixture
def write(tmp_path):
    """Return a function that writes a script and returns its path."""

    def write(text: str | bytes, name: str = "test.yaml") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return write


@pytest.fixture
def errors(write):
    """Return a function that loads a script and returns its errors as (line, column, message)."""

    def errors(text: str | bytes) -> list[tuple[int, int, str]]:
        with pytest.raises(ScriptError) as caught:
            load_script(write(text))
        assert caught.value.exit_code == 1
        return [(f.position.line, f.position.column, f.message) for f in caught.value.findings]

    return errors


@pytest.fixture
def error(errors):
    """Return a function that loads a script with exactly one error and returns that."""

    def error(text: str | bytes) -> SimpleNamespace:
        found = errors(text)
        assert len(found) == 1, found
        return SimpleNamespace(line=found[0][0], column=found[0][1], message=found[0][2])

    return error


@pytest.fixture
def findings(write):
    """Return a function that checks a good script and returns (line, severity, message)."""

    def findings(text: str, vocabulary=None, universals=None) -> list[tuple[int, str, str]]:
        found = check(load_script(write(text)), vocabulary, universals)
        return [(f.position.line, f.severity, f.message) for f in found]

    return findings


@pytest.fixture(scope="session")
def hearable_words():
    """Return the words that the built-in speech model knows."""
    listed = models_folder() / "vosk-builtin-en" / "graph" / "words.txt"
    words = {line.split()[0] for line in listed.read_text("utf-8").splitlines()}
    return {word for word in words if word[0].isalpha()}


@pytest.fixture(scope="session")
def hearable(hearable_words):
    """Return whether the built-in speech model knows a word."""
    return hearable_words.__contains__
