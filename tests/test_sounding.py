"""Captions in time with the voice."""

import io

from tests.conducting import FIRST, SECOND, STEPS, TEXT, Session, voice
from voice_guide.audio.format import BLOCK, RATE
from voice_guide.captions import Captions
from voice_guide.session import actions, events
from voice_guide.session.actions import Say
from voice_guide.sounding import SentenceBegan, Sounding
from voice_guide.speech.narration import Narration, place_words

BLOCK_S = BLOCK / RATE


def sentences(session: Session) -> list[tuple[float, str]]:
    return [(at, w.text) for at, w in session.told if isinstance(w, SentenceBegan)]


def test_each_sentence_is_told_when_it_begins_to_sound():
    session = Session(steps=STEPS)
    at, _ = session.run_until(actions.Say, text=FIRST)
    session.run_until(events.NarrationFinished)
    (first, one), (second, two) = [told for told in sentences(session) if told[0] >= at]
    assert (one, two) == (FIRST, SECOND)
    begins = next(word.at for word in voice().render(TEXT).words if word.text == "Then") / RATE
    assert first - at <= 2 * BLOCK_S
    assert abs(second - at - begins) <= 2 * BLOCK_S


def test_nothing_is_told_before_the_opening_sound_is_over():
    session = Session(steps=STEPS)
    session.run(0.4)
    assert sentences(session) == []


def test_a_line_that_goes_on_is_told_from_the_sentence_on_that_was_cut():
    session = Session(steps=STEPS)
    session.run_until(SentenceBegan, text="Then let them")
    session.run(0.5)
    session.hear("stop")
    session.run_until(actions.Halted)
    session.run(2.5)
    session.hear("resume")
    at, _ = session.run_until(actions.Say, text=FIRST)
    session.run(2.0)
    assert [text for told, text in sentences(session) if told >= at] == [SECOND]


def test_captions_show_sentences_or_whole_lines_but_never_both():
    line, sentence = Say(1, TEXT), SentenceBegan(1, 1, SECOND)
    for with_the_voice, shown in ((True, [SECOND]), (False, [TEXT])):
        stream = io.StringIO()
        captions = Captions(stream, with_the_voice=with_the_voice)
        captions.tell(0.0, line)
        captions.tell(4.0, sentence)
        assert [row.split("  guide  ")[1] for row in stream.getvalue().splitlines()] == shown


def test_sentences_are_shown_as_they_are_written_not_as_they_are_spoken():
    spoken = "Wait five minutes. Then turn over."
    samples = voice().render(spoken).samples
    words = place_words(spoken, (), len(samples))
    sounding = Sounding(Say(3, "Wait 5 min. Then turn over."), Narration(spoken, samples, words), 0)
    assert sounding.reached(0) is None
    assert sounding.reached(BLOCK) == SentenceBegan(3, 0, "Wait 5 min.")
    assert sounding.reached(2 * BLOCK) is None
    assert sounding.reached(len(samples)) == SentenceBegan(3, 1, "Then turn over.")
    assert sounding.reached(None) is None
