import io

import pytest

from voice_guide.captions import Captions, clock
from voice_guide.session import actions, events


def shown(*what, at: float = 65.9) -> str:
    stream = io.StringIO()
    captions = Captions(stream)
    for one in what:
        captions.tell(at, one)
    return stream.getvalue()


@pytest.mark.parametrize(("at", "told"), [(0, "00:00"), (59.99, "00:59"), (3725, "62:05")])
def test_times(at, told):
    assert clock(at) == told


@pytest.mark.parametrize(
    ("what", "parts"),
    [
        (actions.Say(1, "Slow hands."), ["guide", "Slow hands."]),
        (actions.Say(1, "Slow hands.", again=True), ["guide", "... Slow hands."]),
        (events.Heard(1, "softer", "universal", "too hard"), ["heard", "too hard", "(softer)"]),
        (events.Heard(1, None, None, "[unk]"), ["heard", "[unk]", "not understood"]),
        (events.Heard(1, None, None, ""), ["heard", "nothing", "not understood"]),
        (events.Heard(1, "ready", "universal"), ["key", "ready"]),
        (actions.StepBegan("Warm the oil", 2, 9), ["Step 2 of 9: Warm the oil"]),
        (actions.ScaleTurned("pressure", "light"), ["pressure: light"]),
        (actions.AreaNamed("neck", "avoid"), ["neck: avoid"]),
        (actions.Answered("Is it red?", "no"), ["answer: no"]),
        (actions.Answered("Is it red?", None, silent=True), ["answer: none", "by silence"]),
        (actions.Halted("stopped"), ["stopped"]),
        (actions.Resumed(), ["resumed"]),
        (actions.HoldBegan(), ["waiting for ready"]),
        (actions.Ended("finished"), ["Ended: finished"]),
    ],
)
def test_each_caption_is_one_line_with_its_time(what, parts):
    line = shown(what)
    assert line.startswith("01:05 ") and line.count("\n") == 1
    assert all(part in line for part in parts)


def test_a_phrase_that_is_its_own_meaning_is_not_shown_twice():
    assert shown(events.Heard(1, "stop", "universal", "stop")).count("stop") == 1


def test_what_goes_on_behind_is_not_shown():
    behind = (
        events.Began(0.0),
        events.TimerFired(1.0, "step"),
        actions.StartTimer("step", 3.0),
        actions.Hush(),
        actions.PlayEarcon("listening"),
        actions.Listen(()),
    )
    assert shown(*behind) == ""
