from pathlib import Path

import pytest

from voice_guide.errors import InputError
from voice_guide.rehearsal.cues import Cue, load_cues, parse_cue


@pytest.mark.parametrize(
    ("written", "cue"),
    [
        ("12s: too hard", Cue(12.0, words="too hard")),
        ("1 min 5 s: stop", Cue(65.0, words="stop")),
        ("after 'Glide up': more oil", Cue(None, "Glide up", words="more oil")),
        ('after "Glide" + 3s: stop', Cue(None, "Glide", delay=3.0, words="stop")),
        ("during 'Say: now': stop", Cue(None, "Say: now", during=True, words="stop")),
    ],
)
def test_cues_are_read_as_written(written, cue):
    assert parse_cue(written) == cue


def test_a_recording_instead_of_words():
    assert parse_cue("30s: clip.wav", wav=True) == Cue(30.0, wav=Path("clip.wav"))


@pytest.mark.parametrize(
    "written",
    ["", "stop", "12: stop", "12 apples: stop", "after Glide: stop", "12s:", "soon: stop"],
)
def test_what_cannot_be_read_says_how_to_write_it(written):
    with pytest.raises(InputError, match="Write it as"):
        parse_cue(written)


def test_a_file_of_cues(tmp_path):
    path = tmp_path / "person.yaml"
    path.write_text("- 12s: too hard\n- after 'Glide': {wav: clip.wav}\n- '20s: stop'\n")
    assert load_cues(path) == (
        Cue(12.0, words="too hard"),
        Cue(None, "Glide", wav=tmp_path / "clip.wav"),
        Cue(20.0, words="stop"),
    )


@pytest.mark.parametrize(
    "text", ["{a: b}", "- [1, 2]", "- {a: b, c: d}", "- soon: stop", "a: [", "\0"]
)
def test_a_wrong_file_is_an_error_in_words(tmp_path, text):
    path = tmp_path / "person.yaml"
    path.write_text(text)
    with pytest.raises(InputError, match=r"person\.yaml"):
        load_cues(path)


@pytest.mark.parametrize(
    ("item", "why"),
    [
        ("{wer: a, was: b}", "not a time and what is said then"),
        ("soon: stop", "This time cannot be read: 'soon'"),
        ("stop", "This cue cannot be read: 'stop'"),
        ("12s:", "words or a recording"),
        ("12s: {clip: a.wav}", "words or a recording"),
        ("12s: {wav: [a.wav]}", "words or a recording"),
    ],
)
def test_a_wrong_item_is_told_with_its_place_and_how_it_is_written_in_a_file(tmp_path, item, why):
    path = tmp_path / "person.yaml"
    path.write_text(f"# the person\n- 5s: stop\n- {item}\n")
    with pytest.raises(InputError) as caught:
        load_cues(path)
    told, line, _ = str(caught.value).splitlines()
    assert told.startswith(f"{path}:3:3: ") and why in told
    assert '"- 12s: too hard"' in told and "{wav: clip.wav}" in told
    assert line.strip() == f"- {item}"


def test_a_missing_file_is_an_error_in_words(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        load_cues(tmp_path / "none.yaml")
