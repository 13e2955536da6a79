from dataclasses import replace

import numpy as np
import pytest

from tests.speech.listening import (
    GRAMMAR,
    PHRASES,
    everything,
    heard,
    intents,
    pause,
    say,
    stream,
)
from voice_guide.audio.format import RATE, Samples, gain, samples
from voice_guide.language.pack import load_language
from voice_guide.language.phrases import Phrase
from voice_guide.speech.decoding import DecodingSettings
from voice_guide.speech.grammar import Grammar
from voice_guide.speech.hearing import SpeechEnded, SpeechStarted
from voice_guide.speech.listener import Listener
from voice_guide.speech.model import SpeechModel, open_model
from voice_guide.speech.utterance import Utterance

CHAT = "the weather was lovely yesterday and we went for a walk along the river with the children"


@pytest.fixture(scope="module")
def model() -> SpeechModel:
    return open_model()


@pytest.fixture
def listener(model: SpeechModel) -> Listener:
    return Listener(model, GRAMMAR)


def noise(seconds: float, decibels: float) -> Samples:
    rng = np.random.default_rng(3)
    return (rng.standard_normal(samples(seconds)) * gain(decibels)).astype(np.float32)


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("stop", "en-us+f3"),
        ("too hard", "en-us+f3"),
        ("more lotion", "en-us+m3"),
        ("ready", "en-us+f3"),
        ("how long is left", "en-us"),
    ],
)
def test_a_phrase_is_heard_with_its_intent(listener: Listener, text: str, voice: str) -> None:
    told = heard(stream(listener, pause(1), say(text, voice), pause(1)))
    meant = next(p for p in PHRASES if p.text == text)
    assert [(h.text, h.intent, h.scope) for h in told] == [(text, meant.intent, meant.scope)]


def test_two_phrases_in_one_breath_are_heard_one_after_the_other(model: SpeechModel) -> None:
    phrases = (Phrase("yes", "yes", "question"), Phrase("softer", "softer", "universal"))
    grammar = Grammar.of((*phrases, *PHRASES), load_language("en"))
    told = heard(stream(Listener(model, grammar), pause(1), say("yes, but softer"), pause(1)))
    assert [(h.intent, h.text, h.more) for h in told] == [
        ("yes", "yes", True),
        ("softer", "softer", False),
    ]


def test_a_phrase_with_a_word_that_the_model_lacks_is_not_heard_as_another(
    model: SpeechModel,
) -> None:
    assert not model.has_word("emollient")
    phrases = (Phrase("more emollient", "more emollient", "script"), *PHRASES)
    listener = Listener(model, Grammar(phrases))
    listener.set_grammar(Grammar(phrases))
    assert "more emollient" not in intents(stream(listener, pause(1), say("more"), pause(1)))


def test_stop_within_what_somebody_tells_is_no_command(model: SpeechModel) -> None:
    language = load_language("en")
    listener = Listener(model, Grammar.of(language.phrases, language))
    told = "so I said stop it and she laughed"
    assert intents(stream(listener, pause(1), say(told), pause(1))) == []


@pytest.mark.parametrize("level", [-30, 0, 8])
def test_quiet_and_loud_speakers_are_heard(listener: Listener, level: float) -> None:
    sound = np.clip(say("more lotion") * np.float32(gain(level)), -1, 1)
    assert intents(stream(listener, pause(1), sound, pause(1))) == ["more lotion"]


def test_a_room_is_never_digitally_silent(listener: Listener) -> None:
    """And a simulated one is: both must work alike."""
    hiss = noise(1, -60)
    assert intents(stream(listener, hiss, say("too hard"), hiss)) == ["softer"]
    assert intents(stream(listener, pause(1), say("too hard"), pause(1))) == ["softer"]


def test_positions_say_when_it_was_spoken(listener: Listener) -> None:
    voice = say("how long is left", "en-us")
    begin = samples(2.0)
    hearings = stream(listener, pause(2.0), voice, pause(1))
    (told,) = heard(hearings)
    assert told.speech_start == pytest.approx(begin, abs=0.15 * RATE)
    assert told.speech_end == pytest.approx(begin + len(voice), abs=0.15 * RATE)
    assert told.speech_end < told.decided_at <= told.speech_end + 0.5 * RATE
    assert [word.text for word in told.words] == ["how", "long", "is", "left"]
    assert told.words[0].start == pytest.approx(begin, abs=0.15 * RATE)
    assert told.words[-1].end == pytest.approx(begin + len(voice), abs=0.15 * RATE)
    starts = [word.start for word in told.words]
    assert starts == sorted(starts)


