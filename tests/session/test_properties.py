"""What holds whatever happens, in whatever order.

Each property is held against more than 10,000 events in all. Every event of a session is looked
at, also those that follow from others: a timer, the end of a line.
"""

from drive import Drive, drive
from hypothesis import given, settings
from hypothesis import strategies as st

from voice_guide.session import actions, events
from voice_guide.session.commands import COMMANDS
from voice_guide.session.pacing import PACES
from voice_guide.session.questions import choices
from voice_guide.session.state import State
from voice_guide.session.turn import Turn
from voice_guide.store.codec import decode, encode

LEAST_EVENTS = 10_000
"""Events that a property is held against, at least."""

RED, CLOT = "Is it red?", "Is there a blood clot?"
SCRIPT = {
    "needs": ["oil"],
    "scales": {"pressure": {"levels": ["light", "medium", "firm"], "start": "light"}},
    "areas": ["back", "neck"],
    "before": [
        {"ask": RED, "yes": {"say": "Mind it.", "ask_area": "avoid"}, "no": {}},
        {"ask": CLOT, "yes": {"end": "Then not today."}, "no": {}},
    ],
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
        {
            "name": "Rest the hands",
            "area": "neck",
            "sore": "gentle",
            "say": "Rest both hands on the neck.",
            "for": "15 s",
            "hands": "stay",
            "ask": "Was that good?",
            "yes": {},
            "no": {"turn": {"pressure": "light"}},
        },
        {"name": "{side} arm", "each": ["left", "right"], "say": "The {side} arm.", "for": "20 s"},
        {"name": "Lift", "say": "Lift.", "reps": "4", "tempo": "up, two, down", "rest": "1 s"},
        {"name": "More", "ask": "Once more?", "yes": {"go to": "Lift"}, "no": {}, "save": "more"},
        {"name": "Firm", "say": "Press.", "when": {"pressure": "firm"}, "unless": {"more": "no"}},
    ],
    "replies": [
        {"hear": "more oil", "say": "Take your time.", "hold": "until ready"},
        {"hear": "it is too hot", "stop": "Wipe the oil off."},
    ],
    "after": [{"ask": "How sore is it?", "number": "0-10", "save": "soreness"}],
}
ANSWERS = ("too hard", "just right", "neck", "back", "seven")
SAID = (*COMMANDS, *ANSWERS, "more oil", "it is too hot", "nonsense")
SAID_OFTEN = ("yes", "no", "ready", "resume", "next", "stop")
WORDS = st.sampled_from((*SAID, *SAID_OFTEN * 3))
HAPPENINGS = st.lists(
    st.one_of(
        WORDS.map(lambda said: ("say", said)),
        WORDS.map(lambda said: ("say", said)),
        WORDS.map(lambda said: ("mumble", said)),
        WORDS.map(lambda key: ("press", key)),
        st.tuples(WORDS, WORDS).map(lambda both: ("say both", both)),
        st.floats(0.05, 200).map(lambda seconds: ("pass", seconds)),
        st.floats(0.05, 20).map(lambda seconds: ("pass", seconds)),
        st.sampled_from(("begin", "end")).map(lambda side: ("speech", side)),
        st.sampled_from(("microphone", "loudspeaker", "ears")).map(lambda part: ("lose", part)),
        st.sampled_from(("microphone", "loudspeaker", "ears")).map(lambda part: ("find", part)),
    ),
    max_size=60,
)


def words_for(session: Drive, intent: str) -> str:
    phrases = session.engine.phrases(session.state)
    return next((phrase.text for phrase in phrases if phrase.intent == intent), intent)


def happen(session: Drive, kind: str, what) -> None:
    at = session.now
    if kind == "say":
        session.hear(words_for(session, what))
    elif kind == "mumble":
        session.hear(words_for(session, what), confidence=0.3)
    elif kind == "say both":
        session.hear(" and ".join(words_for(session, intent) for intent in what))
    elif kind == "press":
        session.feed(events.Heard(at, what, "universal"))
    elif kind == "pass":
        session.run(what)
    elif kind == "lose":
        session.feed(events.Lost(at, what))
    elif kind == "find":
        session.feed(events.Back(at, what))
    else:
        session.feed((events.SpeechBegan if what == "begin" else events.SpeechOver)(at))


ENGINE = drive(**SCRIPT).engine
"""It keeps nothing of a session, so that all of them can share it."""


class Watched(Drive):
    """A session in which every event is held against a property."""

    def __init__(self, check=None) -> None:
        self.events: list[events.Event] = []
        self.check = check
        super().__init__(ENGINE)

    def feed(self, event: events.Event):
        before = self.state
        self.events.append(event)
        done = super().feed(event)
        if self.check is not None:
            self.check(self, before, event, self.state)
        return done


