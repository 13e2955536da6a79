"""The session in text: time jumps, and what is said goes through the grammar of the moment."""

import pytest
from drive import Drive, drive

from voice_guide.rehearsal.text_stage import Typist
from voice_guide.session import actions

LONG = "Rest your hands on the back. Glide up to the neck. Come down along the sides."
STEPS = [
    {"name": "Glide", "say": LONG, "for": "60 s"},
    {"name": "Rest", "say": "Rest now. Let the hands lie still for a while."},
]


def gliding(**script) -> Drive:
    session = drive(**{"steps": STEPS} | script)
    session.run_until("Rest your hands")
    return session


def spoken_after_a_cut(at: float) -> str:
    """Return what sounds of the line after a stop so many seconds into it."""
    session = gliding()
    session.run(at)
    session.hear("stop")
    session.run(5)
    session.hear("resume")
    heard = []
    session.tell = lambda _, what: (
        heard.append(session.spoken(what)) if isinstance(what, actions.Say) else None
    )
    session.run(3)
    return heard[-1]


@pytest.mark.parametrize(
    ("seconds", "begins"), [(0.5, "Rest your"), (3.0, "Glide up"), (4.5, "Come down")]
)
def test_a_line_that_was_cut_goes_on_with_its_sentence(seconds, begins):
    assert spoken_after_a_cut(seconds).startswith(begins)


def test_a_slower_narrator_takes_longer():
    usual, slow = gliding(), gliding()
    slow.hear("speak slower")
    for session in (usual, slow):
        session.run_until("Rest now.")
    assert slow.now > usual.now + 2


def test_what_is_said_takes_its_time_and_is_heard_in_the_end():
    session = gliding()
    session.run(10)
    session.speak("That's too hard!")
    assert session.speaking and session.state.speaking
    session.run(1.7)
    assert session.speaking
    session.run(0.2)
    assert not session.speaking and "There is nothing to turn" in session.told(actions.Say)[-1].text


def test_stop_acts_before_the_utterance_is_over():
    session = gliding()
    session.speak("stop")
    session.run(0.7)
    assert session.state.halted == "stopped" and session.speaking


@pytest.mark.parametrize(("typed", "answer"), [("7", "7"), ("seven please", "7"), ("12", None)])
def test_numbers_may_be_digits_and_must_be_answers(typed, answer):
    session = drive(steps=STEPS[1:], after=[{"ask": "How sore?", "number": "0-10"}])
    session.run_until("How sore?")
    session.hear(typed)
    answered = session.told(actions.Answered)
    assert [one.answer for one in answered] == ([] if answer is None else [answer])


def test_a_typist_speaks_into_the_silence_or_over_the_narrator():
    lines = iter(["", "!stop", "resume", None])
    told: list = []

    class Watcher:
        def tell(self, at, what):
            told.append(what)

    done = Typist(gliding().engine, [Watcher()]).play(lambda: next(lines))
    assert done.ended
    kinds = [type(one) for one in told]
    stopped = kinds.index(actions.Halted)
    assert actions.Hush in kinds[stopped - 3 : stopped], "it was said over the narrator"
    assert actions.Resumed in kinds[stopped:]
