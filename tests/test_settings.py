import stat
from pathlib import Path

import pytest

from voice_guide import settings_file
from voice_guide.errors import InputError
from voice_guide.opening import open_session
from voice_guide.settings import Settings, load_settings, settings_path


@pytest.fixture
def load(tmp_path):
    path = tmp_path / "settings.yaml"

    def loaded(text: str | bytes) -> Settings:
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return load_settings(path)

    return loaded


def test_without_a_file_everything_is_the_default(tmp_path):
    assert load_settings(tmp_path / "none.yaml") == Settings()


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "{}", "voice:\nrate: ~\nvolume: null\n"])
def test_a_file_without_values_is_the_default(load, text):
    assert load(text) == Settings()


def test_values_are_taken_as_they_are_meant(load):
    text = "voice: no\nrate: 150\nvolume: 0.9\ninput: 3\noutput: 'USB Speaker'\n"
    assert load(text) == Settings(voice="no", rate=150, volume=0.9, input="3", output="USB Speaker")


@pytest.mark.parametrize(("written", "meant"), [("yes", True), ("true", True), ("no", False)])
def test_the_name_before_commands_can_be_asked_for(load, written, meant):
    settings = load(f"only_when_called: {written}\n")
    opened = open_session("breathing", settings)
    texts = {phrase.text for phrase in opened.engine.every_phrase()}
    assert settings.only_when_called is meant
    assert ("guide next" in texts) is meant and "stop" in texts


def test_the_models_folder_may_be_at_home_or_beside_the_file(load, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", "/home/me")
    assert load("model: ~/model").model == Path("/home/me/model")
    assert load("model: /opt/model").model == Path("/opt/model")
    assert load("model: models/mine").model == tmp_path / "models" / "mine"


def test_options_win_where_they_are_given():
    settings = Settings(voice="en-gb", rate=150).over(voice=None, rate=80, volume=0.0)
    assert settings == Settings(voice="en-gb", rate=80, volume=0.0)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "voice: en\nrate: fast",
            r"yaml:2:7: 'rate' must be a whole number. \(.* in words a minute, such as 150.\)\n"
            r"    rate: fast\n          \^$",
        ),
        ("rate: 150.5", "yaml:1:7: 'rate' must be a whole number"),
        ("rate: yes", "'rate' must be a whole number"),
        ("rate: [150]", "'rate' must be a whole number"),
        ("rate: " + "9" * 5000, "'rate' is too large a number"),
        ("volume: [1]", "'volume' must be a number"),
        ("volume: loud", "'volume' must be a number. .*0 to 1, such as 0.8"),
        ("only_when_called: maybe", "'only_when_called' must be yes or no. .*Whether commands"),
        ("only_when_called: {}", "'only_when_called' must be yes or no"),
        ("mode: rooms", "Did you mean 'room'"),
        ("sentence_words: 3", "'sentence_words' is too little: it must be at least 5"),
        ("model: [a]", "'model' must be a text, not a list"),
        ("voice: {a: b}", "'voice' must be a text, not a mapping"),
        ("voise: en", "'voise' is not known here. Did you mean 'voice'"),
        ("colour: red", "'colour' is not known here. What can be here: voice, rate"),
        ("- rate", "these are no settings"),
        ("rate", "these are no settings"),
        ("[1]: 2", "settings.yaml"),
        ("voice: [", "settings.yaml:1:9: this is not YAML"),
        ("[" * 100_000, "too large|not YAML"),
        ("[" * 50_000, "not YAML"),
        ("# " + "x" * 200_000, "too large"),
        ("!!python/object/apply:os.system [x]", "settings.yaml"),
        (b"\xff\xfe\x00", "UTF-8"),
    ],
)
def test_what_is_wrong_is_named_with_the_file(load, text, message):
    with pytest.raises(InputError, match=message) as error:
        load(text)
    assert "settings.yaml" in str(error.value)


def test_a_folder_in_its_place_is_an_error_in_words(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        load_settings(tmp_path)


def test_the_file_is_where_the_system_keeps_settings(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert settings_path().name == "settings.yaml"
    assert settings_path().parent.name == "voice-guide"


@pytest.fixture
def users_own(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    path = settings_path()
    path.parent.mkdir(parents=True)
    path.write_text("voice: en-gb+f3\n")
    return path


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_settings_that_others_could_read_are_made_private(users_own):
    users_own.parent.chmod(0o755)
    users_own.chmod(0o644)
    assert load_settings().voice == "en-gb+f3"
    assert rights(users_own) == 0o600
    assert rights(users_own.parent) == 0o700


@pytest.mark.parametrize("mode", [0o400, 0o600])
def test_rights_that_are_private_already_stay_as_they_are(users_own, mode):
    users_own.chmod(mode)
    load_settings()
    assert rights(users_own) == mode


def test_one_setting_is_chosen_and_the_other_lines_stay(users_own):
    users_own.write_text("# mine\nvoice: en-gb+f3  # she is clear\nmodel: /old\nrate: 150")
    settings_file.choose(users_own, "model", "/new: one")
    assert users_own.read_text() == (
        '# mine\nvoice: en-gb+f3  # she is clear\nrate: 150\nmodel: "/new: one"\n'
    )
    assert load_settings().model == Path("/new: one")
    settings_file.choose(users_own, "model", None)
    assert load_settings() == Settings(voice="en-gb+f3", rate=150)
    assert rights(users_own) == 0o600


def test_a_setting_makes_the_file_where_there_is_none(users_own):
    users_own.unlink()
    users_own.parent.rmdir()
    settings_file.choose(users_own, "model", "/new")
    assert load_settings() == Settings(model=Path("/new"))
    assert rights(users_own) == 0o600 and rights(users_own.parent) == 0o700


@pytest.mark.parametrize("text", ["{voice: en-gb}", "model:\n  /old\nrate: 150\n"])
def test_a_file_in_its_own_way_is_left_alone_and_the_line_is_told(users_own, text):
    users_own.write_text(text)
    with pytest.raises(InputError, match='write this line: model: "/new"'):
        settings_file.choose(users_own, "model", "/new")
    assert users_own.read_text() == text


def test_a_link_to_the_settings_stays_a_link(users_own, tmp_path):
    kept = tmp_path / "dotfiles.yaml"
    users_own.rename(kept)
    users_own.symlink_to(kept)
    settings_file.choose(users_own, "rate", "140")
    assert users_own.is_symlink() and "140" in kept.read_text()