def test_speech_is_reported_before_it_is_understood(listener: Listener) -> None:
    """So that the narrator ducks at once and comes back after the decision."""
    kinds = [type(h).__name__ for h in stream(listener, pause(1), say("too hard"), pause(1))]
    assert kinds == ["SpeechStarted", "Heard", "SpeechEnded"]


def test_the_onset_is_reported_soon(listener: Listener) -> None:
    stream(listener, pause(1))
    reported = stream(listener, say("more lotion")[: samples(0.25)])
    assert [type(h) for h in reported] == [SpeechStarted]
    assert reported[0].at == pytest.approx(RATE, abs=0.15 * RATE)


def test_talk_among_people_is_no_command(listener: Listener) -> None:
    hearings = stream(listener, pause(1), say(CHAT, "en-us+m3"), pause(1))
    assert heard(hearings)
    assert intents(hearings) == []


def test_a_command_within_a_sentence_is_no_command(listener: Listener) -> None:
    for text in ("the bed is too hard for my brother", "is she ready for school today"):
        assert intents(stream(listener, pause(1), say(text), pause(1))) == []


def test_noise_without_voice_is_nothing(listener: Listener) -> None:
    bang = noise(0.05, -6)
    assert stream(listener, noise(2, -30), bang, noise(1, -30), bang, noise(1, -50)) == []


def test_stop_acts_before_the_utterance_is_over(listener: Listener) -> None:
    """Somebody goes on talking after it: the decision must not wait for a silence."""
    talk = say(CHAT)
    hearings = stream(listener, pause(1), say("stop"), pause(0.25), talk, pause(1))
    told = [h for h in heard(hearings) if h.intent is not None]
    assert [(h.intent, h.partial) for h in told] == [("stop", True)]
    end_of_stop = RATE + len(say("stop"))
    assert told[0].decided_at < end_of_stop + 0.8 * RATE
    ended = [h.at for h in hearings if isinstance(h, SpeechEnded)]
    assert ended[-1] > told[0].decided_at


def test_stop_is_heard_right_after_other_speech(listener: Listener) -> None:
    talk = say("the weather was lovely yesterday", "en-us+m3")
    hearings = stream(listener, pause(1), talk, pause(0.1), say("stop"), pause(1))
    assert intents(hearings) == ["stop"]
    hearings = stream(listener, pause(1), talk, pause(0.1), say("ready"), pause(1))
    assert intents(hearings) == []


def test_stop_said_three_times_stops_once(listener: Listener) -> None:
    hearings = stream(listener, pause(1), say("stop stop stop"), pause(1))
    assert intents(hearings) == ["stop"]


def test_what_is_not_urgent_waits_for_the_end(model: SpeechModel) -> None:
    patient = Grammar(tuple(replace(p, urgent=False) for p in PHRASES))
    told = heard(stream(Listener(model, patient), pause(1), say("stop"), pause(1)))
    assert [(h.intent, h.partial) for h in told] == [("stop", False)]


def test_commands_in_a_row_are_heard_each(listener: Listener) -> None:
    hearings = stream(
        listener, pause(1), say("too hard"), pause(0.8), say("carry on"), pause(0.8), say("stop"),
        pause(1),
    )  # fmt: skip
    assert intents(hearings) == ["softer", "resume", "stop"]


def test_a_new_grammar_counts_from_the_next_utterance(model: SpeechModel) -> None:
    listener = Listener(model, GRAMMAR)
    voice = say("more lotion")
    middle = len(voice) // 2 // 320 * 320
    hearings = stream(listener, pause(1), voice[:middle])
    listener.set_grammar(Grammar((Phrase("carry on", "resume", "universal"),)))
    hearings += stream(listener, voice[middle:], pause(1))
    assert intents(hearings) == ["more lotion"]
    assert intents(stream(listener, voice, pause(1))) == []
    assert intents(stream(listener, say("carry on"), pause(1))) == ["resume"]


