"""A "stop" with other words before and behind it."""

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from benchmarks.running_speech import massage_grammar
from benchmarks.stop_behind import around, voice_of
from models.training.voices import trimmed
from tests.speech.listening import SHARED_SPEECH, everything, heard, intents, pause, say, stream
from voice_guide.audio.format import Samples, samples, silence
from voice_guide.speech.decoding import DecodingSettings
from voice_guide.speech.espeak import EspeakRenderer
from voice_guide.speech.grammar import Grammar, Phrase
from voice_guide.speech.hearing import HeardWord
from voice_guide.speech.listener import Listener, ListenerSettings
from voice_guide.speech.looks import Decoded, Looks
from voice_guide.speech.model import SpeechModel, open_model
from voice_guide.speech.recordings import hear, read_recording
from voice_guide.speech.stop_ending import StopEnding
from voice_guide.speech.utterance import Utterance
from voice_guide.speech.voice_settings import VoiceSettings


@pytest.fixture(scope="module")
def model() -> SpeechModel:
    return open_model()


def listening(
    model: SpeechModel, grammar: Grammar, said: Samples
) -> Callable[[DecodingSettings], list[str]]:
    """Return what tells what is heard, in quiet, for some settings."""

    def told(settings: DecodingSettings) -> list[str]:
        listener = Listener(model, grammar, ListenerSettings(decoding=settings))
        return intents(stream(listener, pause(1), said, pause(1)))

    return told


def test_a_shred_of_other_speech_is_no_stop(model: SpeechModel) -> None:
    """The end of "blister" comes out as a "stop" of 0.17 s. Here one of 0.4 s stands for it.

    It is one, so the checks of its end would hear it.
    """

    def told(lasts_s: float) -> list[str]:
        settings = ListenerSettings(
            decoding=DecodingSettings(ending_lasts_s=lasts_s, ending_with_others=99.0)
        )
        sound = (pause(1), say("is it"), pause(0.1), say("stop"), pause(1))
        return intents(stream(Listener(model, everything(), settings), *sound))

    assert told(DecodingSettings().ending_lasts_s) == ["stop"]
    assert told(1.0) == []


@pytest.mark.parametrize(
    "said", ["no stop it", "no no stop please", "is it stop that", "ow stop it", "hey stop that"]
)
def test_a_stop_of_several_words_behind_other_speech_stops(model: SpeechModel, said: str) -> None:
    assert intents(stream(Listener(model, everything()), pause(1), say(said), pause(1))) == ["stop"]


@pytest.mark.parametrize("voice", ["en-029+ed", "en-gb+rob", "en-029"])
def test_stuff_is_no_stop(model: SpeechModel, voice: str) -> None:
    """Both checks take it for one; its last third of a second does not fit well enough."""
    told = listening(model, everything(), say("why should I read this stuff", voice))
    assert told(DecodingSettings()) == []
    assert told(DecodingSettings(heard_ending_fits=-99.0)) == ["stop"]
    called = listening(model, everything(), say("why should I read this, stop", voice))
    assert called(DecodingSettings()) == ["stop"]


@pytest.mark.parametrize(
    "said", ["stop it hurts", "stop hold on", "stop the massage", "stop I can't"]
)
def test_a_phrase_may_come_right_after_stop(model: SpeechModel, said: str) -> None:
    heard = intents(stream(Listener(model, everything()), pause(1), say(said), pause(1)))
    assert heard[0] == "stop"


def test_a_stop_of_several_words_amid_other_speech_is_none(model: SpeechModel) -> None:
    told = say("stop that with the towel over there")
    assert intents(stream(Listener(model, everything()), pause(1), told, pause(1))) == []


