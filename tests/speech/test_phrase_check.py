"""The second opinion on short phrases: what it finds, what it refuses, what it leaves alone."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from tests.speech.listening import everything, intents, pause, say, stream
from voice_guide.audio.format import samples, silence
from voice_guide.cli import main
from voice_guide.errors import MachineError
from voice_guide.resources import models_folder
from voice_guide.speech.decoding import DecodingSettings
from voice_guide.speech.grammar import Grammar, Phrase
from voice_guide.speech.listener import Listener
from voice_guide.speech.looks import Decoded
from voice_guide.speech.model import SpeechModel, open_model
from voice_guide.speech.phrase_check import FILE, STOP_FILE, Opinion, PhraseCheck
from voice_guide.speech.second_opinion import SecondOpinion
from voice_guide.speech.speech_embedding import SIZE, WINDOWS, SpeechEmbedding

STOP = Phrase("stop", "stop", "universal", urgent=True)
HALT = Phrase("stop it", "stop", "universal", urgent=True)
SOFTER = Phrase("softer", "softer", "universal")
GRAMMAR = Grammar((STOP, HALT, SOFTER), skip_words=("please",))
NAMES = {"stop": 0, "stop it": 1, "softer": 2, "skip": 3}


@pytest.fixture(scope="module")
def model() -> SpeechModel:
    return open_model()


@pytest.fixture(scope="module")
def check(model: SpeechModel) -> PhraseCheck:
    assert model.phrase_check is not None
    return model.phrase_check


def opinion(noisy: bool = False, **shares: float) -> SecondOpinion:
    """What is said of a sound when each of ``NAMES`` has such a probability."""
    told = [shares.get(name.replace(" ", "_"), 0.0) for name in NAMES]
    fixed = Opinion(NAMES, np.array([*told, 1 - sum(told)]))

    class Fixed:
        phrases = NAMES

        def __call__(self, sound: object) -> Opinion:
            return fixed

    sound = np.random.default_rng(2).standard_normal(samples(1)).astype(np.float32)
    sound[: samples(0.5)] *= 0.5 if noisy else 0.001
    return SecondOpinion(Fixed(), GRAMMAR, DecodingSettings(), sound)  # type: ignore[arg-type]


def came_out_as(phrase: Phrase, text: str = "") -> Decoded:
    return Decoded(text or phrase.text, (), (phrase,))


def test_the_level_does_not_count() -> None:
    embedding, sound = SpeechEmbedding(), say("softer")
    loud, quiet = embedding(sound), embedding(sound * np.float32(0.05))
    assert loud.shape == (WINDOWS, SIZE)
    assert np.abs(loud - quiet).max() < 0.05 * np.abs(loud).max()


def test_a_sound_of_more_than_two_seconds_has_no_opinion(check: PhraseCheck) -> None:
    with pytest.raises(ValueError, match="too long"):
        SpeechEmbedding()(silence(samples(2.1)))
    assert check(silence(samples(2.1))) is None


def test_a_short_phrase_with_much_quiet_around_it_has_one(check: PhraseCheck) -> None:
    sound = np.concatenate([pause(0.9), say("softer"), pause(0.9)])
    assert len(sound) > samples(2.0)
    told = SecondOpinion(check, GRAMMAR, DecodingSettings(), sound)
    assert told.odds(SOFTER) > 0 > told.odds(HALT)


@pytest.mark.parametrize("said", ["softer", "too hard", "wait", "more time", "stop"])
def test_it_tells_the_phrases(check: PhraseCheck, said: str) -> None:
    told = check(np.concatenate([pause(0.15), say(said, "en-us+f5"), pause(0.3)]))
    assert told is not None
    assert told.best(told.phrases) == said
    assert told.odds([said]) > 0


@pytest.mark.parametrize("said", ["kettle", "beautiful", "the garden gate", "wednesday"])
def test_other_words_are_none_of_them(check: PhraseCheck, said: str) -> None:
    told = check(np.concatenate([pause(0.15), say(said, "en-us+f5"), pause(0.3)]))
    assert told is not None
    assert told.odds(told.phrases) < 0


def test_what_it_is_sure_of_is_found() -> None:
    assert opinion(softer=0.8).found() == SOFTER
    assert opinion(softer=0.6).found() is None


def test_all_ways_to_say_it_count_together() -> None:
    assert opinion(stop=0.45, stop_it=0.4).found() == STOP


def test_what_cannot_be_said_now_is_not_found() -> None:
    assert opinion(skip=0.9).found() is None


def test_what_cannot_be_said_now_is_less_likely() -> None:
    """ "Skip" is more likely than "softer" by its sound, but it cannot be said here."""
    assert opinion(skip=0.5, softer=0.45).found() == SOFTER
    assert opinion(skip=0.9, softer=0.05).found() is None


def test_what_it_takes_for_something_else_is_refused() -> None:
    assert opinion(softer=0.05).refuses(came_out_as(SOFTER))
    assert not opinion(softer=0.2).refuses(came_out_as(SOFTER))


def test_in_noise_and_of_several_words_nothing_is_refused() -> None:
    assert not opinion(noisy=True, softer=0.05).refuses(came_out_as(SOFTER))
    assert not opinion(stop_it=0.001).refuses(came_out_as(HALT))


def test_what_is_urgent_is_never_refused() -> None:
    assert not opinion(skip=0.99).refuses(came_out_as(STOP))


def test_what_is_urgent_waits_for_its_end_where_it_is_doubted() -> None:
    assert opinion(skip=0.9, stop=0.05).doubts(STOP, -1)
    assert not opinion(skip=0.9, stop=0.05).doubts(STOP, -4)
    assert not opinion(skip=0.4, stop=0.5).doubts(STOP, -1)
    assert not opinion(skip=0.9).doubts(Phrase("hands off", "stop", "script", urgent=True), -1)


def test_it_judges_several_words_where_it_is_quiet() -> None:
    odds = opinion(stop_it=0.1).odds_if_others(came_out_as(HALT))
    assert odds == pytest.approx(np.log(0.1 / 0.9))
    assert opinion(noisy=True, stop_it=0.1).odds_if_others(came_out_as(HALT)) is None
    assert opinion(stop=0.1).odds_if_others(came_out_as(STOP)) is None  # it has its own look


def test_it_judges_a_phrase_with_small_words_around_it_but_none_behind_other_talk() -> None:
    told = opinion(stop_it=0.1)
    odds = told.odds_if_others(came_out_as(HALT))
    assert odds is not None
    assert told.odds_if_others(came_out_as(HALT, "please stop it")) == odds
    assert told.odds_if_others(came_out_as(HALT, "the water stop it")) is None  # another look's
    assert told.odds_if_others(came_out_as(STOP, "please stop")) is None


def test_where_it_is_quiet_it_knows_that_nothing_was_said() -> None:
    assert opinion(skip=0.9, softer=0.01).clearly_none
    assert not opinion(skip=0.9, softer=0.05).clearly_none
    assert not opinion(noisy=True, softer=0.01).clearly_none


def test_a_phrase_at_the_end_must_fit_both_cuts() -> None:
    class ByLength:
        phrases = NAMES

        def __call__(self, sound: np.ndarray) -> Opinion:
            share = 0.95 if len(sound) < samples(0.45) else self.longer
            return Opinion(NAMES, np.array([share, 0, 0, 0, 1 - share], np.float64))

        longer = 0.1

    check = ByLength()
    sound = np.random.default_rng(2).standard_normal(samples(2)).astype(np.float32)
    sound[samples(1.5) :] *= 0.001
    told = SecondOpinion(check, GRAMMAR, DecodingSettings(), sound)  # type: ignore[arg-type]
    assert told.odds_before(STOP, samples(1.5)) < 0
    check.longer = 0.9
    assert told.odds_before(STOP, samples(1.5)) > 2


def test_it_has_nothing_to_say_of_a_phrase_among_other_words() -> None:
    assert not opinion().refuses(came_out_as(SOFTER, "softer please"))
    assert not opinion().refuses(replace(came_out_as(SOFTER), phrases=(SOFTER, STOP)))


def test_a_word_that_the_recogniser_loses_is_heard(
    model: SpeechModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here the recogniser's looks give nothing; the phrase check alone has it."""
    from voice_guide.speech.utterance import Utterance

    nothing = Decoded("[unk]", (), ())
    monkeypatch.setattr(Utterance, "_best_look", lambda self: nothing)
    monkeypatch.setattr(Utterance, "_recut", lambda self: None)
    monkeypatch.setattr(Utterance, "_stop_alone", lambda self, words: None)
    for said, intent in (("softer", "softer"), ("stop", "stop"), ("the garden gate", None)):
        sound = (pause(1), say(said), pause(1))
        told = intents(stream(Listener(model, everything()), *sound))
        assert told == ([intent] if intent else [])