def test_with_no_phrases_nothing_is_meant(model: SpeechModel) -> None:
    assert intents(stream(Listener(model, Grammar(())), pause(1), say("stop"), pause(1))) == []


def test_a_closed_grammar_always_finds_something(model: SpeechModel) -> None:
    closed = replace(GRAMMAR, closed=True)
    told = heard(stream(Listener(model, closed), pause(1), say("banana"), pause(1)))
    assert told
    assert "[unk]" not in told[0].text


def test_the_same_sound_gives_the_same_hearings(model: SpeechModel) -> None:
    sound = np.concatenate([pause(1), say("too hard"), noise(1, -50), say("go to the next step")])
    runs = [stream(Listener(model, GRAMMAR), sound, pause(1)) for _ in range(2)]
    assert runs[0] == runs[1]


def test_the_end_of_a_recording_ends_the_utterance(listener: Listener) -> None:
    hearings = stream(listener, pause(1), say("more lotion"))
    assert intents(hearings) == []
    assert intents(listener.flush()) == ["more lotion"]
    assert listener.flush() == []
    before = RATE + len(say("more lotion"))
    (told,) = heard(stream(listener, pause(1), say("stop"), pause(1)))
    assert told.intent == "stop"
    assert told.speech_start == pytest.approx(before + RATE, abs=0.15 * RATE)


def test_phrases_without_a_single_word_among_them_work(model: SpeechModel) -> None:
    """The second look has nothing to look for then."""
    grammar = Grammar((Phrase("too hard", "softer", "universal"),), closed=True)
    hearings = stream(Listener(model, grammar), pause(1), say("stop"), say("hello"), pause(1))
    assert set(intents(hearings)) <= {"softer"}


def test_a_sure_answer_to_a_question_is_heard(model: SpeechModel) -> None:
    asked = Grammar((Phrase("yes", "yes", "question"), *PHRASES))
    told = heard(stream(Listener(model, asked), pause(1), say("yes"), pause(1)))
    assert [(h.intent, h.scope) for h in told] == [("yes", "question")]


@pytest.mark.parametrize("voice", ["en-us", "en-us+f3", "en-us+m3", "en-gb", "en-us+f5"])
def test_stop_is_heard_among_everything_that_can_be_said(model: SpeechModel, voice: str) -> None:
    hearings = stream(Listener(model, everything()), pause(1), say("stop", voice), pause(1))
    assert intents(hearings) == ["stop"]


@pytest.mark.parametrize("voice", ["en-us+f3", "en-gb+f2", "en-us+m3"])
def test_stop_is_decided_soon_after_its_end(model: SpeechModel, voice: str) -> None:
    word = say("stop", voice)
    (told,) = heard(stream(Listener(model, everything()), pause(1), word, pause(1)))
    assert told.intent == "stop"
    assert told.decided_at - RATE - len(word) < 0.25 * RATE


@pytest.mark.parametrize("words", ["just right", "too soft", "start over", "next step"])
@pytest.mark.parametrize("voice", ["en-us", "en-us+f3", "en-gb+f2"])
def test_what_begins_like_stop_is_not_taken_for_it(
    model: SpeechModel, words: str, voice: str
) -> None:
    hearings = stream(Listener(model, everything()), pause(1), say(words, voice), pause(1))
    assert "stop" not in intents(hearings)


@pytest.mark.parametrize(
    ("word", "voice"),
    [("stuff", "en-us"), ("stuff", "en-gb+f2"), ("stock", "en-us+f3"), ("stark", "en-gb+f2")],
)
def test_what_sounds_like_stop_is_not_taken_for_it(
    model: SpeechModel, word: str, voice: str
) -> None:
    """Any sounds fit a "stuff" no better than "stop"; the word itself does."""
    listener = Listener(model, Grammar.of(load_language("en").phrases, load_language("en")))
    hearings = stream(listener, pause(0.5), say(word, voice) * 0.5, pause(1))
    assert "stop" not in intents(hearings)


