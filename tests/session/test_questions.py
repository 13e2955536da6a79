import pytest
from drive import Drive, drive

from voice_guide.session import actions, events

CHECK = {
    "name": "Check",
    "ask": "Too hard, too soft, or just right?",
    "answers": {
        "too hard": {"turn": {"pressure": "down"}},
        "too soft": {"turn": {"pressure": "up"}},
        "just right": {},
    },
    "silence": "just right",
}
REST = {"name": "Rest", "say": "Rest now.", "for": "60 s"}
PRESSURE = {"pressure": {"levels": ["light", "medium", "firm"], "start": "medium"}}


def asked(**script) -> Drive:
    """A session whose first question has been asked and awaits its answer."""
    script.setdefault("steps", [CHECK, REST])
    session = drive(scales=PRESSURE, **script)
    session.run_until("?")
    session.run(4)
    return session


def no_match(session: Drive) -> list[str]:
    return session.hear("something else")


def test_an_answer_does_what_the_author_wrote():
    session = asked()
    assert session.hear("too hard") == ["Now light pressure."]
    assert session.told(actions.Answered)[-1].answer == "too hard"
    session.run_until("Rest now.")


def test_an_answer_wins_over_the_universal_with_the_same_words():
    session = asked()
    phrase = next(p for p in session.engine.phrases(session.state) if p.text == "too hard")
    assert phrase.scope == "question"


def test_stop_is_never_shadowed_by_an_answer():
    session = asked(steps=[CHECK | {"answers": {"stop": {}, "go on": {}}, "silence": "go on"}])
    session.hear("stop")
    assert session.told(actions.Halted) == [actions.Halted("stopped")]


def test_an_answer_is_taken_while_the_question_is_still_asked():
    session = drive(scales=PRESSURE, steps=[CHECK, REST])
    session.run_until("Too hard")
    session.hear("just right")
    assert session.told(actions.Answered)[-1].answer == "just right"


def test_silence_is_helped_twice_in_other_words_and_then_takes_the_default():
    session = asked()
    said = session.run_until("Rest now.")
    assert len(said) == len(set(said)) - said.count(CHECK["ask"]) + 1
    assert any("You can say too hard, too soft or just right." in line for line in said)
    taken = session.told(actions.Answered)[-1]
    assert (taken.answer, taken.silent) == ("just right", True)


def test_without_a_default_silence_goes_on():
    session = asked(steps=[{"name": "Q", "ask": "Is it warm?", "yes": {"say": "Good."}}, REST])
    session.run_until("Rest now.")
    assert session.told(actions.Answered)[-1].answer is None


def test_what_is_not_understood_is_asked_again_and_then_explained():
    session = asked()
    first = no_match(session)
    session.run(5)
    second = no_match(session)
    assert first[0] in ("Sorry?", "Once more, please?")
    assert second == ["You can say too hard, too soft or just right."]
    assert actions.PlayEarcon("not understood") in session.told(actions.PlayEarcon)


def test_nobody_is_asked_again_while_speaking():
    session = asked()
    session.feed(events.SpeechBegan(session.now))
    assert session.run(15) == []
    session.feed(events.SpeechOver(session.now))
    assert session.run(10) != []


def test_noise_that_sounds_like_endless_speech_does_not_silence_the_narrator():
    session = asked()
    session.feed(events.SpeechBegan(session.now))
    session.run_until("Rest now.", limit=120)


def test_a_question_before_the_session_waits_for_its_answer():
    question = {"ask": "Is there a fever?", "yes": {"end": "Not today."}, "no": {}}
    session = asked(before=[question], steps=[REST])
    said = session.run(200)
    assert "Rest now." not in said and said.count("Is there a fever?") >= 2
    session.hear("no")
    session.run_until("Rest now.")


def test_a_session_does_not_begin_when_nobody_answers_the_question_before_it():
    question = {"ask": "Is there a fever?", "yes": {"end": "Not today."}, "no": {}}
    session = asked(before=[question], steps=[REST])
    assert "Rest now." not in session.run(3600)
    assert session.told(actions.Ended) == [actions.Ended("silence")]


def test_yes_and_no():
    question = {"ask": "Is the skin red?", "yes": {"say": "Leave it alone."}, "no": {}}
    session = asked(before=[question], steps=[REST])
    assert session.hear("yes there is") == ["Leave it alone."]
    session.run_until("Rest now.")


