"""Good manners: not into somebody's speech, never the same words twice, hands left alone."""

import itertools

import pytest
from drive import Drive, drive

from voice_guide.language.pack import load_language
from voice_guide.session import actions, events

GLIDE = {"name": "Glide", "say": "Glide up.", "for": "30 s"}
REST = {"name": "Rest", "say": "Rest now.", "for": "60 s"}
HOLD = {
    "name": "Hold",
    "say": "Lay both hands on the back.",
    "for": "20 s",
    "hands": "stay",
    "ask": "Is it warm?",
    "yes": {"say": "Good."},
    "no": {},
}
PRESSURE = {"pressure": {"levels": ["light", "medium"], "start": "medium"}}


def waiting(*steps, **script) -> Drive:
    """A session whose first step has been said."""
    session = drive(steps=[*steps, REST], **script)
    session.run_until(steps[0]["say"])
    session.run(4)
    return session


def times(session: Drive, text: str) -> list[float]:
    said = [(at, a.text) for at, a in session.log if isinstance(a, actions.Say)]
    return [at for at, words in said if text in words]


# Nothing is said while a person speaks


def test_nothing_is_begun_while_a_person_speaks():
    session = waiting(GLIDE | {"cues": [{"at": "10 s", "say": "Slow hands."}]})
    session.run(5)
    session.feed(events.SpeechBegan(session.now))
    assert session.run(3.5) == []
    session.feed(events.SpeechOver(session.now))
    assert session.told(actions.Say)[-1].text == "Slow hands."


def test_chatter_and_noise_cannot_silence_the_narrator():
    session = waiting(GLIDE)
    session.feed(events.SpeechBegan(session.now))
    session.run_until("Rest now.", limit=40)
    assert session.told(actions.Ended) == []


def test_a_stop_is_silent_at_once_and_spoken_when_the_person_is():
    session = waiting(GLIDE)
    session.feed(events.SpeechBegan(session.now))
    assert session.hear("stop") == []
    assert session.state.halted == "stopped"
    session.feed(events.SpeechOver(session.now))
    assert session.told(actions.Say)[-1].text == "Stopped. Say resume, or end."


def test_an_answer_to_somebody_waits_no_longer_than_two_seconds():
    session = waiting(GLIDE)
    session.feed(events.SpeechBegan(session.now))
    session.hear("chest pain")
    assert session.run(2.5) == [load_language("en").prompt("chest pain")]


def test_who_counts_along_does_not_hold_up_the_count():
    session = waiting({"name": "Lift", "say": "Lift the arm.", "reps": "6"})
    session.feed(events.SpeechBegan(session.now))
    assert len(session.run(10)) >= 2


# Never the same words twice in a row

ASKED = (
    ("re-prompt", {}),
    ("re-prompt silence", {}),
    ("choices", {"choices": "yes or no"}),
    ("answer needed", {}),
    ("find out first", {}),
    ("hold reminder", {}),
    ("ready reminder", {}),
    ("deaf reminder", {}),
    ("still stopped", {}),
    ("still paused", {}),
    ("no hurry", {}),
    ("no scale", {}),
    ("no such step", {}),
    ("nothing to undo", {}),
    ("slower at end", {}),
    ("faster at end", {}),
    ("confirm end", {}),
    ("confirm start over", {}),
    ("did you say", {"answer": "seven"}),
    ("scale lowest", {"scale": "pressure", "level": "light"}),
    ("scale highest", {"scale": "pressure", "level": "firm"}),
    ("scale turned", {"scale": "pressure", "level": "firm"}),
)
"""What the narrator may have to say several times in a row, with what it is filled in."""


@pytest.mark.parametrize(("prompt", "values"), ASKED)
def test_what_may_be_said_again_is_said_in_other_words(prompt, values):
    english = load_language("en")
    first, second = (english.prompt(prompt, turn, **values) for turn in (0, 1))
    assert first != second


@pytest.mark.parametrize("silent", [True, False])
def test_no_reprompt_comes_twice_in_a_row(silent):
    question = {"ask": "Is there a fever?", "yes": {"end": "Not today."}, "no": {}}
    session = drive(before=[question], steps=[REST])
    session.run(10)
    for _ in range(12):
        session.run(20)
        if not silent:
            session.hear("something else")
    said = [a.text for a in session.told(actions.Say) if a.text != question["ask"]]
    assert len(said) > 4
    assert all(one != other for one, other in itertools.pairwise(said))


def test_what_is_not_understood_is_never_met_with_nothing():
    question = {"ask": "Is there a fever?", "yes": {"end": "Not today."}, "no": {}}
    session = drive(before=[question], steps=[REST])
    session.run(10)
    for _ in range(6):
        done = session.feed(events.Heard(session.now, None, text="the cat"))
        assert actions.PlayEarcon("not understood") in done
        session.run(5)


# Hands that must stay where they are


def test_a_question_waits_as_long_as_the_hands_must_stay():
    session = waiting(HOLD)
    assert session.run(15) == []
    session.run_until("Is it warm?", limit=8)
    session.run(2)
    assert session.hear("yes") == ["Good."]
    session.run_until("Rest now.", limit=6)
    assert len(times(session, "Is it warm?")) == 1


def test_without_an_answer_the_session_goes_on_after_it():
    session = waiting(HOLD)
    session.run_until("Rest now.", limit=90)
    assert len(session.told(actions.QuestionOpened)) == 1


def test_ready_asks_before_it_goes_on():
    until = {key: value for key, value in HOLD.items() if key != "for"} | {"until": "ready"}
    session = waiting(until)
    assert session.hear("ready") == ["Is it warm?"]
    session.run(2)
    assert session.hear("no") == ["Rest now."]


def test_where_hands_are_free_the_question_comes_first():
    step = {key: value for key, value in HOLD.items() if key != "hands"}
    session = waiting(step)
    assert len(times(session, "Is it warm?")) == 1