def test_a_word_that_is_like_a_command_is_none_where_another_fits_much_better(
    model: SpeechModel,
) -> None:
    """By odds and by any sounds alone "bat" is "back" here, "em" is "end", "white" is "why"."""
    for said, voice in (("bat", "en-gb"), ("em", "en-gb+f3"), ("white", "en-us+f3")):
        sound = (pause(1), say(said, voice), pause(1))
        assert intents(stream(Listener(model, everything()), *sound)) == []
    for said, voice in (("back", "en-gb"), ("end", "en-gb+f3"), ("why", "en-us+f3")):
        sound = (pause(1), say(said, voice), pause(1))
        assert intents(stream(Listener(model, everything()), *sound)) == [said]


def test_it_chooses_where_it_must_be_one_of_the_phrases(
    model: SpeechModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    from voice_guide.speech.utterance import Utterance

    wrong = came_out_as(STOP)
    monkeypatch.setattr(Utterance, "_best_look", lambda self: wrong)
    closed = Grammar((STOP, SOFTER), closed=True)
    for said, intent in (("softer", "softer"), ("banana", "stop")):
        told = stream(Listener(model, closed), pause(1), say(said), pause(1))
        assert intents(told) == [intent]


@pytest.mark.parametrize("checks", [(), (FILE,), (STOP_FILE,)])
def test_a_model_without_it_listens_as_before(tmp_path: Path, checks: tuple[str, ...]) -> None:
    folder = models_folder() / "vosk-builtin-en"
    for part in ("am", "conf", "graph", *checks):
        (tmp_path / part).symlink_to(folder / part)
    model = open_model(tmp_path)
    assert (model.phrase_check is not None) == (FILE in checks)
    assert (model.stop_check is not None) == (STOP_FILE in checks)
    for said in ("stop", "is it stop"):
        told = stream(Listener(model, everything()), pause(1), say(said), pause(1))
        assert intents(told) == ["stop"]


def test_a_damaged_file_is_told_and_not_ignored(tmp_path: Path) -> None:
    folder = models_folder() / "vosk-builtin-en"
    for part in ("am", "conf", "graph"):
        (tmp_path / part).symlink_to(folder / part)
    (tmp_path / FILE).write_bytes((folder / FILE).read_bytes()[:5000])
    with pytest.raises(MachineError, match=FILE):
        open_model(tmp_path)
    result = CliRunner().invoke(main, ["doctor", "--model", str(tmp_path)])
    assert result.exit_code == 3
    assert FILE in result.output