def hold(check=None, *, at_the_end=None) -> None:
    """Hold properties against sessions of all kinds: at every event, and in the end."""
    count = 0

    @settings(max_examples=200, deadline=None)
    @given(HAPPENINGS)
    def property_holds(happenings):
        nonlocal count
        session = Watched(check)
        for kind, what in happenings:
            happen(session, kind, what)
        if at_the_end is not None:
            at_the_end(session)
        count += len(session.events)

    while count < LEAST_EVENTS:
        property_holds()


def open_question(session: Drive) -> object:
    """Return what is asked just now, and which time it is asked; None if nothing is."""
    state = session.state
    if state.ended or not choices(Turn(session.engine.setting, state, session.now)):
        return None
    return (state.position, state.aside)


def test_two_lines_never_sound_at_once():
    """The clock in text fails if a line begins while another sounds."""

    def one_line(session: Drive, before: State, event: events.Event, after: State) -> None:
        assert after.sounding is None or after.talk, "something sounds that is not known"
        assert (session._line is None) is (after.sounding is None)

    hold(one_line)


def test_it_is_never_silent_for_ever():
    def goes_on(session: Drive, before: State, event: events.Event, after: State) -> None:
        assert after.ended or after.more or after.sounding is not None or after.timers

    def ends_when_left_alone(session: Drive) -> None:
        session.feed(events.SpeechOver(session.now))
        session.run(9000)
        assert session.state.ended
        assert len(session.told(actions.Ended)) == 1

    hold(goes_on, at_the_end=ends_when_left_alone)


def test_stop_stops_within_one_event():
    """In its goodbye a session that is told to stop is over; nothing more is said."""

    def stops(session: Drive, before: State, event: events.Event, after: State) -> None:
        stop = events.Heard(session.now, "stop", "universal", "stop")
        stopped, done = session.engine.step(after, stop)
        assert stopped.ended or stopped.halted == "stopped"
        hushed = any(isinstance(action, actions.Hush) for action in done)
        assert hushed or after.sounding is None

    hold(stops)


def test_no_time_runs_while_it_stands_still():
    def stands_still(session: Drive, before: State, event: events.Event, after: State) -> None:
        if after.halted or after.held or after.aside:
            assert after.waiting_since is None
            assert "wait" not in after.timers and "limit" not in after.timers
        if before.halted and after.halted and not isinstance(event, events.Began):
            assert after.practised == before.practised
            assert (after.position, after.waited) == (before.position, before.waited)

    hold(stands_still)


def test_scales_and_pace_stay_in_their_range():
    def in_range(session: Drive, before: State, event: events.Event, after: State) -> None:
        assert 0 <= after.scales["pressure"] <= 2
        assert PACES[0] <= after.pace <= PACES[1]

    hold(in_range)


def test_replaying_the_journal_gives_the_same_session():
    def replays(session: Drive) -> None:
        engine = ENGINE
        state = engine.begin()
        told = []
        for event in session.events:
            state, done = engine.step(state, decode(*encode(event)))
            told.extend(done)
        assert state == session.state
        assert told == [action for _, action in session.log]
        quicker = engine.begin()
        for event in session.events:
            quicker = engine.follow(quicker, event)
        assert quicker == state

    hold(at_the_end=replays)


def test_every_open_question_closes():
    def closes(session: Drive) -> None:
        for part in ("microphone", "loudspeaker", "ears"):
            session.feed(events.Back(session.now, part))
        session.feed(events.SpeechOver(session.now))
        asked = open_question(session)
        session.run(3000)
        assert asked is None or open_question(session) != asked

    hold(at_the_end=closes)


def test_no_step_begins_before_what_keeps_people_safe_is_answered():
    def answered(session: Drive) -> None:
        given = set()
        for _, action in session.log:
            if isinstance(action, actions.Answered) and not action.silent:
                given.add(action.question)
            assert not isinstance(action, actions.StepBegan) or given >= {RED, CLOT}

    hold(at_the_end=answered)


def test_a_sign_of_danger_stops_whatever_goes_on():
    """But in a private talk, where only stop is heard."""

    def stops(session: Drive) -> None:
        if session.state.halted == "asleep" or session.state.ending is not None:
            return
        heard = {phrase.intent for phrase in ENGINE.phrases(session.state)}
        for sign in ("numb", "tingling", "dizzy", "breathless", "chest pain", "emergency"):
            said = events.Heard(session.now, sign, "universal", sign)
            assert sign in heard and ENGINE.step(session.state, said)[0].halted == "stopped"

    hold(at_the_end=stops)
