"""Repetitions with a spoken tempo, cues that come again, steps that are done again."""

import pytest
from drive import Drive, drive
from hypothesis import given, settings
from hypothesis import strategies as st
from test_resuming import again

from voice_guide.session import actions

TEMPO = {"name": "Lift", "say": "Lift the arm.", "reps": "4", "tempo": "up, two, down, two"}
END = {"name": "Rest", "say": "Rest now.", "for": "5 s"}


def counts(session: Drive, since: float = 0.0) -> list[tuple[float, str]]:
    """Return the words of the tempo and when they began."""
    words = {"up", "two", "down", "Last one.", "one", "three", "four", "five"}
    says = [(at, a.text) for at, a in session.log if isinstance(a, actions.Say)]
    return [(at, text) for at, text in says if text in words and at >= since]


def lifting(reps: int = 0, **step) -> Drive:
    """A session in the middle of a repetition, when so many are done."""
    session = drive(steps=[{"name": "First", "say": "Sit."}, {**TEMPO, **step}, END])
    session.run_until("Lift the arm.")
    while session.state.reps_done < reps or session.state.counted != 2:
        session.run(0.1)
    return session


def test_each_word_comes_on_its_beat():
    session = drive(steps=[{**TEMPO, "reps": "2"}, END])
    session.run_until("Rest now.")
    words = counts(session)
    assert [word for _, word in words] == ["up", "two", "down", "two"] * 2
    times = [at - words[0][0] for at, _ in words]
    assert times == pytest.approx(list(range(8)), abs=0.01)


def test_a_longer_beat_and_a_rest_between():
    session = drive(steps=[{**TEMPO, "reps": "2", "beat": "2 s", "rest": "3 s"}, END])
    session.run_until("Rest now.")
    times = [at - counts(session)[0][0] for at, _ in counts(session)]
    assert times == pytest.approx([0, 2, 4, 6, 11, 13, 15, 17], abs=0.01)


def test_the_last_repetition_is_told():
    session = drive(steps=[TEMPO, END])
    session.run_until("Rest now.")
    words = [word for _, word in counts(session)]
    assert words == ["up", "two", "down", "two"] * 3 + ["Last one.", "up", "two", "down", "two"]


def test_without_a_tempo_the_narrator_counts():
    session = drive(steps=[{"name": "Lift", "say": "Lift.", "reps": "5", "beat": "3 s"}, END])
    session.run_until("Rest now.")
    words = counts(session)
    assert [word for _, word in words] == ["one", "two", "three", "four", "five"]
    assert words[4][0] - words[0][0] == pytest.approx(12, abs=0.01)


def test_a_voice_that_is_slower_than_the_beat_leaves_no_word_out():
    session = drive(steps=[{**TEMPO, "reps": "2", "beat": "0.3 s"}, END])
    session.run_until("Rest now.")
    assert [word for _, word in counts(session)] == ["up", "two", "down", "two"] * 2


@pytest.mark.parametrize("said", ["repeat", "how long is left", "louder"])
def test_what_is_said_in_between_begins_the_repetition_anew(said):
    session = lifting(reps=1)
    at = session.now
    session.hear(said)
    session.run_until("Rest now.")
    words = [word for _, word in counts(session, since=at)]
    assert words == ["up", "two", "down", "two"] * 2 + ["Last one.", "up", "two", "down", "two"]


@pytest.mark.parametrize("said", ["stop", "pause", "more oil"])
def test_nothing_is_counted_while_the_session_stands_still(said):
    session = drive(
        steps=[TEMPO, END], replies=[{"hear": "more oil", "say": "Fine.", "hold": "until ready"}]
    )
    session.run_until("Lift the arm.")
    session.run(4)
    at = session.now
    session.hear(said)
    session.run(40)
    assert counts(session, since=at) == []
    session.hear("ready" if said == "more oil" else "resume")
    session.run_until("up")


def test_next_leaves_the_repetitions_and_back_begins_them_again():
    session = lifting(reps=2)
    assert session.hear("next") == ["Rest now."]
    assert session.hear("back") == ["Lift the arm."]
    session.run_until("Rest now.")
    assert session.told(actions.Say)[-2].text == "two"
    session = lifting(reps=2)
    assert session.hear("back") == ["Sit."]


def test_done_ends_the_repetitions():
    assert lifting(reps=1).hear("done") == ["Rest now."]


def test_where_are_we_tells_the_repetition():
    assert lifting(reps=2).hear("where are we")[0].endswith("Lift. Repetition 3 of 4.")


def test_slower_is_a_slower_tempo():
    session = lifting(reps=1)
    session.hear("a bit slower")
    session.run_until("up")
    start = session.now
    session.run_until("down")
    assert session.now - start == pytest.approx(2.5, abs=0.3)


