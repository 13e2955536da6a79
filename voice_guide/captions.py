"""The session as plain lines: what is said, what is heard, where it is."""

from typing import TextIO

from voice_guide.session import actions, events
from voice_guide.sounding import SentenceBegan, Told


def clock(at: float) -> str:
    """Return session time in seconds as minutes and seconds: ``02:05``."""
    return f"{int(at) // 60:02d}:{int(at) % 60:02d}"


def caption(  # noqa: C901, PLR0911, PLR0912 -- a table: one row for each thing that is shown
    what: events.Event | actions.Action,
) -> str | None:
    """Return the line that a reader wants to see, or None for what goes on behind."""
    match what:
        case actions.Say(_, text, again):
            return f"  guide  {'... ' if again else ''}{text}"
        case events.Heard(_, None, text=text):
            return f"  heard  {text or '(nothing)'}  (not understood)"
        case events.Heard(_, intent, text=""):
            return f"    key  {intent}"
        case events.Heard(_, intent, text=text):
            return f"  heard  {text}" + (f"  ({intent})" if intent != text else "")
        case events.Lost(_, part):
            return f"         [lost: {part}]"
        case events.Back(_, part):
            return f"         [back: {part}]"
        case events.RoomMeasured(echo=False):
            return "         [no echo: as with headphones]"
        case actions.SetMode(mode):
            return f"         [listening: {mode}]"
        case actions.StepBegan(name, number, count):
            return f"-- Step {number} of {count}: {name}"
        case actions.ScaleTurned(name, level):
            return f"         [{name}: {level}]"
        case actions.AreaNamed(area, policy):
            return f"         [{area}: {policy}]"
        case actions.Answered(_, answer, silent=silent):
            return f"         [answer: {answer or 'none'}{' (by silence)' if silent else ''}]"
        case actions.Halted(kind):
            return f"         [{kind}]"
        case actions.Resumed():
            return "         [resumed]"
        case actions.HoldBegan():
            return "         [waiting for ready]"
        case actions.Ended(reason):
            return f"-- Ended: {reason}"
        case _:
            return None


class Captions:
    """Writes captions, each with its time."""

    def __init__(self, stream: TextIO, *, with_the_voice: bool = False) -> None:
        """Begin.

        Args:
            stream: where to.
            with_the_voice: write each sentence when it begins to sound, in place of whole lines.
        """
        self._stream = stream
        self._with_the_voice = with_the_voice

    def tell(self, at: float, what: Told) -> None:
        """Write the caption of an event or an action, if it has one, at once."""
        if isinstance(what, SentenceBegan):
            line = f"  guide  {what.text}" if self._with_the_voice else None
        elif isinstance(what, actions.Say) and self._with_the_voice:
            line = None
        else:
            line = caption(what)
        if line is not None:
            print(f"{clock(at)} {line}", file=self._stream, flush=True)
