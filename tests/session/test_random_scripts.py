"""Whatever an author writes and a person says: the session holds together, and comes to its end."""

from dataclasses import replace

from drive import drive
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_resuming import again

from voice_guide.session import actions
from voice_guide.session.resuming import can_continue

LEVELS = ("light", "medium", "firm")
KEPT = ("well", "count", "time")
VALUES = {"well": ("yes", "no"), "count": ("0-2", "3"), "time": ("1 min", "1 min - 2 min")}

names = st.sampled_from(["A", "B", "C", "{side}", "the end"])
effects = st.fixed_dictionaries(
    {},
    optional={
        "say": st.just("Fine, {pressure}, {well}."),
        "turn": st.fixed_dictionaries({"pressure": st.sampled_from(("up", "down", *LEVELS))}),
        "set": st.sampled_from([{"well": "no"}, {"count": "3"}, {"other": "x"}]),
        "go to": names,
        "hold": st.just("until ready"),
        "ask_area": st.sampled_from(["avoid", "gentle"]),
        "end": st.just("The end."),
        "stop": st.just("Stopped."),
    },
)
conditions = st.dictionaries(
    st.sampled_from(["well", "count", "time", "pressure", "neck"]),
    st.sampled_from(["yes", "3", "0-2", "2 min", "light", "sore", "{side}"]),
    max_size=2,
)
answers = st.one_of(
    st.fixed_dictionaries({"yes": effects}, optional={"no": effects, "silence": st.just("yes")}),
    st.fixed_dictionaries(
        {"answers": st.dictionaries(st.sampled_from(["tea", "milk", "water"]), effects, min_size=1)}
    ),
    st.fixed_dictionaries(
        {"number": st.just("0-3")},
        optional={"answers": st.fixed_dictionaries({"1-2": effects}), "silence": st.just("2")},
    ),
    st.fixed_dictionaries({"duration": st.just("1-2 min")}, optional={"silence": st.just("1 min")}),
)
extras = st.fixed_dictionaries(
    {},
    optional={
        "save": st.sampled_from(KEPT),
        "confirm": st.just("{answer}."),
        "answer_within": st.just("20 s"),
        "when": conditions,
        "unless": conditions,
    },
)
questions = st.builds(lambda kind, more: {"ask": "Well?", **kind, **more}, answers, extras)
waits = st.sampled_from(
    [
        {},
        {"for": "20 s", "cues": [{"every": "7 s", "say": "Slow."}, {"at": "9 s", "say": "Ah."}]},
        {"until": "ready", "remind": "20 s"},
        {"for_answer": "time"},
        {"reps": "3", "tempo": "in, out", "rest": "1 s"},
        {"reps": "2", "beat": "2 s"},
    ]
)
ways = st.fixed_dictionaries(
    {},
    optional={
        "area": st.sampled_from(["neck", "back"]),
        "sore": st.sampled_from(["avoid", "gentle"]),
        "each": st.just(["left", "right"]),
        "repeat": st.just("2"),
        "with": st.fixed_dictionaries({"pressure": st.sampled_from(LEVELS)}),
        "speak": st.just("slowly"),
        "when": conditions,
        "unless": conditions,
        "replies": st.lists(effects.map(lambda effect: {"hear": "my turn", **effect}), max_size=1),
    },
)
steps = st.builds(
    lambda name, say, wait, way, question: {
        "name": name,
        **({"say": "With {pressure} pressure, {side}{round}, {well}."} if say else {"ask": "So?"}),
        **wait,
        **way,
        **(question or ({} if say else {"yes": {}})),
    },
    st.sampled_from(["A", "B", "C", "{side}"]),
    st.booleans(),
    waits,
    ways,
    st.none() | questions,
)
scripts = st.fixed_dictionaries(
    {
        "scales": st.just({"pressure": {"levels": list(LEVELS), "start": "medium"}}),
        "areas": st.just({"neck": ["nape"], "back": []}),
        "steps": st.lists(steps, min_size=1, max_size=4),
    },
    optional={
        "before": st.lists(questions, max_size=2),
        "after": st.lists(questions, max_size=2),
        "needs": st.just(["oil"]),
        "limits": st.just({"per_day": "1 min"}),
        "replies": st.lists(effects.map(lambda effect: {"hear": "more oil", **effect}), max_size=1),
    },
)
SAID = st.sampled_from(
    [
        *("yes", "no", "tea", "two", "one minute", "my turn", "more oil", "ready", "next", "back"),
        *("undo", "repeat", "stop", "resume", "softer", "harder", "it hurts", "neck", "nape"),
        *(
            "my back hurts",
            "start over",
            "one more minute",
            "a bit slower",
            "skip to A",
            "nonsense",
        ),
        *("where are we", "how long is left", "what can i say", "i don't know", "end", "pause"),
    ]
)
happenings = st.lists(st.tuples(SAID, st.floats(0.1, 60)), max_size=25)


@settings(max_examples=80, deadline=None)
@given(scripts, happenings)
def test_it_holds_together_and_ends(script, happenings):
    session = drive(**script)
    for said, seconds in happenings:
        session.run(seconds)
        session.hear(said)
        state = session.state
        assert state.ended or state.sounding is not None or state.timers, "silent for ever"
        assert 0 <= state.scales["pressure"] < len(LEVELS)
        assert not any("{" in say.text for say in session.told(actions.Say))
    session.run(20_000)
    assert session.state.ended, "left alone, a session ends by itself"


@settings(max_examples=40, deadline=None)
@given(scripts, happenings)
def test_stop_stops_everywhere(script, happenings):
    session = drive(**script)
    for said, seconds in happenings:
        session.run(seconds)
        session.hear(said)
    ending = session.state.ending
    session.hear("stop")
    assert session.state.ended or ending or session.state.halted == "stopped"


@settings(max_examples=40, deadline=None)
@given(scripts, happenings)
def test_broken_off_anywhere_it_goes_on_as_it_was(script, happenings):
    session = drive(**script)
    for said, seconds in happenings:
        session.run(seconds)
        session.hear(said)
    assume(can_continue(session.state) and not session.state.ended)
    other = again(session, away=60)
    other.run(30)
    other.hear("yes")
    for name in ("scales", "sore", "answers", "turned"):
        assert getattr(other.state, name) == getattr(session.state, name), name
    assert other.state.position == session.state.position or other.state.suspended is None
    other.run(20_000)
    assert other.state.ended


@settings(max_examples=25, deadline=None)
@given(scripts, happenings)
def test_replaying_its_events_gives_the_same_session(script, happenings):
    session = drive(**script)
    events = []
    feed = session.engine.step
    session.engine.step = lambda state, event: (events.append(event), feed(state, event))[1]
    for said, seconds in happenings:
        session.run(seconds)
        session.hear(said)
    del session.engine.step
    fresh = drive(**script)
    state = fresh.state
    for event in events:
        state = fresh.engine.follow(state, event)
    assert replace(state) == session.state