def test_more_time_is_more_repetitions():
    session = lifting(reps=1)
    session.hear("one more minute")
    session.run_until("Rest now.")
    assert len([word for _, word in counts(session) if word == "down"]) == 4 + 15


def test_the_time_that_is_left_follows_the_count():
    session = drive(steps=[{**TEMPO, "reps": "100"}, END])
    session.run_until("Lift the arm.")
    session.run(200)
    assert session.hear("how long is left")[0].startswith(
        ("In this step, about three", "About thr")
    )


def test_a_session_that_was_broken_off_goes_on_with_its_repetition():
    before = lifting(reps=2)
    session = again(before, away=60)
    session.run(8)
    session.hear("yes")
    session.run_until("Rest now.")
    words = [word for _, word in counts(session)]
    assert words == ["up", "two", "down", "two", "Last one.", "up", "two", "down", "two"]


def test_undo_begins_the_movement_again():
    session = lifting(reps=2)
    session.hear("next")
    session.run(1)
    session.hear("undo")
    session.run_until("Lift the arm.", limit=5)


INTERRUPTIONS = st.lists(
    st.tuples(
        st.floats(0.05, 30),
        st.sampled_from(["repeat", "louder", "stop", "resume", "a bit slower", "a bit faster"]),
    ),
    max_size=8,
)


@settings(max_examples=80, deadline=None)
@given(INTERRUPTIONS, st.booleans())
def test_however_it_is_interrupted_every_repetition_is_done_whole(happenings, tempo):
    step = {"reps": "4", "rest": "1 s", "tempo": "up, two, down, two"} if tempo else {"reps": "5"}
    session = drive(steps=[{"name": "Lift", "say": "Lift the arm.", **step}, END])
    for seconds, said in happenings:
        session.run(seconds)
        session.hear(said)
    if session.state.halted is not None:
        session.hear("resume")
    session.run_until("Rest now.") if session.state.position < 2 else None
    words = [word for _, word in counts(session) if word != "Last one."]
    if tempo:
        text = " ".join(words)
        assert text.count("up two down two") >= 4
    else:
        seen = [words.index(word) for word in ("one", "two", "three", "four", "five")]
        assert seen == sorted(seen)


def test_a_cue_comes_again_and_again():
    cues = [{"every": "20 s", "say": "Slow hands."}, {"at": "30 s", "say": "Breathe."}]
    session = drive(steps=[{"name": "Glide", "say": "Glide.", "for": "90 s", "cues": cues}, END])
    session.run_until("Glide.")
    said = session.run_until("Rest now.")
    assert said[:-1] == ["Slow hands.", "Breathe.", "Slow hands.", "Slow hands.", "Slow hands."]


def test_a_cue_that_comes_again_also_comes_in_the_time_that_was_added():
    step = {"name": "Glide", "say": "Glide.", "for": "50 s"}
    step["cues"] = [{"every": "20 s", "say": "Slow hands."}]
    session = drive(steps=[step, END])
    session.run_until("Glide.")
    session.hear("one more minute")
    assert session.run_until("Rest now.").count("Slow hands.") == 5


def test_a_cue_comes_again_while_ready_is_waited_for():
    step = {"name": "Boil", "say": "Boil the water.", "until": "ready"}
    step["cues"] = [{"every": "15 s", "say": "Is it steaming?"}]
    session = drive(steps=[step, END])
    assert session.run(50).count("Is it steaming?") == 2


def test_a_step_is_done_again_in_rounds():
    step = {"name": "{side}, {round}", "say": "Round {round}, {side}.", "repeat": "2"}
    session = drive(steps=[step | {"each": ["left", "right"]}, END])
    said = session.run_until("Rest now.")
    assert [line for line in said if line.startswith("Round")] == [
        "Round one, left.",
        "Round two, left.",
        "Round one, right.",
        "Round two, right.",
    ]
    names = [began.name for began in session.told(actions.StepBegan)]
    assert names[:2] == ["left, 1", "left, 2"]


def test_next_and_back_go_from_round_to_round():
    step = {"name": "Round {round}", "say": "This is {round}.", "repeat": "3", "for": "20 s"}
    session = drive(steps=[{"name": "First", "say": "Sit.", "for": "20 s"}, step, END])
    session.run_until("Sit.")
    assert session.hear("next") == ["This is one."]
    assert session.hear("next") == ["This is two."]
    assert session.hear("back") == ["This is one."]
    assert session.hear("back") == ["Sit."]
    before = session
    before.run_until("This is two.")
    session = again(before, away=60)
    session.run(8)
    session.hear("yes")
    assert session.told(actions.StepBegan)[-1].name == "Round 2"
