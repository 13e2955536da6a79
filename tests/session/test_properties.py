"""What holds whatever happens, in whatever order."""

from drive import Drive, drive
from hypothesis import given, settings
from hypothesis import strategies as st

from voice_guide.session import actions, events
from voice_guide.session.commands import COMMANDS

SCRIPT = {
    "needs": ["oil"],
    "scales": {"pressure": {"levels": ["light", "medium", "firm"], "start": "light"}},
    "areas": ["back", "neck"],
    "before": [{"ask": "Is it red?", "yes": {"say": "Mind it.", "ask_area": "avoid"}, "no": {}}],
    "steps": [
        {"name": "Warm", "say": "Warm the oil.", "until": "ready"},
        {
            "name": "Glide",
            "area": "back",
            "say": "With {pressure} pressure glide.",
            "for": "90 s",
            "cues": [{"at": "30 s", "say": "Slow hands."}],
        },
        {
            "name": "Check",
            "ask": "Too hard or just right?",
            "answers": {"too hard": {"turn": {"pressure": "down"}}, "just right": {}},
            "silence": "just right",
        },
        {"name": "{side} arm", "each": ["left", "right"], "say": "The {side} arm.", "for": "20 s"},
        {"name": "Lift", "say": "Lift.", "reps": "4", "tempo": "up, two, down", "rest": "1 s"},
        {"name": "More", "ask": "Once more?", "yes": {"go to": "Lift"}, "no": {}, "save": "more"},
        {"name": "Firm", "say": "Press.", "when": {"pressure": "firm"}, "unless": {"more": "no"}},
    ],
    "replies": [{"hear": "more oil", "say": "Take your time.", "hold": "until ready"}],
    "after": [{"ask": "How sore is it?", "number": "0-10", "save": "soreness"}],
}
SAID = (*COMMANDS, "too hard", "just right", "more oil", "neck", "back", "seven", "nonsense")
HAPPENINGS = st.lists(
    st.one_of(
        st.sampled_from(SAID).map(lambda said: ("say", said)),
        st.floats(0.05, 200).map(lambda seconds: ("pass", seconds)),
        st.sampled_from(("begin", "end")).map(lambda side: ("speech", side)),
    ),
    max_size=60,
)


def happen(session: Drive, kind: str, what) -> None:
    if kind == "say":
        phrases = session.engine.phrases(session.state)
        said = next((p.text for p in phrases if p.intent == what), what)
        session.hear(said)
    elif kind == "pass":
        session.run(what)
    else:
        event = events.SpeechBegan if what == "begin" else events.SpeechOver
        session.feed(event(session.now))


@settings(max_examples=300, deadline=None)
@given(HAPPENINGS)
def test_whatever_happens(happenings):
    """Two narrations at once fail in Drive itself."""
    session = drive(**SCRIPT)
    for kind, what in happenings:
        happen(session, kind, what)
        state = session.state
        assert state.ended or state.sounding is not None or state.timers, "silent for ever"
        assert 0 <= state.scales["pressure"] <= 2
        if state.halted or state.held or state.aside:
            assert state.waiting_since is None, "time runs while nothing goes on"
    session.feed(events.SpeechOver(session.now))
    session.run(4000)
    assert session.state.ended, "left alone, a session ends by itself"
    assert len(session.told(actions.Ended)) == 1


@settings(max_examples=150, deadline=None)
@given(HAPPENINGS)
def test_stop_always_stops(happenings):
    session = drive(**SCRIPT)
    for kind, what in happenings:
        happen(session, kind, what)
    ending = session.state.ending
    session.hear("stop")
    assert session.state.ended or ending or session.state.halted == "stopped"


@settings(max_examples=100, deadline=None)
@given(HAPPENINGS)
def test_the_same_events_give_the_same_session(happenings):
    one, other = drive(**SCRIPT), drive(**SCRIPT)
    for kind, what in happenings:
        happen(one, kind, what)
        happen(other, kind, what)
    assert one.state == other.state and one.log == other.log