def test_an_answer_can_end_the_session():
    question = {"ask": "Is there a fever?", "yes": {"end": "Then not today."}, "no": {}}
    session = asked(before=[question], steps=[REST])
    assert session.hear("yes") == ["Then not today."]
    session.run(10)
    assert session.told(actions.Ended) == [actions.Ended("script")]


def test_a_number_is_saved():
    session = asked(
        steps=[REST], before=[{"ask": "How sore is it?", "number": "0-10", "save": "soreness"}]
    )
    session.hear("seven")
    assert session.state.answers == {"soreness": "7"}


def test_a_number_out_of_range_cannot_be_said():
    session = asked(steps=[REST], before=[{"ask": "How sore is it?", "number": "0-5"}])
    assert all(phrase.text != "seven" for phrase in session.engine.phrases(session.state))


def test_a_named_area_is_left_out_and_the_reason_is_said_once():
    question = {"ask": "Is the skin red?", "yes": {"ask_area": "avoid"}, "no": {}}
    neck = {"name": "Neck", "area": "neck", "say": "Stroke the neck.", "for": "10 s"}
    session = asked(before=[question], areas=["neck", "arms"], steps=[neck, neck, REST])
    session.hear("yes")
    session.run(3)
    session.hear("neck")
    said = session.run_until("Rest now.")
    assert [line for line in said if "left out" in line] == [
        "Neck is left out, because the neck hurts."
    ]
    assert "Stroke the neck." not in said


def test_a_gentle_step_says_the_least_pressure():
    arms = {"name": "Arms", "say": "With {pressure} pressure stroke the arms.", "for": "10 s"}
    neck = {
        "name": "Neck",
        "area": "neck",
        "sore": "gentle",
        "say": "With {pressure} pressure stroke the neck.",
        "for": "10 s",
    }
    question = {"ask": "Is anything sore?", "yes": {"ask_area": "gentle"}, "no": {}}
    session = asked(areas=["neck"], before=[question], steps=[neck, arms])
    session.hear("yes")
    session.run(3)
    session.hear("neck")
    said = session.run_until("stroke the arms.")
    assert "With light pressure stroke the neck." in said
    assert "With medium pressure stroke the arms." in said


def test_next_skips_a_question():
    session = asked()
    assert session.hear("next") == ["Rest now."]


def test_a_hold_within_a_question_asks_it_again():
    session = asked(replies=[{"hear": "more oil", "say": "Take some.", "hold": "until ready"}])
    session.hear("more oil")
    assert session.run(10) == []
    session.hear("ready")
    session.run_until("Too hard, too soft")


def test_an_answer_that_was_hardly_heard_is_confirmed_once():
    session = asked(steps=[REST], before=[{"ask": "How sore?", "number": "0-10", "save": "sore"}])
    assert session.hear("seven", confidence=0.3) == ["Did you say seven?"]
    session.run(3)
    session.hear("yes")
    assert session.state.answers == {"sore": "7"}


def test_a_no_to_the_confirmation_corrects_it():
    session = asked(steps=[REST], before=[{"ask": "How sore?", "number": "0-10", "save": "sore"}])
    session.hear("seven", confidence=0.3)
    session.hear("no")
    session.run_until("How sore?", limit=10)
    session.hear("nine")
    assert session.state.answers == {"sore": "9"}


@pytest.mark.parametrize("words", ["nine", "no, nine"])
def test_the_right_answer_corrects_it_at_once(words):
    session = asked(steps=[REST], before=[{"ask": "How sore?", "number": "0-10", "save": "sore"}])
    session.hear("seven", confidence=0.3)
    session.hear(words, confidence=0.3)
    assert session.state.answers == {"sore": "9"} and session.state.aside is None


def test_i_dont_know_takes_the_answer_for_silence():
    session = asked()
    session.hear("i don't know")
    assert session.told(actions.Answered)[-1].answer == "just right"


def test_i_dont_know_is_no_answer_to_a_health_question():
    question = {"ask": "Is there a fever?", "yes": {"end": "Not today."}, "no": {}}
    session = asked(before=[question], steps=[REST])
    assert "doctor" in session.hear("i'm not sure")[0]
    assert "Rest now." not in session.run(20)


def test_why_do_you_ask():
    question = {"ask": "Is it warm?", "yes": {}, "why": "Cold hands make muscles tight."}
    session = asked(steps=[question | {"name": "Q"}, REST])
    assert session.hear("why do you ask") == ["Cold hands make muscles tight."]
    session.run_until("Is it warm?", limit=10)


def test_the_question_can_be_repeated():
    session = asked()
    assert session.hear("repeat the question") == ["Too hard, too soft, or just right?"]
