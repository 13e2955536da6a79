"""Events and actions as JSON objects, one a line, for programs that read along."""

import json
from dataclasses import fields
from typing import Any, TextIO

from voice_guide.session import actions, events
from voice_guide.sounding import SentenceBegan, Told

_NAMES: dict[type, str] = {
    events.Began: "began",
    events.Continued: "continued",
    events.Noticed: "noticed",
    events.Lost: "lost",
    events.Back: "back",
    events.RoomMeasured: "room_measured",
    events.TimePassed: "time_passed",
    events.Heard: "heard",
    events.SpeechBegan: "speech_began",
    events.SpeechOver: "speech_over",
    events.NarrationFinished: "narrated",
    events.TimerFired: "timer_fired",
    actions.Say: "say",
    actions.Hush: "hush",
    actions.PlayEarcon: "earcon",
    actions.StartTimer: "timer_started",
    actions.CancelTimer: "timer_cancelled",
    actions.Listen: "listen",
    actions.TurnVolume: "volume",
    actions.TurnRate: "rate",
    actions.SetMode: "mode",
    actions.StepBegan: "step",
    actions.ScaleTurned: "scale",
    actions.AreaNamed: "area",
    actions.QuestionOpened: "question",
    actions.Answered: "answer",
    actions.HoldBegan: "hold",
    actions.HoldEnded: "released",
    actions.Resumed: "resumed",
    actions.Ended: "ended",
    SentenceBegan: "sentence",
}
"""The ``event`` of each. Halted is named by its kind: ``stopped`` or ``paused``."""


def as_json(at: float, what: Told) -> dict[str, Any]:
    """Return an event or an action as a JSON object: ``t`` in seconds, ``event``, its fields."""
    told: dict[str, Any] = {"t": round(at, 3)}
    if isinstance(what, actions.Halted):
        return told | {"event": what.kind}
    told["event"] = _NAMES[type(what)]
    if isinstance(what, actions.Listen):
        return told | {"phrases": [phrase.text for phrase in what.phrases]}
    for field in fields(what):
        if field.name != "at":
            told[field.name] = getattr(what, field.name)
    if isinstance(what, events.Heard):
        end = told.pop("speech_end")
        told["speech_end_s"] = None if end is None else round(end, 3)
        told["confidence"] = round(what.confidence, 3)
    return told


class JsonTrace:
    """Writes everything that happens as JSON lines."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def tell(self, at: float, what: Told) -> None:
        """Write one line, at once."""
        print(json.dumps(as_json(at, what), ensure_ascii=False), file=self._stream, flush=True)