def test_a_stop_that_was_recognised_behind_other_speech_waits_for_no_more_looks(
    model: SpeechModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each look takes a tenth of a second or two, and there are up to eight."""

    def look(self: Utterance, first: Decoded) -> Decoded:
        raise AssertionError("looked again")

    monkeypatch.setattr(Utterance, "_second_look", look)
    monkeypatch.setattr(Utterance, "_other_looks", look)
    monkeypatch.setattr(Utterance, "stop_so_far", lambda self: None)
    talk = np.concatenate([say("is it"), pause(0.1), say("stop")])
    hearings = stream(Listener(model, everything()), pause(1), talk, pause(1))
    assert intents(hearings) == ["stop"]


def test_the_end_of_a_sentence_that_sounds_like_stop_it_is_none(model: SpeechModel) -> None:
    """It comes out as "... four more stop it"; the phrase check doubts it."""
    voice = VoiceSettings(voice="en-us-nyc+klatt3", rate=167, pitch=40)
    told = EspeakRenderer().render("the virtual room was to blame for most of it", voice).samples
    assert intents(stream(Listener(model, massage_grammar()), pause(1), told, pause(1))) == []


def test_other_words_that_sound_like_stop_it_are_none(model: SpeechModel) -> None:
    """They come out as "stop it"; the phrase check has low odds, and other words fit better."""

    told = listening(model, everything(), say("step it", "en-us"))
    assert told(DecodingSettings(urgent_with_odds=-99.0, urgent_weighed=-99.0)) == ["stop"]
    assert told(DecodingSettings(urgent_with_odds=-99.0)) == []
    assert told(DecodingSettings()) == []


def test_a_stop_that_is_doubted_is_heard_at_the_end_of_the_voice(model: SpeechModel) -> None:
    """The first 0.13 s of other talk were one. What is a stop is only heard later so."""

    def told(settings: DecodingSettings, before_s: float) -> list[tuple[str | None, bool]]:
        listener = Listener(model, everything(), ListenerSettings(decoding=settings))
        sound = (pause(before_s), say("stop"), pause(1))
        return [(h.intent, h.partial) for h in heard(stream(listener, *sound))]

    doubting = DecodingSettings(alone_odds=99.0, early_odds=99.0)
    for before_s in (0, 1):
        assert told(DecodingSettings(), before_s) == [("stop", True)]
    assert told(doubting, 0) == [("stop", False)]
    assert told(replace(doubting, alone_odds_quiet=99.0), 1) == [("stop", False)]


def test_the_end_of_a_sentence_that_the_check_takes_for_a_stop_is_none(model: SpeechModel) -> None:
    """ "Amount of" has odds of 3 in the phrase check; other words win over "stop" there by 7."""
    voice = VoiceSettings(voice="en-gb+rob", rate=165)
    said = EspeakRenderer().render("pour in the same amount of", voice).samples

    told = listening(model, everything(), said)
    assert told(DecodingSettings(ending_with_others=-9.0, ending_fits=-99.0)) == ["stop"]
    assert told(DecodingSettings(ending_fits=-99.0)) == []
    assert told(DecodingSettings()) == []


def test_an_end_that_both_checks_take_for_a_stop_must_fit(model: SpeechModel) -> None:
    """ "Rooftops" loses to any sounds by 7, but no word of the model is so much like it."""
    voice = VoiceSettings(voice="en-029+ed", rate=150)
    said = EspeakRenderer().render("want it shouted out from the rooftops", voice).samples

    told = listening(model, massage_grammar(), said)
    assert told(DecodingSettings(ending_fits=-99.0)) == ["stop"]
    assert told(DecodingSettings()) == []


@pytest.mark.parametrize(
    ("said", "voice", "rate"),
    [
        ("its appetite which however is inferior in scope", "en-029+ed", 175),
        ("i like your snoopy poster", "en-gb-scotland+m3", 155),
    ],
)
def test_an_end_that_came_out_as_a_stop_asks_the_check_of_ends(
    model: SpeechModel, said: str, voice: str, rate: int
) -> None:
    """The recogniser has "... on stop", which fits; the check of ends does not make up for it."""
    sound = EspeakRenderer().render(said, VoiceSettings(voice=voice, rate=rate)).samples

    told = listening(model, massage_grammar(), sound)
    assert told(DecodingSettings()) == []
    assert told(DecodingSettings(ending_with_check=0.0, quiet_refused_ending_odds=-9.0)) == ["stop"]


def test_a_sentence_that_begins_with_stop_if_is_no_stop_it(model: SpeechModel) -> None:
    """It is "stop it" so far, but for the phrase check: it is waited how it goes on."""
    voice = VoiceSettings(voice="en-us+steph", rate=186)
    told = EspeakRenderer().render("stop if the skin turns red or they feel dizzy", voice).samples
    assert intents(stream(Listener(model, everything()), pause(1), told, pause(1))) == []


@pytest.mark.parametrize("said", ("wait", "wait, my hands are full of oil"))
def test_a_word_that_begins_with_wait_is_none(model: SpeechModel, said: str) -> None:
    """ "Waits" is one before its "s"; a "wait" is one with talk behind it, too."""
    voice = VoiceSettings(voice="en-gb+rob", rate=167)

    def told(text: str, hold_s: float) -> list[str | None]:
        sound = trimmed(EspeakRenderer().render(text, voice).samples)
        listener = Listener(model, massage_grammar(), ListenerSettings(pause_hold_s=hold_s))
        return intents(stream(listener, pause(0.6), sound, pause(1)))

    held_s = ListenerSettings().pause_hold_s
    assert told("waits for a signal", 0.2) == ["pause"]
    assert told("waits for a signal", held_s) == []
    assert told(said, held_s) == ["pause"]


@pytest.mark.parametrize("number", (1, 9))
def test_a_person_who_calls_stop_right_behind_an_order_is_heard(
    model: SpeechModel, number: int
) -> None:
    """The recogniser finds no stop in these: the checks hear it."""
    if not SHARED_SPEECH.is_dir():
        pytest.skip("no ../shared/speech beside the checkout")
    stop = read_recording(sorted((SHARED_SPEECH / "commands" / "stop").glob("*.flac"))[number])
    order = voice_of(read_recording(sorted((SHARED_SPEECH / "coffee").glob("*.flac"))[number]))
    called = voice_of(stop) * (np.abs(order).max() / np.abs(stop).max())
    talk = order[-(2 if number % 2 else 1) * 16_000 :]
    sound = (pause(1), talk, pause(0.03), called, pause(1))
    assert intents(stream(Listener(model, everything()), *sound)) == ["stop"]
    assert intents(stream(Listener(model, everything()), pause(1), talk, pause(1))) == []


def test_a_single_word_is_not_taken_for_the_end_of_talk() -> None:
    """The checks take "top" for a "stop" too easily: they are asked of long ones only."""
    assert not ends_with_stop(silence(samples(0.9)), Fitting())
    assert ends_with_stop(silence(samples(1.8)), Fitting())


@pytest.mark.parametrize(
    ("said", "stops"),
    [
        ("we talk and talk stop", True),
        ("they read comic books", False),
        ("it was a long walk", False),
        ("he lives in a small house", False),
    ],
)
def test_the_end_of_talk_is_held_against_other_words(
    model: SpeechModel, said: str, stops: bool
) -> None:
    """The checks are sure here, whatever they hear: other words must not fit much better."""
    sound = np.concatenate([say(said), pause(0.32)])
    looks = Looks(model, DecodingSettings(), sound, 0, everything().matches)
    assert ends_with_stop(sound, looks) == stops


@pytest.mark.parametrize(
    "end", ("we found it in a shop", "put the lid on the pot", "what a lot of stuff")
)
def test_an_end_of_talk_that_sounds_like_stop_is_none(model: SpeechModel, end: str) -> None:
    assert intents(stream(Listener(model, everything()), pause(1), say(end), pause(1))) == []


def test_a_person_who_calls_stop_behind_an_order_is_heard_in_noise(model: SpeechModel) -> None:
    """The voice activity holds on to the noise: where the voice has ended is not known."""
    if not SHARED_SPEECH.is_dir():
        pytest.skip("no ../shared/speech beside the checkout")
    kitchen = read_recording(SHARED_SPEECH / "noise" / "kitchen.flac")[samples(60) :]
    orders = sorted((SHARED_SPEECH / "coffee").glob("*.flac"))[:8]
    stops = sorted((SHARED_SPEECH / "commands" / "stop").glob("*.flac"))[5::27][:8]

    def stopped(said: Samples, number: int) -> bool:
        heard = hear(around(said, kitchen, number, 10.0), model, everything())
        return any(h.intent == "stop" for h in heard)

    heard = acted = 0
    for number, (order, stop) in enumerate(zip(orders, stops, strict=True)):
        talk, called = (voice_of(read_recording(file)) for file in (order, stop))
        talk = talk[-samples(1.5) :]
        called *= np.abs(talk).max() / np.abs(called).max()
        heard += stopped(np.concatenate([talk, silence(samples(0.05)), called]), number)
        acted += stopped(talk, number)
    assert heard >= 6
    assert acted == 0


@pytest.mark.parametrize(
    ("wins_by", "odds", "stops"),
    [(3.0, -4.6, False), (3.9, -3.8, True), (11.4, -3.7, True), (1.9, -3.1, False)],
)
def test_a_doubted_stop_of_several_words_must_win_by_what_it_lacks_in_odds(
    wins_by: float, odds: float, stops: bool
) -> None:
    """ "Got a gun" by festival's ked came out as "... stop that": the first; others are calls."""

    class Look:
        def margin(self, text: str) -> float:
            return wins_by

    class Doubting(Sure):
        def odds_behind(self, phrase: Phrase, start: int) -> float:
            return odds

    ending = StopEnding(
        everything(),
        DecodingSettings(),
        Look(),  # type: ignore[arg-type]
        Doubting(),  # type: ignore[arg-type]
        start=0,
        length=samples(2),
        voice_end=samples(1.7),
        knows_unknown=True,
    )
    words = tuple(
        HeardWord(word, samples(n / 3), samples((n + 1) / 3), 0.9)
        for n, word in enumerate(("are", "the", "stop", "that"))
    )
    phrase = everything().match("stop that")
    assert phrase is not None
    assert ending.convinces(Decoded("are the stop that", words, (phrase,))) == stops


class Sure:
    """Checks that take everything for a "stop"."""

    quiet = True
    knows_endings = True

    def knows(self, text: str) -> bool:
        return True

    def odds_before(self, phrase: Phrase, end: int) -> float:
        return 3.0

    def odds_behind(self, phrase: Phrase, begin: int) -> float:
        return 3.0

    def odds_of_ending(self, end: int) -> tuple[float, int]:
        return 2.5, end

    def ends(self, end: int) -> list[int]:
        return [end]


class Fitting:
    """A look at noise in which "stop" fits."""

    def margin(self, text: str, last_s: float) -> float:
        return 2.0


class FittingFrom:
    """A look at a sound with 0.32 s of quiet at its end, in which "stop" fits from some place on.

    It does so only if that place is in the seconds that are looked at, and not in all of it.
    """

    def __init__(self, before_s: float) -> None:
        self._before_s = before_s

    def margin(self, text: str, last_s: float = math.inf) -> float:
        return 6.0 if self._before_s + 0.31 < last_s < math.inf else 0.0


@pytest.mark.parametrize(
    ("before_s", "stops"), [(0.3, True), (0.4, True), (0.5, True), (0.6, False)]
)
def test_a_stop_that_was_recognised_may_be_drawn_out(before_s: float, stops: bool) -> None:
    """Of one that takes more than 0.45 s the first two looks at its end lack the "st"."""
    ending = StopEnding(
        everything(),
        DecodingSettings(),
        FittingFrom(before_s),  # type: ignore[arg-type]
        Sure(),  # type: ignore[arg-type]
        start=0,
        length=samples(2.0),
        voice_end=samples(2.0 - 0.32),
        knows_unknown=True,
    )
    words = (
        HeardWord("so", 0, samples(1.0), 1.0),
        HeardWord("stop", samples(1.0), samples(1.6), 1),
    )
    recognised = ending.recognised(Decoded("so stop", words, ()))
    assert recognised is not None
    assert ending.convinces(recognised) == stops


def ends_with_stop(sound: Samples, looks: Looks | Fitting) -> bool:
    """Whether a sound with 0.32 s of quiet at its end has a "stop" there."""
    opinion = Sure()
    opinion.quiet = isinstance(looks, Looks)
    ending = StopEnding(
        everything(),
        DecodingSettings(),
        looks,  # type: ignore[arg-type]
        opinion,  # type: ignore[arg-type]
        start=0,
        length=len(sound),
        voice_end=len(sound) - samples(0.32),
        knows_unknown=True,
    )
    return ending.heard_by_check(Decoded("[unk]", (), ())) is not None