@pytest.mark.parametrize(
    ("word", "voice", "said"), [("sort", "en-gb", 0.24), ("sat", "en-us+m7", 0.16)]
)
def test_the_beginning_of_a_word_is_not_taken_for_stop(
    model: SpeechModel, word: str, voice: str, said: float
) -> None:
    beginning = say(word, voice)[: samples(said)]
    hearings = stream(Listener(model, everything()), pause(1), beginning, pause(1))
    assert intents(hearings) == []


@pytest.mark.parametrize(("word", "voice"), [("so", "en-us+m3"), ("sat", "en-us+f3")])
def test_behind_the_narrators_echo_stop_must_fit_as_well_as_any_sounds(
    model: SpeechModel, word: str, voice: str
) -> None:
    utterance = Utterance(model, everything().within(model.has_word), DecodingSettings(), 0)
    utterance.over_echo = True
    beginning = say(word, voice)[: samples(0.24)]
    utterance.accept(np.concatenate([pause(0.15), beginning, pause(0.064)]))
    assert utterance.stop_so_far() is None


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("snowboy", "en-us"),  # "slower" without this
        ("snowball", "en-us+m3"),  # "slower"
        ("computer", "en-us"),  # "resume"
        ("spaghetti", "en-029"),  # "stop"
    ],
)
def test_what_fits_no_phrase_well_is_none(model: SpeechModel, text: str, voice: str) -> None:
    listener = Listener(model, Grammar.of(load_language("en").phrases, load_language("en")))
    assert intents(stream(listener, pause(0.5), say(text, voice) * 0.5, pause(1))) == []


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("otter", "en-us+f3"),  # "harder" without this
        ("sugar", "en-us+f3"),  # "sure"
        ("peter", "en-us+f3"),  # "deeper"
        ("cancelled", "en-us+f3"),  # "cancel that"
        ("goat", "en-gb"),  # "go to the next step"
    ],
)
def test_what_fits_another_word_of_the_model_better_is_no_phrase(
    model: SpeechModel, text: str, voice: str
) -> None:
    listener = Listener(model, Grammar.of(load_language("en").phrases, load_language("en")))
    assert intents(stream(listener, pause(0.5), say(text, voice) * 0.5, pause(1))) == []


@pytest.mark.parametrize("attribute", ["words", "has_word"])
def test_a_model_that_lists_no_words_or_has_no_unknown_hears_phrases(
    monkeypatch: pytest.MonkeyPatch, attribute: str
) -> None:
    """Other models: there is less to compare a phrase with."""
    model = open_model()
    lacking = {"words": (), "has_word": lambda word: word != "[unk]" and "emollient" not in word}
    monkeypatch.setattr(model, attribute, lacking[attribute])
    told = stream(
        Listener(model, GRAMMAR), pause(1), say("too hard"), pause(1), say("stop"), pause(1)
    )
    assert intents(told) == ["softer", "stop"]


def test_the_look_for_stop_gives_nothing_but_stop(model: SpeechModel) -> None:
    """What is listened for beside stop may be a phrase itself: it waits for the utterance's end."""
    both = tuple(Phrase(w, w, "universal", urgent=w == "stop") for w in ("stop", "up", "off"))
    told = heard(stream(Listener(model, Grammar(both)), pause(1), say("up", "en-us+m3"), pause(1)))
    assert [(h.intent, h.partial) for h in told] == [("up", False)]


def test_what_would_not_be_taken_is_not_looked_at(model: SpeechModel) -> None:
    """The narrator's own echo: looking at it takes time in which nobody else is heard."""
    asked: list[tuple[int, int]] = []

    def worth_a_look(start: int, end: int) -> bool:
        asked.append((start, end))
        return start > 2 * RATE

    listener = Listener(model, GRAMMAR, worth_a_look=worth_a_look)
    told = stream(listener, pause(1), say("too hard"), pause(1.5), say("carry on"), pause(1))
    assert intents(told) == ["resume"]
    assert len([h for h in told if isinstance(h, SpeechEnded)]) == 2
    first, last = asked[0]
    assert first == pytest.approx(RATE, abs=0.15 * RATE)
    assert last == pytest.approx(RATE + len(say("too hard")), abs=0.15 * RATE)
